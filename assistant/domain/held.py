"""What is held about a person, item by item, and where each item came from."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.profile import Education, Experience, HeldSkill, SpokenLanguage


class HowTold(StrEnum):
    """How an item came to be held."""

    WRITTEN = "written"
    CHOSEN = "chosen"
    FILE = "file"
    EDITED = "edited"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item came from.

    Attributes:
        how: Written, chosen by a button, read in a file, edited or imported.
        words: The person's own words, or those of the button; shortened.
        number: Which of the person's messages it was, counted from 1; 0 for what was imported.
    """

    how: HowTold
    words: str = ""
    number: int = 0


class HeldKind(StrEnum):
    """Kinds of items that are held, in the order to show them."""

    EXPERIENCE = "experience"
    SKILL = "skill"
    EDUCATION = "education"
    LANGUAGE = "language"
    LICENCE = "licence"
    WISH = "wish"
    PLACE = "place"
    GOAL = "goal"
    CONDITION = "condition"
    FEATURE = "feature"
    UNWANTED = "unwanted"
    TURNED_DOWN = "turned_down"
    WAITING = "waiting"
    LONG_TEXT = "long_text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One item that is held.

    Attributes:
        item_id: Names it within the conversation, such as `experience:9mJN_VwW_Xjg`.
        kind: What it is.
        value: The item itself; a text for what is no part of the profile.
        origin: Where it came from.
    """

    item_id: str
    kind: HeldKind
    value: Experience | HeldSkill | Education | SpokenLanguage | str
    origin: Origin


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message of the person's that is held: `how` is written, chosen, file or imported."""

    message_id: str
    number: int
    text: str
    how: HowTold


@dataclass(frozen=True, slots=True)
class HeldData:
    """Everything that is held about a person: nothing else of theirs is kept anywhere."""

    items: tuple[HeldItem, ...]
    messages: tuple[SaidMessage, ...]

"""The unit that is indexed and found."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.language import Language


class PassageType(StrEnum):
    """What a passage belongs to; each type has a collection of its own."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    GUIDE = "guide"
    SECTION = "section"


class PassageField(StrEnum):
    """Which part of its owner a passage is."""

    LABEL = "label"
    TITLE = "title"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of one owner (a concept, a guide page or a section of one), in one language.

    All passages are in the lexical index; `embedded` ones have a vector too.
    """

    owner_id: str
    type: PassageType
    language: Language
    field: PassageField
    text: str
    embedded: bool = True


def section_owner_id(guide_id: str, section: int) -> str:
    """Owner id of one section of a guide page."""
    return f"{guide_id}#{section}"


def parse_section_owner_id(owner_id: str) -> tuple[str, int]:
    """Guide id and section of an id that `section_owner_id` made."""
    guide_id, _, section = owner_id.rpartition("#")
    return guide_id, int(section)

"""The unit that is indexed and found."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.language import Language


class PassageType(StrEnum):
    """What a passage belongs to; each type has a collection of its own."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    GUIDE = "guide"


class PassageField(StrEnum):
    """Which part of its owner a passage is."""

    LABEL = "label"
    TITLE = "title"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of one owner (a concept id or a guide id), in one language.

    All passages are in the lexical index; `embedded` ones have a vector too.
    """

    owner_id: str
    type: PassageType
    language: Language
    field: PassageField
    text: str
    embedded: bool = True

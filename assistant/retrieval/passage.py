"""Passages: the texts by which something is indexed and found."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.language import Language


class PassageType(StrEnum):
    """What a passage belongs to; each type has a collection of its own.

    `OWN_TYPES` are the interview's own. The others are in a build from the whole of the sources.
    """

    OCCUPATION = "occupation"
    SKILL = "skill"
    GUIDE = "guide"
    SECTION = "section"
    OCCUPATION_NAME = "occupation-name"
    OCCUPATION_AREA = "occupation-area"
    TAXONOMY_SKILL = "taxonomy-skill"
    ESCO_OCCUPATION = "esco-occupation"
    ESCO_SKILL = "esco-skill"
    EDUCATION = "education"


# In every build, from our own data; opened when the product starts.
OWN_TYPES = (PassageType.OCCUPATION, PassageType.SKILL, PassageType.GUIDE, PassageType.SECTION)


class PassageField(StrEnum):
    """Which part of its owner a passage is."""

    LABEL = "label"
    TITLE = "title"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of one owner (a concept, an education, a guide page or a section), in one language.

    All passages are in the lexical index; `embedded` ones have a vector too.
    """

    owner_id: str
    type: PassageType
    language: Language
    field: PassageField
    text: str
    embedded: bool = True

    @property
    def key(self) -> int:
        """What the passage is known by from build to build: 63 bits of a hash of all but `embedded`."""
        parts = (self.type, self.owner_id, self.field, self.language, self.text)
        return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big") >> 1


def section_owner_id(guide_id: str, section: int) -> str:
    """Owner id of one section of a guide page."""
    return f"{guide_id}#{section}"


def parse_section_owner_id(owner_id: str) -> tuple[str, int]:
    """Guide id and section of an id that `section_owner_id` made."""
    guide_id, _, section = owner_id.rpartition("#")
    return guide_id, int(section)

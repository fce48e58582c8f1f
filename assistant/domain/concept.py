"""Concepts of the JobTech Taxonomy as the product uses them."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.language import Bilingual, Language


class ConceptType(StrEnum):
    """JobTech concept types, by the names that the taxonomy gives them."""

    OCCUPATION_GROUP = "ssyk-level-4"
    SKILL = "skill"


class EducationLevel(StrEnum):
    """The education usually asked for, lowest first."""

    NONE = "none"
    COMPULSORY = "compulsory"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL_HIGHER = "vocational_higher"
    BACHELOR = "bachelor"
    MASTER = "master"

    @property
    def order(self) -> int:
        """0 for none up to 5 for master."""
        return list(EducationLevel).index(self)


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill concept with its label in both languages.

    The taxonomy files licences, degrees and certificates under skills too. Those are
    `is_qualification`: one has them on paper, so they are asked about and never assumed.
    """

    concept_id: str
    preferred_label: Bilingual
    is_qualification: bool = False


@dataclass(frozen=True, slots=True)
class EducationRoute:
    """The usual way into an occupation group and the guide pages that back it."""

    level: EducationLevel
    route: Bilingual
    guide_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regulation:
    """Who decides on the licence or the protected title of a group."""

    authority: str
    title: Bilingual
    guide_id: str


@dataclass(frozen=True, slots=True)
class OccupationGroup:
    """One SSYK 2012 level-4 group.

    `skill_ids` and `neighbour_ids` (concept ids of groups) are ordered, most typical first.
    """

    concept_id: str
    ssyk_code: str
    preferred_label: Bilingual
    description: Bilingual
    skill_ids: tuple[str, ...]
    neighbour_ids: tuple[str, ...]
    education: EducationRoute
    regulation: Regulation | None = None
    licences: tuple[str, ...] = ()
    titles: dict[Language, tuple[str, ...]] = field(default_factory=dict)

    def name(self, language: Language) -> str:
        """The label without the taxonomy's "m.fl." (and others), which says nothing to a reader."""
        return self.preferred_label.text(language).removesuffix(" m.fl.").removesuffix(" m.m.")


@dataclass(frozen=True, slots=True)
class GuideSection:
    """One question that a guide page answers."""

    heading: Bilingual
    body: Bilingual


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page about a rule or a way in; `checked` is an ISO date."""

    guide_id: str
    title: Bilingual
    authority: str
    url: str
    checked: str
    sections: tuple[GuideSection, ...]

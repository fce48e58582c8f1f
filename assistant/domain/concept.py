"""Concepts of the JobTech Taxonomy as the product uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.language import Bilingual, Language


class ConceptType(StrEnum):
    """JobTech concept types, by the names that the taxonomy gives them."""

    OCCUPATION_GROUP = "ssyk-level-4"
    SKILL = "skill"


class EscoMatchKind(StrEnum):
    """How near ESCO's concept is, as the JobTech Taxonomy says.

    `RELATED` is the one ISCO-08 unit group that the taxonomy ties an SSYK group to: either may be wider.
    """

    EXACT = "exact"
    CLOSE = "close"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class EscoMatch:
    """ESCO's concept for one of ours, by its URI."""

    uri: str
    kind: EscoMatchKind


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


class Feature(StrEnum):
    """What work is like, for wishes such as "something outdoors"; our own judgement, group by group."""

    OUTDOORS = "outdoors"
    DRIVING = "driving"
    CARE = "care"
    CHILDREN = "children"
    CUSTOMERS = "customers"
    TEACHING = "teaching"
    ANIMALS = "animals"
    PLANTS = "plants"
    FOOD = "food"
    HANDS = "hands"
    BUILDING = "building"
    MACHINES = "machines"
    REPAIR = "repair"
    COMPUTER = "computer"
    NUMBERS = "numbers"
    WRITING = "writing"
    CREATIVE = "creative"
    RESEARCH = "research"
    LEADING = "leading"
    SAFETY = "safety"
    LIGHT = "light"
    CALM = "calm"
    DAYTIME = "daytime"


@dataclass(frozen=True, slots=True)
class Asking:
    """How much a group asks for a skill.

    Attributes:
        ads: Share of the group's occupations in whose ads the skill is typical, weighted by its rank, 0-1.
        essential: ESCO relates it to the group's occupations as essential.
        optional: ESCO relates it to them as optional.
    """

    ads: float = 0.0
    essential: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GroupEvidence:
    """What public data say of a group's kinship with others; concept ids of groups, the closest first.

    Attributes:
        flows: Where most people go who leave the group (SCB).
        similar: Groups whose occupations are most like its own, by the words of ads.
        substitutes: Groups that take over staff from this one, with the substitutability percentage (0-100):
            who can do this group's work can do that one's, not the other way round.
        asked: How much the group asks for each of its skills, by the skill's concept id.
    """

    flows: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    substitutes: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, Asking] = field(default_factory=dict)


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
    features: frozenset[Feature] = frozenset()
    evidence: GroupEvidence = GroupEvidence()

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

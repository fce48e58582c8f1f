"""What a person has told and confirmed about themselves.

There is no room here for name, gender, age, origin, religion or health: what is not in the type
cannot steer a suggestion. `Experience.country` says where the work was done.
"""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.concept import EducationLevel


class ExperienceKind(StrEnum):
    """How the work was done."""

    PAID = "paid"
    UNPAID = "unpaid"
    FAMILY = "family"
    OWN_BUSINESS = "own_business"


class WishKind(StrEnum):
    """What the person wants next."""

    SAME_WORK = "same_work"
    NEW_WORK = "new_work"
    STUDY = "study"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill that the person says they have."""

    concept_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Experience:
    """One confirmed experience; `years` is None when the person did not say."""

    title: str
    concept_id: str
    ssyk_code: str
    years: float | None = None
    kind: ExperienceKind = ExperienceKind.PAID
    country: str = ""
    skills: tuple[HeldSkill, ...] = ()


@dataclass(frozen=True, slots=True)
class Education:
    """An education as told; `level` is None when it could not be placed."""

    level: EducationLevel | None
    field: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language and how well the person says they know it."""

    name: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that suggestions may build on."""

    experiences: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    licences: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    skills: tuple[HeldSkill, ...] = ()

    @property
    def held_skill_ids(self) -> frozenset[str]:
        """Concept ids of all skills, by experience and on their own."""
        own = {skill.concept_id for skill in self.skills}
        return frozenset(own | {skill.concept_id for item in self.experiences for skill in item.skills})

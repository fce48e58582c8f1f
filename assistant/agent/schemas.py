"""The arguments of tools, checked at the edge. Their descriptions are read by the model."""

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.concept import EducationLevel
from assistant.domain.conversation import Choice
from assistant.domain.plan import Conditions
from assistant.domain.profile import (
    Education,
    Experience,
    ExperienceKind,
    HeldSkill,
    Profile,
    SpokenLanguage,
    WishKind,
)

_SHOWN_ERRORS = 5
_LONGEST_CLASS = 3


class _Input(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class SkillInput(_Input):
    """A skill that the person has confirmed."""

    concept_id: str
    label: str = ""


class ExperienceInput(_Input):
    """One experience that the person has confirmed."""

    title: str = Field(description="What the person calls the work, in their own words.")
    concept_id: str = Field(description="Concept id of the occupation group, from find_occupations.")
    ssyk_code: str = ""
    years: float | None = Field(None, ge=0, le=70)
    kind: ExperienceKind = ExperienceKind.PAID
    country: str = Field("", description="Where the work was done, as an ISO 3166 code of two letters.")
    skills: list[SkillInput] = []


class EducationInput(_Input):
    """An education that the person has told of."""

    level: EducationLevel | None = None
    field: str = ""
    country: str = Field("", description="ISO 3166 code of two letters.")


class LanguageInput(_Input):
    """A language that the person knows."""

    name: str
    level: str = ""


class ProfileInput(_Input):
    """All that the person has told and confirmed so far. Leave out what is not known."""

    experiences: list[ExperienceInput] = []
    education: list[EducationInput] = []
    languages: list[LanguageInput] = []
    licences: list[str] = Field([], description="Driving licence classes, such as B or CE.")
    wishes: list[str] = Field(
        [], description=f"Any of {', '.join(WishKind)}, and the person's own words on what they want."
    )
    skills: list[SkillInput] = Field([], description="Skills that belong to no single experience.")

    def to_profile(self) -> Profile:
        """The frozen value that the rest of the product works with."""
        return Profile(
            experiences=tuple(
                Experience(e.title, e.concept_id, e.ssyk_code, e.years, e.kind, e.country, _skills(e.skills))
                for e in self.experiences
            ),
            education=tuple(Education(e.level, e.field, e.country) for e in self.education),
            languages=tuple(SpokenLanguage(language.name, language.level) for language in self.languages),
            licences=tuple(dict.fromkeys(map(_as_class, self.licences))),
            wishes=tuple(self.wishes),
            skills=_skills(self.skills),
        )


class ConditionsInput(_Input):
    """What a plan must fit. Set only what the person has said."""

    stays_put: bool = Field(False, description="They cannot or do not want to move.")
    at_distance: bool = Field(False, description="They want to study at a distance only.")
    part_time: bool = Field(False, description="Only in the evening, or beside work: at most half pace.")
    most_months: int | None = Field(None, ge=1, le=120, description="Studies may take no longer, in months.")
    no_studies: bool = Field(False, description="They do not want to go to school.")
    needs_income: bool = Field(False, description="They must earn money meanwhile.")

    def to_conditions(self) -> Conditions:
        """The frozen value."""
        return Conditions(**self.model_dump())


class ChoiceInput(_Input):
    """A button."""

    choice_id: str = Field(description="What the button stands for, such as the concept id.")
    label: str = Field(description="What the button says, in the person's language.")
    explanation: str = Field("", description="One line that explains the choice.")
    group: str = Field("", description="For pieces of a CV only: the heading to show it under.")
    ticked: bool = Field(False, description="For pieces of a CV only: whether it is ticked from the start.")

    def to_choice(self) -> Choice:
        """The frozen value."""
        return Choice(self.choice_id, self.label, self.explanation, self.group, self.ticked)


def profile_arguments(profile: Profile) -> dict[str, object]:
    """A profile in the form of `ProfileInput`, for a tool call."""
    return ProfileInput(
        experiences=[
            ExperienceInput(
                title=e.title,
                concept_id=e.concept_id,
                ssyk_code=e.ssyk_code,
                years=e.years,
                kind=e.kind,
                country=e.country,
                skills=[SkillInput(concept_id=s.concept_id, label=s.label) for s in e.skills],
            )
            for e in profile.experiences
        ],
        education=[
            EducationInput(level=e.level, field=e.field, country=e.country) for e in profile.education
        ],
        languages=[LanguageInput(name=spoken.name, level=spoken.level) for spoken in profile.languages],
        licences=list(profile.licences),
        wishes=list(profile.wishes),
        skills=[SkillInput(concept_id=s.concept_id, label=s.label) for s in profile.skills],
    ).model_dump(mode="json")


def conditions_arguments(conditions: Conditions) -> dict[str, object]:
    """Conditions in the form of `ConditionsInput`, for a tool call."""
    return ConditionsInput(**asdict(conditions)).model_dump(mode="json")


def argument_errors(error: Any) -> str:
    """What is wrong with the arguments of a call, for the model to mend.

    Args:
        error: A validation error of Pydantic, of its first or second generation.
    """
    wrong = [f"- {'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors()]
    return "\n".join(["The arguments are not right. Mend these and call again:", *wrong[:_SHOWN_ERRORS]])


def _as_class(licence: str) -> str:
    """A class of driving licence in capitals; the name of another licence as it is."""
    return licence.upper() if len(licence) <= _LONGEST_CLASS else licence


def _skills(skills: list[SkillInput]) -> tuple[HeldSkill, ...]:
    return tuple(HeldSkill(skill.concept_id, skill.label) for skill in skills)

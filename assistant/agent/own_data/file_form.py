"""The form of a file of own data, with limits: what does not fit is refused as a whole."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from assistant.agent.own_data.editing import country_code
from assistant.agent.piece import PieceKind
from assistant.agent.safety import without_identity_numbers
from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.held import HowTold
from assistant.domain.language import Cefr, Language, Level
from assistant.domain.profile import ExperienceKind
from assistant.guidance.choosing import Sureness
from assistant.retrieval.cv.languages import NATIVE

_Short = Annotated[str, Field(max_length=200), AfterValidator(without_identity_numbers)]
_Words = Annotated[str, Field(max_length=2_000), AfterValidator(without_identity_numbers)]
_Long = Annotated[str, Field(max_length=100_000), AfterValidator(without_identity_numbers)]
# Classes of driving licence, and permits that the taxonomy does not know, in the words of the CV.
_Permit = Annotated[_Short, StringConstraints(min_length=1, pattern=r"^[\w .,:;()/&+'’–\[\]-]+$")]
_Id = Annotated[str, Field(max_length=60)]
_Country = Annotated[str, Field(max_length=2), AfterValidator(country_code)]
_Years = Annotated[float, Field(ge=0, le=70, allow_inf_nan=False)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SkillForm(_Form):
    """A skill."""

    concept_id: _Id
    label: _Short = ""


class ExperienceForm(_Form):
    """An experience."""

    title: _Short
    concept_id: _Id
    ssyk_code: _Id = ""
    years: _Years | None = None
    kind: ExperienceKind = ExperienceKind.PAID
    country: _Country = ""
    skills: list[SkillForm] = Field([], max_length=500)


class EducationForm(_Form):
    """An education."""

    level: EducationLevel | None = None
    field: _Words = ""
    country: _Country = ""


class LanguageForm(_Form):
    """A language."""

    name: _Short
    level: _Short = ""


class ProfileForm(_Form):
    """What the person has told and confirmed."""

    experiences: list[ExperienceForm] = Field([], max_length=100)
    education: list[EducationForm] = Field([], max_length=50)
    languages: list[LanguageForm] = Field([], max_length=50)
    licences: list[_Permit] = Field([], max_length=50)
    wishes: list[_Words] = Field([], max_length=50)
    skills: list[SkillForm] = Field([], max_length=500)


class ConditionsForm(_Form):
    """What a plan must fit."""

    stays_put: bool = False
    at_distance: bool = False
    part_time: bool = False
    most_months: int | None = Field(None, ge=1, le=120)
    no_studies: bool = False
    needs_income: bool = False


class WaitingForm(_Form):
    """Work that is not yet confirmed."""

    quote: _Words
    concept_ids: list[_Id] = Field(min_length=1, max_length=20)
    years: _Years | None = None
    country: _Country = ""
    kind: ExperienceKind = ExperienceKind.PAID
    replaces: _Id = ""
    sureness: Sureness = Sureness.UNSURE
    is_denied: bool = False


class PieceForm(_Form):
    """Something that a text told, while it is not yet said what of it to keep."""

    kind: PieceKind
    said: _Words
    title: _Words = ""
    concept_ids: list[_Id] = Field([], max_length=20)
    sureness: Sureness = Sureness.SURE
    years: _Years | None = None
    country: _Country = ""
    work: ExperienceKind = ExperienceKind.PAID
    level: _Short = ""
    code: _Short = ""
    description: _Words = ""
    is_guess: bool = False
    is_repeated: bool = False
    is_known: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        levels = {PieceKind.EDUCATION: list(EducationLevel), PieceKind.LANGUAGE: [NATIVE, *Cefr]}
        if self.level and self.level not in levels.get(self.kind, ()):
            raise ValueError("no such level")
        if self.kind is PieceKind.EXPERIENCE and not self.concept_ids:
            raise ValueError("work without a group")
        return self


class RememberedForm(_Form):
    """What the guide remembers beside the profile."""

    conditions: ConditionsForm = ConditionsForm()
    day: _Words = ""
    asked: _Words = ""
    features: list[Feature] = Field([], max_length=50)
    goal: _Id = ""
    long_text: _Long = ""
    of_client: bool = False
    pending: list[WaitingForm] = Field([], max_length=50)
    pieces: list[PieceForm] = Field([], max_length=200)
    place: _Short = ""
    read: _Words = ""
    settled: list[Annotated[str, Field(max_length=100)]] = Field([], max_length=1_000)
    told: _Words = ""
    turned_down: list[_Id] = Field([], max_length=500)
    unwanted: list[Feature] = Field([], max_length=50)
    wanted: list[_Id] = Field([], max_length=50)
    wish: _Words = ""


class SaidForm(_Form):
    """A message of the person's."""

    text: _Long
    how: HowTold = HowTold.IMPORTED
    struck: bool = False


class OriginForm(_Form):
    """Where an item came from."""

    how: HowTold
    words: _Short = ""
    number: int = Field(0, ge=0, le=10_000)


class FileForm(_Form):
    """The whole file."""

    format: Literal["vagvisare"]
    version: Literal[1]
    made_at: Annotated[str, Field(max_length=40)] = ""
    language: Language = Language.SV
    level: Level = Level.NORMAL
    profile: ProfileForm = ProfileForm()
    remembered: RememberedForm | None = None
    memo: _Words = ""
    messages: list[SaidForm] = Field([], max_length=2_000)
    origins: dict[Annotated[str, Field(max_length=200)], OriginForm] = Field({}, max_length=5_000)
    # Never looked at: what was shown is made anew, from sources of its own.
    shown: Any = None

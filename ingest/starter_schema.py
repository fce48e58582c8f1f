"""The schema of the embedded data under `ingest/starter/`, checked when it is read.

The data is the project's own: ids, codes, Swedish labels and relations are facts of the
JobTech Taxonomy (Arbetsförmedlingen, CC0); titles, descriptions, routes and guide pages are
written for Vägvisare.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, RootModel, model_validator

from assistant.domain.concept import EducationLevel, EscoMatchKind, Feature
from assistant.domain.language import Cefr
from assistant.domain.plan import StepKind
from assistant.domain.route import Origin

CONCEPT_ID_PATTERN = r"^[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}$"
ConceptId = Annotated[str, Field(pattern=CONCEPT_ID_PATTERN)]
SsykCode = Annotated[str, Field(pattern=r"^\d{4}$")]
Text = Annotated[str, Field(min_length=1, max_length=1200)]
Features = Annotated[frozenset[Feature], Field(min_length=1, max_length=7)]
GuideId = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class StrictRecord(BaseModel):
    """A record that refuses unknown keys, so a misspelt one is found at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Bilingual(StrictRecord):
    """The same text in both languages; neither may be missing."""

    sv: Text
    en: Text


class Titles(StrictRecord):
    """What people call the job or say they did, in their own words."""

    sv: Annotated[list[Text], Field(min_length=6)]
    en: Annotated[list[Text], Field(min_length=6)]

    @model_validator(mode="after")
    def _names_nothing_twice(self) -> "Titles":
        for titles in ([title.lower() for title in self.sv], [title.lower() for title in self.en]):
            if twice := {title for title in titles if titles.count(title) > 1}:
                raise ValueError(f"twice: {', '.join(sorted(twice))}")
        return self


class Said(StrictRecord):
    """What people say that they did, who do not know what the job is called."""

    sv: list[Text] = []
    en: list[Text] = []


class SkillRecord(StrictRecord):
    """A JobTech skill that the group uses; `sv` is the taxonomy's label, `en` our translation."""

    concept_id: ConceptId
    sv: Text
    en: Text


class EducationRecord(StrictRecord):
    """The usual way into the group, with the guide pages that back it."""

    level: EducationLevel
    route: Bilingual
    guides: Annotated[list[GuideId], Field(min_length=1)]


class RegulationRecord(StrictRecord):
    """Who decides on the licence or protected title, and the guide page about it."""

    authority: Text
    title: Bilingual
    guide: GuideId


class GroupRecord(StrictRecord):
    """One SSYK 2012 level-4 group."""

    concept_id: ConceptId
    ssyk_code: SsykCode
    preferred_label: Bilingual
    titles: Titles
    shared_titles: list[Text] = []
    said: Said = Said()
    description: Bilingual
    skills: Annotated[list[SkillRecord], Field(min_length=8, max_length=15)]
    neighbours: Annotated[list[SsykCode], Field(min_length=2)]
    education: EducationRecord
    regulation: RegulationRecord | None = None
    licences: list[Text] = []

    @model_validator(mode="after")
    def _names_no_skill_twice(self) -> "GroupRecord":
        ids = [skill.concept_id for skill in self.skills]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.ssyk_code}: a skill is listed twice")
        if self.ssyk_code in self.neighbours:
            raise ValueError(f"{self.ssyk_code}: a group cannot be its own neighbour")
        return self


class FeatureRecords(RootModel[dict[SsykCode, Features]]):
    """What work is like in each group: our own judgement, no statistic."""


class AskedRecord(StrictRecord):
    """How much a group asks for one of its skills; see `domain.concept.Asking`."""

    ads: Annotated[float, Field(ge=0, le=1)] = 0.0
    essential: bool = False
    optional: bool = False


class EvidenceRecord(StrictRecord):
    """What public data say of one group's kinship with others, the closest first.

    Made by `python -m ingest evidence`; see there how relations between occupations become those of groups.
    """

    ssyk_code: SsykCode
    flows: list[SsykCode] = []
    similar: list[SsykCode] = []
    substitutes: dict[SsykCode, Annotated[int, Field(ge=1, le=100)]] = {}
    asked: dict[ConceptId, AskedRecord] = {}


class EscoRecord(StrictRecord):
    """ESCO's concept for one of ours; see `domain.concept.EscoMatch`."""

    uri: Annotated[str, Field(pattern=r"^http://data\.europa\.eu/esco/(skill/[0-9a-f-]{36}|isco/C\d{4})$")]
    match: EscoMatchKind


class EscoRecords(RootModel[dict[ConceptId, EscoRecord]]):
    """Made by `python -m ingest esco`, which says what is in and what is left out."""


class GuideSection(StrictRecord):
    """One question that a guide page answers."""

    heading: Bilingual
    body: Bilingual


class GuidePage(StrictRecord):
    """A page about a rule or a way in, with its official address and the day it was checked."""

    id: GuideId
    title: Bilingual
    authority: Text
    url: HttpUrl
    checked: date
    keywords: Titles
    sections: Annotated[list[GuideSection], Field(min_length=1)]


StepName = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Months = Annotated[float, Field(ge=0, le=120)]


class RouteStepRecord(StrictRecord):
    """One step on the way into an occupation, and the guide page that backs it.

    `months` is the least and the most that it takes; it is left out where nobody can say. `url` is the
    authority's page on this very step, where the guide page's own is not the nearest.
    """

    kind: StepKind
    title: Bilingual
    text: Bilingual
    first_action: Bilingual
    months: tuple[Months, Months] | None = None
    guide: GuideId
    url: HttpUrl | None = None

    @model_validator(mode="after")
    def _counts_upwards(self) -> "RouteStepRecord":
        if self.months and not 0 < self.months[1] >= self.months[0]:
            raise ValueError(f"{self.title.sv}: months are the least and the most")
        return self


class RouteRecord(StrictRecord):
    """The way into some groups: the names of its steps in order, by where the education is from.

    Steps that only this route has stand in `steps`; the others in the file of shared steps. A route
    without groups is for all those that no other names, one without an authority where employers decide.
    """

    id: GuideId
    title: Bilingual
    authority: Text | None = None
    groups: list[SsykCode] = []
    swedish: Cefr | None = None
    checked: date
    steps: dict[StepName, RouteStepRecord] = {}
    ways: dict[Origin, Annotated[list[StepName], Field(min_length=1)]]

    @model_validator(mode="after")
    def _is_for_everybody(self) -> "RouteRecord":
        if missing := set(Origin) - set(self.ways):
            raise ValueError(f"no way for {', '.join(sorted(missing))}")
        named = {name for way in self.ways.values() for name in way}
        if unused := set(self.steps) - named:
            raise ValueError(f"steps on no way: {', '.join(sorted(unused))}")
        return self

"""Planned Educations' records: what is kept of them, and how the service sends them.

Its OpenAPI file shows real records. They have titles in CDATA, the text "null", deadlines in 2099 that mean
none, and numbers as texts; the details lack the place's code and call the title something else.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AliasChoices, ConfigDict, Field
from pydantic.alias_generators import to_camel

from assistant.apis.skolverket import (
    SCHOOL_TYPE_OF_LABEL,
    Number,
    Part,
    Parts,
    Plain,
    Truth,
    Whole,
    Word,
    iso_date,
    web_address,
)
from assistant.apis.wire import Wire

# 0 not decided, 1 date set, 2 and 3 continuous (the OpenAPI file). The details say 0 where a search says 1.
_CONTINUOUS = (2, 3)


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A time and place at which an education is given. Texts are plain, and empty when not said.

    Attributes:
        event_id: As in Susa-navet, such as `e.myh.27538`.
        school_type: Susa-navet's code of the form of education, such as YH; empty for one not known.
        school_type_label: The same in Swedish, as the service has it.
        municipality_code: SCB's; a search has it, the details have not.
        credits: In the unit of `credits_system`: yh, hp or gy.
        start: ISO date.
        starts_continuously: One may begin at any time; known in a search only.
        apply_by: ISO date, in a search only.
        pace_percent: 0 when not said.
        prior_knowledge: `grundlaggande`, `uh` or empty; in a search only.
        languages: ISO 639-2, such as `swe`; from here on in the details only.
        description: In Swedish, as the rest.
        web: The provider's page.
    """

    event_id: str
    title: str
    provider: str
    municipality: str
    municipality_code: str
    county: str
    town: str
    school_type: str
    school_type_label: str
    credits: float | None
    credits_system: str
    start: str
    starts_continuously: bool
    apply_by: str
    pace_percent: int
    is_distance: bool
    extent: str
    prior_knowledge: str
    languages: tuple[str, ...]
    description: str
    requirements: str
    fee: str
    has_student_aid: bool | None
    time_of_study: str
    organizer: str
    web: str


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of a search; `pages` and `total` count the whole of it."""

    total: int
    pages: int
    events: tuple[PlannedEvent, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """A part of an area of education; `name_en` is mostly empty."""

    direction_id: int
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class EducationArea:
    """An area of education, such as "Bygg och anläggning"."""

    area_id: int
    name: str
    name_en: str
    directions: tuple[Direction, ...]


class _Planned(Wire):
    model_config = ConfigDict(alias_generator=to_camel)


class _Contact(_Planned):
    web: Word = ""


class WireEvent(_Planned):
    """An event, in a list or by itself."""

    education_event_id: Word = ""
    title: Annotated[Plain, Field(validation_alias=AliasChoices("titleSv", "studyPathName"))] = ""
    provider_name: Plain = ""
    municipality: Plain = ""
    geographical_area_code: Word = ""
    county: Plain = ""
    town: Plain = ""
    type_of_school: Plain = ""
    credits: Number = None
    credits_system: Word = ""
    semester_start_from: Word = ""
    execution_condition: Whole = None
    last_application_date: Word = ""
    pace_of_study: Whole = None
    distance: Truth = None
    extent: Plain = ""
    recommended_prior_knowledge: Word = ""
    instruction_languages: Word = ""
    education_event_description: Plain = ""
    requirements: Plain = ""
    fee: Plain = ""
    eligible_for_student_aid: Truth = None
    time_of_study: Plain = ""
    organizer_name: Plain = ""
    contact_info: Part[_Contact]

    def read(self) -> PlannedEvent:
        """As kept."""
        return PlannedEvent(
            event_id=self.education_event_id,
            title=self.title,
            provider=self.provider_name,
            municipality=self.municipality,
            municipality_code=self.geographical_area_code,
            county=self.county,
            town=self.town,
            school_type=SCHOOL_TYPE_OF_LABEL.get(self.type_of_school.casefold(), ""),
            school_type_label=self.type_of_school,
            credits=self.credits,
            credits_system=self.credits_system,
            start=iso_date(self.semester_start_from),
            starts_continuously=self.execution_condition in _CONTINUOUS,
            apply_by=iso_date(self.last_application_date),
            pace_percent=self.pace_of_study or 0,
            is_distance=bool(self.distance),
            extent=self.extent,
            prior_knowledge=self.recommended_prior_knowledge,
            languages=tuple(part for part in self.instruction_languages.replace(",", " ").split() if part),
            description=self.education_event_description,
            requirements=self.requirements,
            fee=self.fee,
            has_student_aid=self.eligible_for_student_aid,
            time_of_study=self.time_of_study,
            organizer=self.organizer_name,
            web=web_address(self.contact_info.web),
        )


class _Embedded(_Planned):
    listed_adult_education_events: Parts[WireEvent]


class _PageInfo(_Planned):
    total_elements: int = 0
    total_pages: int = 0


class ListBody(_Planned):
    """The body of a search."""

    embedded: Annotated[Part[_Embedded], Field(alias="_embedded")]
    page: _PageInfo


class _Direction(_Planned):
    direction_id: int
    name: Plain = ""
    name_en: Plain = ""


class _Area(_Planned):
    area_id: int
    name: Plain = ""
    name_en: Plain = ""
    directions: Parts[_Direction]

    def read(self) -> EducationArea:
        directions = tuple(Direction(d.direction_id, d.name, d.name_en) for d in self.directions)
        return EducationArea(self.area_id, self.name, self.name_en, directions)


class AreasBody(_Planned):
    """The body of the areas."""

    areas: Parts[_Area]


class CountBody(_Planned):
    """The body of a count."""

    body: int

"""A job ad as the product has it, and how it is read from the services of Arbetsförmedlingen.

Personal data ends here: contact persons, their numbers and addresses, and the details of how to apply are
never read, and e-mail addresses, phone numbers and personal identity numbers in texts are masked.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from assistant.apis.plain_text import plain_text
from assistant.apis.wire import Flag, ListOf, Text, Wire

MASK = "[…]"
_STOCKHOLM = ZoneInfo("Europe/Stockholm")
_AT = r"\s?(?:@|[(\[{]\s?(?:at|snabel-?a|@)\s?[)\]}])\s?"
_EMAIL = rf"[\w.+'-]{{1,64}}{_AT}[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}"
_SEPARATORS = r"[\s()./\u2010-\u2015-]{0,3}"
_INTERNATIONAL = rf"(?<![\d+])(?:\+|00)[1-9](?:{_SEPARATORS}\d){{6,13}}(?!\d)"
_MOBILE = rf"(?<![\d,.+-])07\d(?:{_SEPARATORS}\d){{7}}(?!\d)"
# An area code, then five to eight digits; a date ("01-02-2025") or a span of hours ("08.00-17.00") is none.
_LANDLINE = (
    r"(?<![\d,.:/\u2010-\u2015-])(?!\d\d-\d\d-\d{4})\(?0[1-9]\d{0,2}\)?[\s/\u2010-\u2015-]{0,3}"
    r"\d(?:[\s\u2010-\u2015-]{0,2}\d){4,7}(?![\d:])"
)
_IDENTITY_NUMBER = r"(?<!\d)(?:19|20)?\d{2}[01]\d[0-3]\d[-+]\d{4}(?!\d)"
_PERSONAL = re.compile(
    "|".join((_EMAIL, _INTERNATIONAL, _MOBILE, _LANDLINE, _IDENTITY_NUMBER)), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AdConcept:
    """A taxonomy concept that an ad names; what the ad does not say is empty."""

    concept_id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class AdPlace:
    """A municipality or region of an ad, with SCB's code; what the ad does not say is empty."""

    concept_id: str = ""
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that an ad asks for: required, or an advantage."""

    concept: AdConcept
    is_required: bool


@dataclass(frozen=True, slots=True)
class Ad:
    """A job ad without personal data; a text that the ad lacks is empty.

    Attributes:
        ad_id: Digits, or for some historical ads a hash.
        headline: As published.
        employer: Name of the employer.
        occupation: `occupation-name` of the taxonomy.
        occupation_group: `ssyk-level-4`.
        occupation_field: `occupation-field`.
        municipality: Where the work is; empty for work abroad or all over the country.
        region: As above.
        coordinates: Longitude and latitude, or none.
        employment_type: Such as "Vanlig anställning".
        working_hours: "Heltid" or "Deltid".
        duration: Such as "Tills vidare".
        scope_percent: Least and most part of full time, each 0-100 or None.
        vacancies: How many are wanted; None when not said.
        published: ISO 8601, Swedish local time.
        deadline: As above.
        url: Public address of the ad.
        text: Plain text, masked.
        skills: Skills asked for; few ads name them so.
        languages: Languages asked for.
        experiences: Occupations that experience of is asked for.
        licences: Driving licences, such as "B".
        needs_licence: Whether a driving licence is required.
        needs_experience: Whether experience is required.
        is_removed: The employer has taken it back.
    """

    ad_id: str
    headline: str
    employer: str
    occupation: AdConcept
    occupation_group: AdConcept
    occupation_field: AdConcept
    municipality: AdPlace
    region: AdPlace
    coordinates: tuple[float, float] | None
    employment_type: str
    working_hours: str
    duration: str
    scope_percent: tuple[int | None, int | None]
    vacancies: int | None
    published: str
    deadline: str
    url: str
    text: str
    skills: tuple[Demand, ...]
    languages: tuple[Demand, ...]
    experiences: tuple[Demand, ...]
    licences: tuple[str, ...]
    needs_licence: bool
    needs_experience: bool
    is_removed: bool


def ad_address(ad_id: str) -> str:
    """The public address of one ad."""
    return f"https://arbetsformedlingen.se/platsbanken/annonser/{ad_id}"


def without_contacts(text: str) -> str:
    """The text with e-mail addresses, phone numbers and personal identity numbers masked."""
    return _PERSONAL.sub(MASK, text)


def local_time(text: str) -> str:
    """A time as ISO 8601 in Swedish local time without a zone; empty when it is none."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return (time.astimezone(_STOCKHOLM).replace(tzinfo=None) if time.tzinfo else time).isoformat()


def _empty_unless_object(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


def _whole_or_none(value: Any) -> Any:
    return int(value) if isinstance(value, int | float) and abs(value) < 10**9 else None


_Whole = Annotated[int | None, BeforeValidator(_whole_or_none)]


class WireConcept(Wire):
    """A concept in an ad."""

    concept_id: Text = ""
    label: Text = ""

    def to_concept(self) -> AdConcept:
        """The concept."""
        return AdConcept(self.concept_id, self.label)


_Concept = Annotated[WireConcept, BeforeValidator(_empty_unless_object)]


class _Employer(Wire):
    name: Text = ""


class _Description(Wire):
    text: Text = ""
    text_formatted: Text = ""


class _Scope(Wire):
    min: _Whole = None
    max: _Whole = None


class _Workplace(Wire):
    municipality: Text = ""
    municipality_code: Text = ""
    municipality_concept_id: Text = ""
    region: Text = ""
    region_code: Text = ""
    region_concept_id: Text = ""
    coordinates: ListOf[float | None] = []

    def to_coordinates(self) -> tuple[float, float] | None:
        known = [number for number in self.coordinates if number is not None]
        return (known[0], known[1]) if len(known) == len(self.coordinates) == 2 else None


class _Demands(Wire):
    skills: ListOf[_Concept] = []
    languages: ListOf[_Concept] = []
    work_experiences: ListOf[_Concept] = []


def _demands(required: list[WireConcept], wished: list[WireConcept]) -> tuple[Demand, ...]:
    both = [(one, True) for one in required] + [(one, False) for one in wished]
    return tuple(Demand(one.to_concept(), is_required) for one, is_required in both if one.label)


class WireAd(Wire):
    """An ad in the form of the service; what is personal in it has no field here."""

    id: Annotated[str, BeforeValidator(str)]
    headline: Text = ""
    employer: Annotated[_Employer, BeforeValidator(_empty_unless_object)] = _Employer()
    description: Annotated[_Description, BeforeValidator(_empty_unless_object)] = _Description()
    occupation: _Concept = WireConcept()
    occupation_group: _Concept = WireConcept()
    occupation_field: _Concept = WireConcept()
    workplace_address: Annotated[_Workplace, BeforeValidator(_empty_unless_object)] = _Workplace()
    employment_type: _Concept = WireConcept()
    working_hours_type: _Concept = WireConcept()
    duration: _Concept = WireConcept()
    scope_of_work: Annotated[_Scope, BeforeValidator(_empty_unless_object)] = _Scope()
    number_of_vacancies: _Whole = None
    publication_date: Text = ""
    application_deadline: Text = ""
    must_have: Annotated[_Demands, BeforeValidator(_empty_unless_object)] = _Demands()
    nice_to_have: Annotated[_Demands, BeforeValidator(_empty_unless_object)] = _Demands()
    driving_license: ListOf[_Concept] = []
    driving_license_required: Flag = False
    experience_required: Flag = False
    removed: Flag = False

    def to_ad(self) -> Ad:
        """The ad as the product has it."""
        place = self.workplace_address
        must, nice = self.must_have, self.nice_to_have
        text = self.description.text or plain_text(self.description.text_formatted)
        return Ad(
            ad_id=self.id,
            headline=without_contacts(self.headline),
            employer=without_contacts(self.employer.name),
            occupation=self.occupation.to_concept(),
            occupation_group=self.occupation_group.to_concept(),
            occupation_field=self.occupation_field.to_concept(),
            municipality=AdPlace(place.municipality_concept_id, place.municipality_code, place.municipality),
            region=AdPlace(place.region_concept_id, place.region_code, place.region),
            coordinates=place.to_coordinates(),
            employment_type=self.employment_type.label,
            working_hours=self.working_hours_type.label,
            duration=self.duration.label,
            scope_percent=(self.scope_of_work.min, self.scope_of_work.max),
            vacancies=self.number_of_vacancies,
            published=local_time(self.publication_date),
            deadline=local_time(self.application_deadline),
            url=ad_address(self.id),
            text=without_contacts(text),
            skills=_demands(must.skills, nice.skills),
            languages=_demands(must.languages, nice.languages),
            experiences=_demands(must.work_experiences, nice.work_experiences),
            licences=tuple(one.label for one in self.driving_license if one.label),
            needs_licence=self.driving_license_required,
            needs_experience=self.experience_required,
            is_removed=self.removed,
        )

"""Educations from several sources as one list: each once, none expired, the nearest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from assistant.apis.jobed import SERVICE as JOBED
from assistant.apis.jobed import JobEdEducation, education_address
from assistant.apis.planned_educations import SERVICE as PLANNED
from assistant.apis.planned_educations import PlannedEvent, event_address
from assistant.apis.susa import info_address
from assistant.domain.education import EducationKind, Offering
from assistant.domain.place import Place
from assistant.domain.source import Source
from assistant.guidance.statement import Statement, Voice, decimal, one_line
from assistant.guidance.study_length import UNITS, in_known_units, length_of, months_of
from assistant.guidance.whereabouts import Whereabouts
from assistant.retrieval.places.names import PlaceFinder
from assistant.retrieval.text import fold

SHOWN_EDUCATIONS = 5
ELSEWHERE = 3
"""Nearness of what is neither in the region nor at a distance."""
_SHOWN_PLACES = 3
# Susa-navet's codes; JobEd writes the same in lower case, and has a name of its own for one.
_FORMS = frozenset("AUB FHS HS KKU NY SFI VUXGR VUXGY VUXGRAN VUXGYAN VUXSFI YH".split())
_OTHER_FORMS = {"af arbetsmarknadsutbildning": "AUB"}
_EVENING = re.compile(r"\b(kväll|afton)|\b(evenings?)\b")


class Tie(IntEnum):
    """How it is known what an education leads to, the surest first."""

    SOURCE = 0
    """The source says so, or it was asked for in these very words."""
    NAME = 1
    """It is called as the occupation is."""
    SUBJECT = 2
    """It is about something that the occupation uses."""


@dataclass(frozen=True, slots=True)
class OfferedEducation:
    """An education that one can apply for, from whichever source.

    Attributes:
        record_id: The source's id of the record.
        education_ids: Ids by which other sources may know it too.
        system: Name of the source.
        title: In Swedish.
        provider: Who gives it.
        form: Susa-navet's code of the form of education; else the source's own word for it.
        area_codes: SCB's codes of municipalities or regions; empty when not known.
        place_names: Where it is given, as it is shown.
        is_distance: None when not said.
        start: ISO date of the next start; empty when not known.
        starts_continuously: One may begin at any time.
        pace_percent: 100 is full time; 0 when not said.
        length: Such as "400 yh"; empty when not said.
        apply_by: ISO date; empty when not known.
        expires: ISO date after which the record no longer holds.
        url: Public address.
        end: ISO date of the last day of that time; empty when not known.
        time_of_study: In the source's own words, such as "kväll"; empty when not said.
        eligibility: What applicants must have, in Swedish as the source has it; empty when not said.
        fee: What it costs, likewise.
        gives_student_aid: None when not said.
        tie: How it is known to lead to the occupation that was asked for.
    """

    record_id: str
    system: str
    title: str
    provider: str
    form: str
    area_codes: tuple[str, ...]
    place_names: tuple[str, ...]
    is_distance: bool | None
    start: str
    pace_percent: int
    url: str
    length: str = ""
    apply_by: str = ""
    expires: str = ""
    starts_continuously: bool = False
    education_ids: tuple[str, ...] = ()
    end: str = ""
    time_of_study: str = ""
    eligibility: str = ""
    fee: str = ""
    gives_student_aid: bool | None = None
    tie: Tie = Tie.SOURCE

    @property
    def months(self) -> float | None:
        """How long it takes, to a half month; None when the source does not say."""
        return months_of(self.length, start=self.start, end=self.end, pace_percent=self.pace_percent)

    @property
    def is_in_the_evening(self) -> bool:
        """Whether its title or time of study says so."""
        return _EVENING.search(fold(f"{self.title} {self.time_of_study}")) is not None

    def is_over(self, today: str) -> bool:
        """Whether it is too late: the last day to apply has been, or it has begun and starts only then."""
        begun = bool(self.start) and self.start < today and not self.starts_continuously and not self.apply_by
        return begun or any(last and last < today for last in (self.apply_by, self.expires))

    def nearness(self, place: Place | None) -> int:
        """0 in the place, 1 in its region, 2 at a distance, 3 elsewhere; all the same without a place."""
        if place is None:
            return 0
        if not self.is_distance:
            if any(code.startswith(place.code) for code in self.area_codes):
                return 0
            if any(code.startswith(place.region_code) for code in self.area_codes):
                return 1
        return 2 if self.is_distance else ELSEWHERE


def from_jobed(education: JobEdEducation, places: PlaceFinder, today: str) -> OfferedEducation:
    """An education of JobEd Connect, with the first of its starts that is yet to come."""
    codes = education.municipality_codes or education.region_codes
    starts = sorted(execution.start[:10] for execution in education.executions if execution.start)
    start = next((day for day in starts if day >= today), starts[-1] if starts else "")
    end = next((time.end[:10] for time in education.executions if start and time.start[:10] == start), "")
    return OfferedEducation(
        record_id=education.education_id,
        system=JOBED,
        title=education.title,
        provider=education.provider,
        form=_form(education.form),
        area_codes=codes,
        place_names=tuple(place.name for code in codes if (place := places.with_code(code))),
        is_distance=education.is_distance,
        start=start,
        end=end,
        pace_percent=max(education.paces_percent, default=0),
        url=education_address(education),
        length=length_of(education.credits, education.credit_system),
        expires=education.expires[:10],
    )


def from_planned(event: PlannedEvent) -> OfferedEducation:
    """A time and place of Planned Educations."""
    return OfferedEducation(
        record_id=event.event_id,
        system=PLANNED,
        title=event.title,
        provider=event.provider,
        form=event.school_type or event.school_type_label,
        area_codes=(event.municipality_code,) if event.municipality_code else (),
        place_names=tuple(filter(None, (event.municipality or event.town or event.county,))),
        is_distance=event.is_distance,
        start=event.start,
        pace_percent=event.pace_percent,
        url=event.web or event_address(event.event_id),
        length=length_of(event.credits, event.credits_system),
        apply_by=event.apply_by,
        starts_continuously=event.starts_continuously,
        time_of_study=event.time_of_study,
        eligibility=event.requirements,
        fee=event.fee,
        gives_student_aid=event.has_student_aid,
    )


def from_offering(offering: Offering, kind: EducationKind, places: PlaceFinder) -> OfferedEducation:
    """An education of the index."""
    codes = offering.municipality_codes
    named = tuple(place.name for code in codes if (place := places.with_code(code)))
    record_id = offering.event_id or offering.education_id
    return OfferedEducation(
        record_id=record_id,
        system=offering.system,
        title=offering.title,
        provider=offering.provider,
        form=_form(kind.school_type),
        area_codes=codes,
        place_names=named or offering.towns,
        is_distance=offering.is_distance,
        start=offering.start,
        end=offering.end,
        pace_percent=offering.pace_percent,
        url=offering.url or info_address(offering.education_id),
        length=in_known_units(kind.credits),
        apply_by=offering.apply_by,
        education_ids=(offering.education_id,),
    )


def chosen(
    found: Iterable[OfferedEducation], where: Whereabouts, today: str, *, limit: int = SHOWN_EDUCATIONS
) -> tuple[tuple[OfferedEducation, ...], int]:
    """The educations to show, best first, and how many there are that one can still apply for.

    Args:
        found: From all sources; where two are the same, the nearer and then the sooner one stays.
        where: What one can get to comes first, and of that what surely leads to the occupation, in the place,
            in its region, at a distance.
        today: ISO date.
        limit: Most educations wanted.
    """
    open_now = [education for education in found if education.title and not education.is_over(today)]
    open_now.sort(key=lambda e: _order(e, where.place))
    kept: dict[tuple[str, ...], OfferedEducation] = {}
    seen: set[str] = set()
    for education in open_now:
        key = (fold(education.title), fold(education.provider), education.start)
        ids = {education.record_id, *education.education_ids}
        if key not in kept and seen.isdisjoint(ids):
            kept[key] = education
            seen |= ids
    return _varied(list(kept.values()))[:limit], len(kept)


def _order(education: OfferedEducation, place: Place | None) -> tuple[bool, Tie, int, bool, str]:
    nearness = education.nearness(place)
    return nearness >= ELSEWHERE, education.tie, nearness, not education.start, education.start


def education_statement(education: OfferedEducation, voice: Voice) -> Statement:
    """One education in one line, with all that is known of when and where."""
    said = [one_line(education.title), one_line(education.provider)]
    said += [_form_said(education.form, voice), _place_said(education, voice)]
    if education.pace_percent:
        said.append(voice.say("education.pace", percent=str(education.pace_percent)))
    if education.length:
        said.append(voice.say("education.length", length=_length_said(education.length, voice)))
    if education.months:
        said.append(voice.say("study.months", months=decimal(education.months, voice)))
    if education.starts_continuously:
        said.append(voice.say("education.starts_any_time"))
    elif education.start:
        said.append(voice.say("education.starts", date=education.start))
    if education.apply_by:
        said.append(voice.say("education.apply_by", date=education.apply_by))
    text = f"{', '.join(filter(None, said))}."
    source = education_source(education, text, voice)
    return Statement(f"{text} {source.token}", source)


def _varied(ranked: list[OfferedEducation]) -> tuple[OfferedEducation, ...]:
    """The same order, but what only repeats a title of the same provider last."""
    first: list[OfferedEducation] = []
    again: list[OfferedEducation] = []
    known: set[tuple[str, str]] = set()
    for education in ranked:
        name = (fold(education.title), fold(education.provider))
        (again if name in known else first).append(education)
        known.add(name)
    return (*first, *again)


def education_source(education: OfferedEducation, text: str, voice: Voice, about: str = "") -> Source:
    """The record of an education as the source of a sentence made of it; `about` tells several apart."""
    return Source(
        source_id=":".join(filter(None, ("education", education.record_id, about, voice.language))),
        system=education.system,
        title=one_line(education.title),
        url=education.url,
        version=education.start or voice.now[:10],
        retrieved_at=voice.now,
        quote=text,
    )


def _form(code: str) -> str:
    known = _OTHER_FORMS.get(code.casefold(), code.upper())
    return known if known in _FORMS else code


def _form_said(form: str, voice: Voice) -> str:
    return voice.say(f"education.form.{form}") if form in _FORMS else form


def _place_said(education: OfferedEducation, voice: Voice) -> str:
    if education.is_distance:
        return voice.say("education.distance")
    named = ", ".join(education.place_names[:_SHOWN_PLACES])
    return voice.say("education.in", place=named) if named else ""


def _length_said(length: str, voice: Voice) -> str:
    number, _, unit = length.partition(" ")
    return f"{number} {voice.say(f'study.unit.{unit}') if unit in UNITS else unit}".strip()

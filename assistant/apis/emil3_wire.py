"""EMIL 3 as Susa-navet sends it.

No complete record has been recorded, so every part is optional: one of another form than expected counts as
absent.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import WrapValidator

from assistant.apis.emil3 import EducationEvent, EducationInfo, EducationProvider, Fee
from assistant.apis.emil3_parts import Emil, LangString, LangUrl, WireCode
from assistant.apis.skolverket import Number, Part, Parts, Truth, Whole, Word, iso_date, part_if_any

# C_ExecutionCondition: 0 not decided, 1 date set, 2 and 3 continuous (Planned Educations' OpenAPI file).
_CONTINUOUS = ("2", "3")


class _Credits(Emil):
    system: Part[WireCode]
    credits: Number = None


class _Extent(Emil):
    length: Number = None
    unit: Part[WireCode]

    def text(self) -> str:
        return "" if self.length is None else f"{self.length:g} {self.unit.code}".strip()


class _Info(Emil):
    """The content of an education info."""

    code: Word = ""
    last_edited: Word = ""
    expires: Word = ""
    title: Part[LangString]
    description: Part[LangString]
    url: Part[LangUrl]
    type: Part[WireCode]
    education_levels: Parts[WireCode]
    configuration: Part[WireCode]
    subjects: Parts[WireCode]
    is_vocational: Truth = None
    result_is_degree: Truth = None
    degrees: Part[LangString]
    qualification_level: Part[WireCode]
    credits: Part[_Credits]
    extent: Part[_Extent]
    eligibility: Part[LangString]
    recommended_prior_knowledge: Part[LangString]
    eligible_for_student_aid: Part[WireCode]

    def read(self, record_id: str) -> EducationInfo:
        level = self.qualification_level.code
        return EducationInfo(
            info_id=record_id,
            title_sv=self.title.swedish(),
            title_en=self.title.english(),
            description_sv=self.description.swedish(),
            description_en=self.description.english(),
            school_type=self.type.code.upper(),
            code=self.code,
            configuration=self.configuration.code,
            levels=tuple(level.to_code() for level in self.education_levels if level.code),
            seqf_level=int(level) if level in set("12345678") else 0,
            subjects=tuple(subject.to_code() for subject in self.subjects if subject.code),
            credits=self.credits.credits,
            credits_system=self.credits.system.code.lower(),
            extent=self.extent.text(),
            eligibility=self.eligibility.swedish(),
            prior_knowledge=self.recommended_prior_knowledge.swedish(),
            student_aid=self.eligible_for_student_aid.code,
            degrees=self.degrees.texts(),
            is_vocational=self.is_vocational,
            gives_degree=self.result_is_degree,
            url=self.url.address(),
            last_edited=iso_date(self.last_edited),
            expires=iso_date(self.expires),
        )


class _Location(Emil):
    town: Word = ""
    area_code: Word = ""


class _Execution(Emil):
    condition: Part[WireCode]
    start: Word = ""
    end: Word = ""


class _Fee(Emil):
    total_amount: Number = None
    currency: Word = ""
    first_installment: Number = None
    condition: Part[LangString]

    def to_fee(self) -> Fee:
        return Fee(self.total_amount, self.first_installment, self.currency, self.condition.swedish())


class _Pace(Emil):
    percentage: Whole = None


class _Distance(Emil):
    no_of_mandatory_sessions: Whole = None


class _Application(Emil):
    first: Word = ""
    last: Word = ""
    continuous: Truth = None
    url: Part[LangUrl]


class _Period(Emil):
    year: Word = ""
    semester: Word = ""


class _StartPeriod(Emil):
    period: Part[_Period]


class _TuitionFee(Emil):
    value: Truth = None
    first: Number = None
    total: Number = None


class _Extension(Emil):
    start_period: Part[_StartPeriod]
    tuition_fee: Part[_TuitionFee]

    def term(self) -> str:
        period = self.start_period.period
        return f"{period.semester.upper()} {period.year}".strip()

    def fee(self) -> Fee | None:
        fee = self.tuition_fee
        return Fee(fee.total, fee.first) if fee.value and fee.total is not None else None


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


class _Event(Emil):
    """The content of an education event."""

    education: Word = ""
    providers: Parts[Word]
    last_edited: Word = ""
    expires: Word = ""
    title: Part[LangString]
    description: Part[LangString]
    url: Part[LangUrl]
    locations: Parts[_Location]
    language_of_instructions: Parts[Word]
    execution: Part[_Execution]
    is_cancelled: Truth = None
    fees: Parts[_Fee]
    places: Whole = None
    time_of_study: Part[WireCode]
    pace_of_study: Part[_Pace]
    # There at all means that it is a distance education.
    distance: Annotated[_Distance | None, WrapValidator(part_if_any)] = None
    application: Part[_Application]
    extensions: Parts[_Extension]

    def read(self, record_id: str) -> EducationEvent:
        applied = self.application
        return EducationEvent(
            event_id=record_id,
            education_id=self.education,
            provider_ids=tuple(filter(None, self.providers)),
            title_sv=self.title.swedish(),
            title_en=self.title.english(),
            description_sv=self.description.swedish(),
            towns=_distinct(place.town for place in self.locations),
            municipality_codes=_distinct(place.area_code for place in self.locations),
            languages=_distinct(self.language_of_instructions),
            is_distance=self.distance is not None,
            mandatory_sessions=self.distance.no_of_mandatory_sessions if self.distance else None,
            starts_continuously=self.execution.condition.code in _CONTINUOUS,
            start=iso_date(self.execution.start),
            end=iso_date(self.execution.end),
            start_term=next(filter(None, (extension.term() for extension in self.extensions)), ""),
            apply_from=iso_date(applied.first),
            apply_by=iso_date(applied.last),
            applies_continuously=bool(applied.continuous),
            apply_url=applied.url.address(),
            pace_percent=self.pace_of_study.percentage or 0,
            time_of_study=self.time_of_study.code,
            fees=tuple(fee.to_fee() for fee in self.fees if fee.total_amount is not None),
            tuition_fee=next(filter(None, (extension.fee() for extension in self.extensions)), None),
            places=self.places,
            is_cancelled=bool(self.is_cancelled),
            url=self.url.address() or applied.url.address(),
            last_edited=iso_date(self.last_edited),
            expires=iso_date(self.expires),
        )


class _Body(Emil):
    type: Part[WireCode]


class _Provider(Emil):
    """The content of an education provider."""

    name: Part[LangString]
    url: Part[LangUrl]
    contact_address: Part[_Location]
    responsible_body: Part[_Body]
    last_edited: Word = ""

    def read(self, record_id: str) -> EducationProvider:
        return EducationProvider(
            provider_id=record_id,
            name=self.name.swedish() or self.name.english(),
            url=self.url.address(),
            town=self.contact_address.town,
            municipality_code=self.contact_address.area_code,
            body=self.responsible_body.type.code,
            last_edited=iso_date(self.last_edited),
        )


def read_info(content: dict[str, Any], record_id: str) -> EducationInfo:
    """Read the content of a row of education infos."""
    return _Info.model_validate(content).read(record_id)


def read_event(content: dict[str, Any], record_id: str) -> EducationEvent:
    """Read the content of a row of education events."""
    return _Event.model_validate(content).read(record_id)


def read_provider(content: dict[str, Any], record_id: str) -> EducationProvider:
    """Read the content of a row of education providers."""
    return _Provider.model_validate(content).read(record_id)

"""What is kept of Susa-navet's records, which have the form of EMIL 3 (SS 10700:2024)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code within its list, such as `8332` in `AUB_Subject` (SSYK)."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class EducationInfo:
    """An education, described once for all times and places at which it is given.

    Texts are plain, empty where the record has none.

    Attributes:
        info_id: Such as `i.myh.yh.12291`; ids are equal whatever their case.
        title_sv: In Swedish, or in another language but English where there is no Swedish one.
        school_type: Code of the form of education: YH, HS, VUXGY, VUXGR, FHS, KKU, AUB, ...
        code: Course or programme code.
        configuration: kurs, kurspaket or program.
        levels: Such as `ISCED_5` in `C_EducationLevel`.
        seqf_level: 1-8, 0 when not said.
        credits: In the unit of `credits_system`: hp, yh, gy, fup, vp or nyp.
        extent: Length and unit, such as "10 weeks".
        eligibility: What applicants must have, in Swedish.
        prior_knowledge: What applicants should know, in Swedish.
        student_aid: Code that says whether student aid may be had.
        url: The provider's page.
        last_edited: ISO date.
        expires: ISO date.
    """

    info_id: str
    title_sv: str = ""
    title_en: str = ""
    description_sv: str = ""
    description_en: str = ""
    school_type: str = ""
    code: str = ""
    configuration: str = ""
    levels: tuple[Code, ...] = ()
    seqf_level: int = 0
    subjects: tuple[Code, ...] = ()
    credits: float | None = None
    credits_system: str = ""
    extent: str = ""
    eligibility: str = ""
    prior_knowledge: str = ""
    student_aid: str = ""
    degrees: tuple[str, ...] = ()
    is_vocational: bool | None = None
    gives_degree: bool | None = None
    url: str = ""
    last_edited: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee; `currency` is empty where the record names none, `condition` says who pays it."""

    total: float | None
    first: float | None = None
    currency: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class EducationEvent:
    """A time and place at which an education is given. Dates are ISO dates, empty when not said.

    Attributes:
        event_id: Such as `e.myh.27538`.
        education_id: Of its education, empty when not said.
        municipality_codes: SCB's, four digits.
        languages: ISO 639-2, such as `swe`.
        starts_continuously: One may begin at any time, so that there is no start.
        start_term: Where only the term is known, such as "HT 2026".
        pace_percent: 0 when not said.
        time_of_study: dag, kväll, ...
        tuition_fee: What universities take from those from outside the EU and EEA.
        mandatory_sessions: Times that one must come to the place, of a distance education.
        url: Page of the event, or of the application.
    """

    event_id: str
    education_id: str = ""
    provider_ids: tuple[str, ...] = ()
    title_sv: str = ""
    title_en: str = ""
    description_sv: str = ""
    towns: tuple[str, ...] = ()
    municipality_codes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    is_distance: bool = False
    mandatory_sessions: int | None = None
    starts_continuously: bool = False
    start: str = ""
    end: str = ""
    start_term: str = ""
    apply_from: str = ""
    apply_by: str = ""
    applies_continuously: bool = False
    apply_url: str = ""
    pace_percent: int = 0
    time_of_study: str = ""
    fees: tuple[Fee, ...] = ()
    tuition_fee: Fee | None = None
    places: int | None = None
    is_cancelled: bool = False
    url: str = ""
    last_edited: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class EducationProvider:
    """Who gives an education. Names and addresses of persons are not read."""

    provider_id: str
    name: str = ""
    url: str = ""
    town: str = ""
    municipality_code: str = ""
    body: str = ""
    last_edited: str = ""

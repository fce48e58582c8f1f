"""JobEd Connect's answers: two shapes of an education made one, and what ads ask for.

A search gives educations nested, with EMIL 2's lists of `{lang, content}`; the match endpoints give
them flat, under other names and without an address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from assistant.apis.plain_text import plain_text
from assistant.apis.wire import ListOf, Text, Wire

_SWEDISH = frozenset({"swe", "sv"})
_ENGLISH = frozenset({"eng", "en"})


@dataclass(frozen=True, slots=True)
class Execution:
    """When an education is given once; ISO dates, empty where the service gives none."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class JobEdEducation:
    """An education as JobEd Connect has it; texts are empty where the service gives none.

    Attributes:
        education_id: Susa-navet's id, such as `i.myh.yh.12291`.
        title: In Swedish, else in English.
        description: As the title, as plain text.
        form: Code of the school form; one of `EducationForm` as far as is known.
        type: `program`, `kurs`, `kurspaket`, ...
        code: Course or programme code.
        provider: Names of those who give it.
        municipality_codes: Four digits each; often none for adult education.
        region_codes: Two digits each.
        paces_percent: Paces of study, 100 is full time.
        languages: Codes of the languages of instruction.
        is_distance: None where the service does not say.
        executions: Times at which it is given, earliest first.
        credits: Number of credits; None where the service does not say.
        credit_system: Code of what they are counted in: `yh`, `vp`, `hp`, ...
        url: The provider's own page.
        expires: ISO date after which the description no longer holds.
    """

    education_id: str
    title: str
    description: str
    form: str
    type: str
    code: str
    provider: str
    municipality_codes: tuple[str, ...]
    region_codes: tuple[str, ...]
    paces_percent: tuple[int, ...]
    languages: tuple[str, ...]
    is_distance: bool | None
    executions: tuple[Execution, ...]
    credits: float | None
    credit_system: str
    url: str
    expires: str

    @property
    def start(self) -> str:
        """The first day of the earliest time; empty where none is known."""
        return self.executions[0].start if self.executions else ""

    @property
    def end(self) -> str:
        """The last day of that time."""
        return self.executions[0].end if self.executions else ""


class _Localised(Wire):
    lang: Text = ""
    content: Text = ""


def _as_localised(value: Any) -> Any:
    """A text in many languages; one without a language and a lone one are taken as well."""
    if value is None:
        return []
    rows = value if isinstance(value, list) else [value]
    return [{"content": row} if isinstance(row, str) else row for row in rows if row is not None]


Localised = Annotated[list[_Localised], BeforeValidator(_as_localised)]


def _in_swedish(texts: Localised) -> str:
    """The text in Swedish, else in English, else the first; empty texts count as absent."""
    written = [text for text in texts if text.content.strip()]
    for language in (_SWEDISH, _ENGLISH):
        for text in written:
            if text.lang.casefold() in language:
                return text.content.strip()
    return written[0].content.strip() if written else ""


def _as_code(value: Any) -> Any:
    """A code may stand alone or as `{code, type}`; some are numbers."""
    code = value.get("code") if isinstance(value, dict) else value
    return "" if code is None else str(code)


Code = Annotated[str, BeforeValidator(_as_code)]
Codes = Annotated[
    list[Code], BeforeValidator(lambda value: [] if value is None else [v for v in value if v is not None])
]


class _WireExecution(Wire):
    start: Text = ""
    end: Text = ""


class _WireEvents(Wire):
    region_code: Annotated[Codes, Field(alias="regionCode")] = []
    municipality_code: Annotated[Codes, Field(alias="municipalityCode")] = []
    pace: Annotated[ListOf[float | None], Field(alias="paceOfStudyPercentage")] = []
    executions: ListOf[_WireExecution | None] = []
    languages: Annotated[Codes, Field(alias="languageOfInstruction")] = []
    distance: bool | None = None


class _WireProviders(Wire):
    providers: ListOf[Text] = []


class _NamedProvider(Wire):
    name: Localised = []


class _WireCredits(Wire):
    system: Code = ""
    credits: float | None = None


class WireFlatEducation(Wire):
    """An education as the match endpoints give it."""

    id: str
    code: Code = ""
    title: Annotated[Localised, Field(alias="education_title")] = []
    description: Annotated[Localised, Field(alias="education_description")] = []
    type: Annotated[Code, Field(alias="education_type")] = ""
    form: Annotated[Code, Field(alias="education_form")] = ""
    provider: Annotated[Text, Field(alias="education_provider_name")] = ""
    expires: Text = ""
    providers: Annotated[_WireProviders | None, Field(alias="providerSummary")] = None
    events: Annotated[_WireEvents | None, Field(alias="eventSummary")] = None

    def to_education(self) -> JobEdEducation:
        """The education in the form that both shapes share."""
        names = self.providers.providers if self.providers else []
        return _education(
            self, education_id=self.id, events=self.events, provider=self.provider or _joined(names)
        )


class _WireEducation(Wire):
    code: Code = ""
    title: Localised = []
    description: Localised = []
    type: Annotated[Code, Field(alias="configuration")] = ""
    form: Code = ""
    credits: _WireCredits | None = None
    urls: Localised = []
    expires: Text = ""


class WireNestedEducation(Wire):
    """An education as a search, or the question for one education, gives it."""

    id: str
    education: _WireEducation | None = None
    summary: Annotated[_WireProviders | None, Field(alias="providerSummary")] = None
    education_providers: ListOf[_NamedProvider] = []
    events: Annotated[_WireEvents | None, Field(alias="eventSummary")] = None

    def to_education(self) -> JobEdEducation:
        """The education in the form that both shapes share."""
        education = self.education or _WireEducation()
        names = [_in_swedish(provider.name) for provider in self.education_providers]
        return _education(
            education,
            education_id=self.id,
            events=self.events,
            provider=_joined(self.summary.providers if self.summary else []) or _joined(names),
            credits=education.credits,
            url=_in_swedish([url for url in education.urls if _is_address(url.content)]),
        )


def _education(
    wire: WireFlatEducation | _WireEducation,
    *,
    education_id: str,
    provider: str,
    events: _WireEvents | None,
    credits: _WireCredits | None = None,
    url: str = "",
) -> JobEdEducation:
    events, credits = events or _WireEvents(), credits or _WireCredits()
    times = [Execution(time.start, time.end) for time in events.executions if time and time.start]
    return JobEdEducation(
        education_id=education_id,
        title=plain_text(_in_swedish(wire.title)),
        description=plain_text(_in_swedish(wire.description)),
        form=wire.form,
        type=wire.type,
        code=wire.code,
        provider=provider,
        municipality_codes=tuple(events.municipality_code),
        region_codes=tuple(events.region_code),
        paces_percent=tuple(round(pace) for pace in events.pace if pace is not None),
        languages=tuple(events.languages),
        is_distance=events.distance,
        executions=tuple(sorted(times, key=lambda time: (time.start, time.end))),
        credits=credits.credits,
        credit_system=credits.system,
        url=url,
        expires=wire.expires,
    )


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name.strip() for name in names if name.strip()))


def _is_address(text: str) -> bool:
    return text.strip().startswith(("https://", "http://"))

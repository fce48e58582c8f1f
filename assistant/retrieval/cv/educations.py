"""The educations of a CV."""

import re
from collections.abc import Sequence

from assistant.domain.concept import EducationLevel
from assistant.retrieval.cv.entries import Entry, best_part, entries_of
from assistant.retrieval.cv.licences import names_permit
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.noise import is_absence
from assistant.retrieval.cv.segments import Header, header_of, span_over
from assistant.retrieval.cv.values import CvEducation, Period
from assistant.retrieval.mentions.details import country_said
from assistant.retrieval.text import fold

_MOST_EDUCATIONS = 20
# Highest first: "civilingenjör" is a degree of its own, and a thesis names its bachelor too.
_LEVELS = (
    (
        EducationLevel.MASTER,
        r"\bmaster(?:'?s|examen|program\w*| of)?\b|magister|civilingenjör|ph\.?d|doctor|doktor|docent"
        r"|licentiat|\bm\.?sc\b"
        r"|\bm\.?a\b(?=[ .,]|$)|\bmba\b|\bm\.?tech\b|\bm\.?eng\b|läkarexamen|juristexamen"
        r"|jur(?:is)?\.? kand|psykologexamen"
        r"|tandläkarexamen|arkitektexamen|postgraduate",
    ),
    (
        EducationLevel.BACHELOR,
        r"\bbachelor|kandidat|\bb\.?sc\b|\bb\.?a\b(?=[ .,]|$)|\bb\.?tech\b|\bb\.?eng\b|högskoleingenjör"
        r"|högskoleexamen"
        r"|lärarexamen|ämneslärare|grundlärar|förskollärarexamen|förskollärarprogram\w*|lärarprogram\w*"
        r"|sjuksköterskeexamen"
        r"|sjuksköterskeprogram\w*|sjuksköterskeutbildning|socionom|ekonomexamen|licence\b|undergraduate"
        r"|\bdegree in\b|fil\.? ?kand",
    ),
    (
        EducationLevel.VOCATIONAL_HIGHER,
        r"yrkeshögskol\w*|\byh\b|\bky\b|kvalificerad yrkesutbildning|higher vocational|vocational college"
        r"|polytechnic"
        r"|associate degree|\bhnd\b|\bhnc\b|foundation degree|technical institute|technical college"
        r"|higher national"
        r"|diploma (?:in|of) (?:teaching|nursing|education)",
    ),
    (
        EducationLevel.UPPER_SECONDARY,
        r"gymnasi\w*|\b\w*programmet\b|high school|secondary (?:school|education)|senior school"
        r"|secondary education"
        r"|school certificate|studentexamen|a-levels?|baccalauréat|\bnvq\b|\bbtec\b|abitur|matura"
        r"|vocational school|yrkesskola"
        r"|komvux|folkhögskola|vocational (?:training|education)|apprentice\w*|lärlings\w*|high-school"
        r"|lyceum|lycée|liceo",
    ),
    (
        EducationLevel.COMPULSORY,
        r"grundskol\w*|folkskola|primary school|elementary|middle school|compulsory|\bgcses?\b"
        r"|lower secondary|basic school"
        r"|secondary school.{0,12}\b[6-9] years",
    ),
)
_LEVEL_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _LEVELS)
_QUALIFICATION = re.compile(
    r"examen|examina|\bdegree|diplom\w*|certificate|kurs\b|kursen\b|\w+kurs(?:er)?\b|course|utbildning\w*"
    r"|program(?:met|me)?\b"
    r"|linjen?\b|studies|studier|behörighet|\bsfi\b|svenska som andraspråk|svenska för invandrare"
    r"|swedish for immigrants"
    r"|training|validering|yrkesbevis|gesällbrev|mästarbrev|\blegitimation|docent|swedish language"
)
_SCHOOL = re.compile(
    r"universit|högskola|skola|skolan|school|college|institut|academy|akademi|komvux|gymnasi|lyceum|hermods"
)
# From here a line without a date is one.
_NAMED = 0.45
_STRONG, _PLAIN, _WEAK, _FIELD_OF_STUDY = 1.0, 0.6, 0.2, 0.25
# A teacher's work is no education, and nor is a school that one has worked at.
_WORK = re.compile(
    r"\b(?:\w*lärare|\w*lärarinna|teacher|lektor|lecturer|professor|rektor|assistent|assistant"
    r"|elevassistent|vaktmästare"
    r"|barnskötare|fritidspedagog|forskar\w*|researcher|doktorand|tutor|instructor|caretaker"
    r"|principal)\b(?!\w*(?:examen|program))"
)


def education_level(text: str) -> EducationLevel | None:
    """The level that the name of an education shows; None where it shows none."""
    folded = fold(text)
    return next((level for level, pattern in _LEVEL_PATTERNS if pattern.search(folded)), None)


def names_education(part: str) -> float:
    """How well words name an education: 0-1, schools little."""
    folded = fold(part)
    if _WORK.search(folded):
        return 0.0
    is_school = bool(_SCHOOL.search(folded))
    if education_level(part) is not None or _QUALIFICATION.search(folded):
        return _PLAIN if is_school else _STRONG
    return _WEAK if is_school else 0.0


def is_about_education(line: Line) -> bool:
    """Whether a line that no heading stands above tells of an education."""
    header = header_of(line)
    return any(names_education(part) >= _PLAIN for part in header.parts) and not _WORK.search(fold(line.text))


def read_educations(lines: Sequence[Line]) -> tuple[CvEducation, ...]:
    """The educations that lines tell of, in their order: those with a date, and others named plainly."""
    # Courses stand among them that are told as licences.
    lines = [line for line in lines if not names_permit(line.text) and not is_absence(line.text)]
    entries = entries_of(lines, _names)
    told = [_education(entry) for entry in entries]
    used = {header.line for entry in entries for header in entry.heading}
    told += [_undated(header_of(line)) for line in lines if line not in used and _is_own(line)]
    return tuple(sorted(told, key=lambda education: education.span.start))[:_MOST_EDUCATIONS]


def _names(part: str) -> float:
    """As `names_education`; other words may still be a field of study, which says more than a school."""
    return names_education(part) or _FIELD_OF_STUDY


def _is_own(line: Line) -> bool:
    return (
        not line.is_item
        and not line.text.endswith(".")
        and best_part(header_of(line), names_education)[1] >= _NAMED
    )


def _education(entry: Entry) -> CvEducation:
    headings = " ".join(header.line.text for header in entry.heading)
    title = entry.title or headings
    return CvEducation(
        title=title,
        school=_school(entry.heading, title),
        level=education_level(title) or education_level(headings),
        period=entry.dated.period.period if entry.dated.period else Period(),
        country=country_said(headings),
        span=span_over([header.line for header in entry.heading]),
    )


def _undated(header: Header) -> CvEducation:
    title = best_part(header, names_education)[0]
    period = header.period.period if header.period else Period()
    return CvEducation(
        title,
        _school((header,), title),
        education_level(header.line.text),
        period,
        country_said(header.line.text),
        header.line.span,
    )


def _school(heading: Sequence[Header], title: str) -> str:
    parts = [part for header in heading for part in header.parts if part != title]
    return next((part for part in parts if _SCHOOL.search(fold(part))), parts[0] if parts else "")

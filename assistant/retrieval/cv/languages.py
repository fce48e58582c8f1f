"""The languages of a CV, each with its level."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.retrieval.cv.headings import Section
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.values import CvLanguage, Span
from assistant.retrieval.mentions.languages import languages_said, names_only_languages
from assistant.retrieval.text import fold

NATIVE = "native"
_LEVELS = (
    (NATIVE, r"modersmål\w*|hemspråk|native|mother tongue|first language|förstaspråk|tvåspråkig|bilingual"),
    ("CEFR", r"\b(?P<cefr>[abc][12])\b"),
    (
        "C1",
        r"flytande|fluent\w*|mycket (?:goda?|bra)|very good|excellent|full professional|avancerad\w*"
        r"|advanced|utmärkt\w*"
        r"|proficient|obehindrat|perfekt|perfect",
    ),
    (
        "B1",
        r"\bsfi[ -]?d\b|medel|intermediate|conversational|hyfsa\w+|(?:ganska|fairly) (?:bra|good)"
        r"|limited working",
    ),
    (
        "A2",
        r"\bsfi(?:[ -]?[abc])?\b|grund\w*|basic|lite\b|litet|some\b|a bit|little|elementary|begränsad\w*"
        r"|nybörjare|beginner",
    ),
    ("B2", r"\bgoda?\b|\bgott\b|\bbra\b|\bgood\b|professional working|upper"),
)
_LEVEL_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _LEVELS)
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSES = re.compile(r"[,;.|•·\n]|\b(?:och|and|samt)\b", re.IGNORECASE)
_CUE = re.compile(r"\b(?:språk\w*|languages?|talar|pratar|speaks?|modersmål|mother tongue|fluent|native)\b")
_LABEL = re.compile(
    r"^(?:språk\w*|languages?|other languages?|andra språk)\b(?:[ /]*(?:språk|languages?))?\W*", re.IGNORECASE
)
# Words of English and Swedish that are names of languages too.
_ALSO_WORDS = frozenset("and sign even same is as en mal manx tok".split())


def read_languages(lines: Sequence[Line]) -> tuple[CvLanguage, ...]:
    """The languages that lines name, each once, in their order.

    Where nothing stands below a heading on languages, those lines are read that are about them.
    """
    headed = [line for line in lines if line.section is Section.LANGUAGES]
    found: dict[str, CvLanguage] = {}
    for line in headed or filter(_is_about_languages, lines):
        spoken = _in_line(line)
        for language in spoken:
            found.setdefault(language.code, language)
        last = next(reversed(found.values()), None)
        if not spoken and last is not None and not last.level:
            # The level stands on a line of its own.
            found[last.code] = replace(last, level=_level(line.text))
    return tuple(found.values())


def _is_about_languages(line: Line) -> bool:
    if line.section in (Section.WORK, Section.EDUCATION):
        return False
    first = _WORD.search(line.text)
    begins_with_one = line.section is not Section.TOP and first is not None and bool(languages_said(first[0]))
    return begins_with_one or names_only_languages(line.text) or bool(_CUE.search(fold(line.text)))


def _in_line(line: Line) -> list[CvLanguage]:
    """The languages of a line; a clause without one says how well the one before is known."""
    found: list[CvLanguage] = []
    label = _LABEL.match(line.text)
    at = label.end() if label else 0
    for start, end in _clauses(line.text, at):
        clause = line.text[start:end]
        named = _named(clause)
        if not named and found and not found[-1].level:
            found[-1] = replace(found[-1], level=_level(clause))
        for i, (code, begins, ends) in enumerate(named):
            following = named[i + 1][1] if i + 1 < len(named) else len(clause)
            previous = named[i - 1][2] if i else 0
            level = _level(clause[ends:following])
            if not level and (i == 0 or len(named) == 1):
                level = _level(clause[previous:begins])
            where = Span(line.span.start + start + begins, line.span.start + start + ends)
            found.append(CvLanguage(code, level, where))
    return found


def _clauses(text: str, at: int) -> list[tuple[int, int]]:
    spans = []
    for found in _CLAUSES.finditer(text, at):
        spans.append((at, found.start()))
        at = found.end()
    return [*spans, (at, len(text))]


def _named(clause: str) -> list[tuple[str, int, int]]:
    """Codes of languages with where their names begin and end."""
    named = []
    for found in _WORD.finditer(clause):
        if fold(found[0]) not in _ALSO_WORDS and (said := languages_said(found[0])):
            named.append((said[0][0], found.start(), found.end()))
    return named


def _level(text: str) -> str:
    folded = fold(text)
    for level, pattern in _LEVEL_PATTERNS:
        if found := pattern.search(folded):
            return found["cefr"].upper() if "cefr" in pattern.groupindex else level
    return ""

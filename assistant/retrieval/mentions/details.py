"""What a message says about an experience besides its name: how long, where, on what terms."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import get_global

from assistant.domain.language import Language
from assistant.retrieval.mentions.countries import CITY_COUNTRIES, COUNTRY_ALIASES
from assistant.retrieval.spelling import is_common, near_name
from assistant.retrieval.text import fold, unaccented, words

_NUMBER_WORDS = {
    "ett": 1, "en": 1, "två": 2, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "atta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15,
    "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20, "trettio": 30, "fyrtio": 40,
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "half a": 0.5, "ett halvt": 0.5, "halv": 0.5, "ett par": 2, "a couple of": 2,
}  # fmt: skip
_TENS = {word: number for word, number in _NUMBER_WORDS.items() if number >= 20}
_ONES = {
    word: number for word, number in _NUMBER_WORDS.items() if 1 <= number <= 9 and word not in ("a", "en")
}
# "tjugofem", "twenty-five".
_NUMBER_WORDS |= {
    f"{ten}{joint}{one}": _TENS[ten] + _ONES[one]
    for ten in _TENS
    for one in _ONES
    for joint in ("", "-", " ")
}
_NUMBER = (
    rf"(?P<number>\d+(?:[.,]\d+)?|{'|'.join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True))})"
)
_HALF = r"(?P<half>\s*(?:och|and)\s+(?:ett\s+)?(?:a\s+)?hal[fv]t?)?"
# Misspelt and dragged-out forms too: "åar", "yers", "yeras".
_UNIT = r"(?P<unit>å+a*r+s?|a+r|y(?:ea?|ae)r+a?s?|yrs?|månader|månad|manader|months?|mån)"
DURATION = re.compile(rf"\b{_NUMBER}{_HALF}\s*\+?\s*{_UNIT}\b", re.IGNORECASE)
# An age ("I am 35 years old") or a time past ("3 years ago") is no length.
_NO_LENGTH = re.compile(
    r"\b(?:är|am|i'm)\s+LENGTH(?=\s*(?:[.,;!?]|och\b|and\b|$))|\bför LENGTH se(?:da)?n\b|\b(?:efter|after"
    r"|inom|within)\s+LENGTH"
    r"|LENGTH[ -]*(?:gam\w+|old|ago)\b".replace("LENGTH", re.sub(r"\?P<\w+>", "?:", DURATION.pattern))
)
_MONTH_UNITS = ("mån", "man", "mon")
_MONTH_NAMES = "jan|feb|mars?|mar|apr|maj|may|jun|jul|aug|sept?|okt|oct|nov|dec"
_YEAR_SPAN_PARTS = tuple(
    rf"(?:(?:(?P<{end}_name>{_MONTH_NAMES})\w*\.?\s+|(?P<{end}_month>0?[1-9]"
    rf"|1[0-2])[/.])?(?P<{end}>(?:19|20)\d\d)"
    rf"(?:[-/](?P<{end}_iso>0[1-9]|1[0-2])(?!\d))?)"
    for end in ("from", "to")
)
_MONTHS = {
    name: number
    for number, names in enumerate("jan feb mar apr maj/may jun jul aug sep okt/oct nov dec".split(), start=1)
    for name in names.split("/")
}
_SINCE = "nu|nuvarande|idag|pågående|pågår|dags dato|present|now|today|current|ongoing"
YEAR_SPAN = re.compile(
    rf"\b(?:(?:between|mellan|from|från)\s+)?{_YEAR_SPAN_PARTS[0]}\s*(?:[-–—]|to|till|until|och|and)\s*"
    rf"(?:{_YEAR_SPAN_PARTS[1]}|(?P<short>\d\d)(?![\d-])|(?P<open>{_SINCE}))\b",
    re.IGNORECASE,
)
_LONE_YEAR = re.compile(r"\b(?:19|20)\d\d\b\s*[-–—]?")
_LONGEST_YEARS = 70


def years_said(text: str) -> float | None:
    """Years named in a text ("sju år", "7 years", "18 months", "2010-2017", "Sep 2019 - May 2021").

    Returns:
        Years, at most 70; months as parts of a year; None when nothing is said, or no end ("2019 - nu").
    """
    folded = _NO_LENGTH.sub(" ", fold(text))
    if span := YEAR_SPAN.search(folded):
        return _years_of_span(span)
    found = DURATION.search(folded)
    if found is None:
        return None
    number = _number(found["number"]) + (0.5 if found["half"] else 0)
    years = number / 12 if found["unit"].startswith(_MONTH_UNITS) else number
    return round(years, 2) if 0 < years <= _LONGEST_YEARS else None


def _years_of_span(span: re.Match[str]) -> float | None:
    if span["open"]:
        return None
    first = int(span["from"])
    last = int(span["to"] or f"{span['from'][:2]}{span['short']}")
    months = _month(span, "to") - _month(span, "from") if _month(span, "from") and _month(span, "to") else 0
    years = last - first + months / 12
    return round(years, 2) if 0 <= years <= _LONGEST_YEARS else None


def _month(span: re.Match[str], end: str) -> int:
    """The month named with a year, 1-12; 0 without one."""
    if name := span[f"{end}_name"]:
        return _MONTHS[name[:3]]
    return int(span[f"{end}_month"] or span[f"{end}_iso"] or 0)


def bare_number(text: str) -> float | None:
    """A number that stands alone in an answer to "how many years?", such as "7" or "sju"."""
    found = re.search(rf"\b{_NUMBER}\b", fold(text))
    if found is None or (found["number"] in ("a", "en", "ett") and len(words(text)) > 1):
        return None
    number = _number(found["number"])
    return number if 0 < number <= _LONGEST_YEARS else None


def without_durations(text: str) -> str:
    """The text with its durations and year spans taken out, so that they cannot mislead a search."""
    cleaned = _LONE_YEAR.sub(" ", YEAR_SPAN.sub(" ", text))
    cleaned = re.sub(
        rf"\b(?:i|for|during|under|about|cirka|ungefär)?\s*{DURATION.pattern[2:]}",
        " ",
        cleaned,
        flags=re.IGNORECASE,
    )
    return " ".join(cleaned.split())


def _number(text: str) -> float:
    return _NUMBER_WORDS[text] if text in _NUMBER_WORDS else float(text.replace(",", "."))


# Cities and villages that no list has lie near the names of small countries.
_SHORTEST_MENDED_COUNTRY = 7
# Cities whose names are words.
_NO_PLACES = frozenset(("oral", "chita"))
_AFTER_PREPOSITION = re.compile(r"\b((?:in|i|from|från|fran)\s+)([^\W\d_]+)")


@cache
def _country_codes() -> dict[str, str]:
    codes = {city: code for city, code in _zone_cities() if city not in _NO_PLACES}
    codes |= {fold(name): code for name, code in (COUNTRY_ALIASES | CITY_COUNTRIES).items()}
    for language in Language:
        for code, name in Locale(language.value).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "EZ", "QO"):
                codes[fold(name)] = code
    return codes


def _zone_cities() -> Iterator[tuple[str, str]]:
    """Large cities of Africa, Asia and Europe, after which CLDR names time zones, with their countries."""
    for zone, territory in get_global("zone_territories").items():
        continent, _, city = zone.rpartition("/")
        if continent in ("Africa", "Asia", "Europe") and territory.isalpha():
            yield fold(city.replace("_", " ")), territory


@cache
def _country_pattern() -> re.Pattern[str]:
    names = set(_country_codes()) | {unaccented(name) for name in _country_codes()}
    longest_first = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    # A genitive is a country too: "Syriens huvudstad".
    return re.compile(rf"\b(?P<name>{longest_first})s?\b")


@cache
def _plain_country_codes() -> dict[str, str]:
    return {unaccented(name): code for name, code in _country_codes().items()}


def country_said(text: str) -> str:
    """The ISO 3166 code of the first country or well-known city named; empty when none is.

    Diacritics may be missing, and a long name may have a slip in it. Data: Unicode CLDR through Babel.
    """
    found = _country_pattern().search(_with_mended_countries(fold(text)))
    return _plain_country_codes()[unaccented(found["name"])] if found else ""


def without_countries(text: str) -> str:
    """The text, folded, without "in Syria" and the like, which say nothing of the work."""
    name = _country_pattern().pattern
    mended = _with_mended_countries(fold(text))
    return " ".join(re.sub(rf"(?:\b(?:in|i|from|från)\s+)?{name}", " ", mended).split())


def _with_mended_countries(folded: str) -> str:
    """The text with "tysklan" as "tyskland": only after a preposition, and never a common word."""
    return _AFTER_PREPOSITION.sub(lambda found: f"{found[1]}{_mended_country(found[2])}", folded)


@cache
def _mended_country(word: str) -> str:
    names = _plain_country_codes()
    if len(word) < _SHORTEST_MENDED_COUNTRY or unaccented(word) in names or is_common(word):
        return word
    return near_name(unaccented(word), tuple(names)) or word


def country_name(code: str, language: Language) -> str:
    """The country's name in the language; the text itself where it is not a code."""
    return str(Locale(language.value).territories.get(code, code))

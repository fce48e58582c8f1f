"""What a message says about an experience besides its name: how long, where, on what terms."""

import re
from functools import cache

from babel import Locale

from assistant.domain.language import Language
from assistant.domain.profile import ExperienceKind
from assistant.retrieval.text import fold, unaccented, words

_NUMBER_WORDS = {
    "ett": 1, "en": 1, "två": 2, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "atta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "femton": 15, "tjugo": 20, "trettio": 30,
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "half a": 0.5, "ett halvt": 0.5, "halv": 0.5,
}  # fmt: skip
_NUMBER = (
    rf"(?P<number>\d+(?:[.,]\d+)?|{'|'.join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True))})"
)
_HALF = r"(?P<half>\s*(?:och|and)\s+(?:ett\s+)?(?:a\s+)?hal[fv]t?)?"
_UNIT = r"(?P<unit>år|ar|års|years?|yrs?|yr|månader|månad|manader|months?|mån)"
_DURATION = re.compile(rf"\b{_NUMBER}{_HALF}\s*\+?\s*{_UNIT}\b")
_MONTH_UNITS = ("mån", "man", "mon")
_SPAN = re.compile(r"\b(?P<from>(?:19|20)\d\d)\s*(?:-|–|to|till|until|och|and)\s*(?P<to>(?:19|20)\d\d)\b")
_LONGEST_YEARS = 70

_KIND_CUES: tuple[tuple[ExperienceKind, re.Pattern[str]], ...] = (
    (
        ExperienceKind.FAMILY,
        re.compile(
            r"\b(hemma|hemmafru|hemmaman|mina barn|våra barn|min mamma|min mor|min far|min pappa"
            r"|min familj|familjen|syskon|föräldrar|at home|my (own )?(children|kids|mother|father"
            r"|mom|mum|dad|parents|family|siblings|grandmother|grandfather)|stayed home|housewife"
            r"|the household|hushåll\w*|raised)\b"
        ),
    ),
    (
        ExperienceKind.OWN_BUSINESS,
        re.compile(
            r"\b(eget företag|egen firma|egen (liten )?(affär|butik|restaurang|verkstad|salong|företag)"
            r"|hade (en|ett) (egen|eget)|egenföretagare|own (small )?(business|shop|company|restaurant"
            r"|firm|store|salon|workshop)|self[- ]employed|freelanc\w*|frilans\w*)\b"
        ),
    ),
    (
        ExperienceKind.UNPAID,
        re.compile(
            r"\b(volont\w*|ideell\w*|frivillig\w*|utan lön|obetal\w*|praktik\w*|volunteer\w*|unpaid"
            r"|without pay|intern|internship)\b"
        ),
    ),
)


def years_said(text: str) -> float | None:
    """Years named in a text ("sju år", "7 years", "18 months", "2010-2017").

    Returns:
        Years, at most 70; months as parts of a year; None when nothing is said.
    """
    folded = fold(text)
    if span := _SPAN.search(folded):
        length = int(span["to"]) - int(span["from"])
        return float(length) if 0 <= length <= _LONGEST_YEARS else None
    found = _DURATION.search(folded)
    if found is None:
        return None
    number = _number(found["number"]) + (0.5 if found["half"] else 0)
    years = number / 12 if found["unit"].startswith(_MONTH_UNITS) else number
    return round(years, 2) if 0 < years <= _LONGEST_YEARS else None


def bare_number(text: str) -> float | None:
    """A number that stands alone in an answer to "how many years?", such as "7" or "sju"."""
    found = re.search(rf"\b{_NUMBER}\b", fold(text))
    if found is None or (found["number"] in ("a", "en", "ett") and len(words(text)) > 1):
        return None
    number = _number(found["number"])
    return number if 0 < number <= _LONGEST_YEARS else None


def without_durations(text: str) -> str:
    """The text with its durations and year spans taken out, so that they cannot mislead a search."""
    cleaned = re.sub(_SPAN.pattern, " ", text, flags=re.IGNORECASE)
    cleaned = re.sub(
        rf"\b(?:i|for|during|under|about|cirka|ungefär)?\s*{_DURATION.pattern[2:]}",
        " ",
        cleaned,
        flags=re.IGNORECASE,
    )
    return " ".join(cleaned.split())


def _number(text: str) -> float:
    return _NUMBER_WORDS[text] if text in _NUMBER_WORDS else float(text.replace(",", "."))


def kind_said(text: str) -> ExperienceKind:
    """On what terms the work was done; paid work unless the text says otherwise."""
    folded = fold(text)
    return next((kind for kind, cue in _KIND_CUES if cue.search(folded)), ExperienceKind.PAID)


# Names that people use and the standard's lists lack.
_COUNTRY_ALIASES = {
    "usa": "US", "england": "GB", "storbritannien": "GB", "uk": "GB", "great britain": "GB",
    "burma": "MM", "kongo": "CD", "congo": "CD", "ivory coast": "CI", "elfenbenskusten": "CI",
    "palestina": "PS", "palestine": "PS", "vitryssland": "BY",
    "turkey": "TR", "czech republic": "CZ", "tjeckoslovakien": "CZ", "holland": "NL",
    "korea": "KR", "macedonia": "MK", "makedonien": "MK", "bosnien": "BA", "bosnia": "BA", "syria": "SY",
}  # fmt: skip


@cache
def _country_codes() -> dict[str, str]:
    codes = {fold(alias): code for alias, code in _COUNTRY_ALIASES.items()}
    for language in Language:
        for code, name in Locale(language.value).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "EZ", "QO"):
                codes[fold(name)] = code
    return codes


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
    """The first country named, as an ISO 3166 code of two letters; empty when none is.

    Diacritics may be missing. Data: Unicode CLDR through Babel.
    """
    found = _country_pattern().search(fold(text))
    return _plain_country_codes()[unaccented(found["name"])] if found else ""


def without_countries(text: str) -> str:
    """The text, folded, without "in Syria" and the like, which say nothing of the work."""
    name = _country_pattern().pattern
    return " ".join(re.sub(rf"(?:\b(?:in|i|from|från)\s+)?{name}", " ", fold(text)).split())


def country_name(code: str, language: Language) -> str:
    """The country's name in the language; the text itself where it is not a code."""
    return str(Locale(language.value).territories.get(code, code))


@cache
def _language_codes() -> dict[str, str]:
    codes = {
        "dari": "fa_AF",
        "farsi": "fa",
        "sorani": "ckb",
        "kurmanji": "kmr",
        "kurmanci": "kmr",
        "filipino": "fil",
    }
    for language in Language:
        for code, name in Locale(language.value).languages.items():
            if len(code) in (2, 3):
                codes.setdefault(fold(name), code)
    return codes


def languages_said(text: str) -> tuple[tuple[str, str], ...]:
    """The languages named in a text, each with the words that follow it (its level).

    Returns:
        Pairs of language code and the rest of its clause, in the order said.
    """
    found: list[tuple[str, str]] = []
    for clause in re.split(r"[,;.\n]|\b(?:och|and|o|men|but|samt|plus)\b", fold(text)):
        tokens = words(clause)
        codes = [
            (i, _language_codes()[token]) for i, token in enumerate(tokens) if token in _language_codes()
        ]
        for i, code in codes:
            if code not in [known for known, _ in found]:
                rest = [t for j, t in enumerate(tokens) if j != i and t not in _language_codes()]
                found.append((code, " ".join(rest)))
    return tuple(found)


def language_name(code: str, language: Language) -> str:
    """The language's name in the language; the text itself where it is not a code."""
    return str(Locale(language.value).languages.get(code, code))


_LICENCE = re.compile(r"\b(AM|A1|A2|A|BE|B96|B|C1E|C1|CE|C|D1E|D1|DE|D)\b")
_TIED_TO_LICENCE = re.compile(r"\b(be|b|ce|c|de|d|am)\b(?=[- ]?(?:k[öo]rkort|kort|licen[cs]e|beh))")
_LICENCE_CUE = re.compile(
    r"k[öo]rkort|licen[cs]e|licens|\btruckkort|\bb-kort|\bc-kort|driv(?:e|ing)", re.IGNORECASE
)


def licences_said(text: str, *, asked: bool) -> tuple[str, ...]:
    """Driving licence classes named in a text, upper case.

    Args:
        text: The message.
        asked: The person was asked about licences, so a letter alone is one.
    """
    if not asked and not _LICENCE_CUE.search(text):
        return ()
    # "a" and "i" are words; only capitals, or letters tied to a licence word, are classes.
    shown = re.sub(
        r"\b(be|b|ce|c|de|d|am)\b(?=[- ]?(?:k[öo]rkort|kort|licen[cs]e|beh))", lambda m: m[0].upper(), text
    )
    if asked and len(words(text)) <= 4:
        shown = shown.upper()
    found = [m[1] for m in _LICENCE.finditer(shown) if m[1] != "A" or asked or "A-" in shown]
    return tuple(dict.fromkeys(found))

"""Driving licences that a text names."""

import re

from assistant.retrieval.mentions.languages import languages_said
from assistant.retrieval.text import words

_LEVEL_LETTER = re.compile(r"\b[ABC][12]\b|\bSFI\s+[A-D]\b", re.IGNORECASE)


def _without_language_levels(text: str) -> str:
    """The text without "Swedish A2" and "SFI C", where the letters are no licence classes."""
    clauses = re.split(r"([,;.\n]|\b(?:och|and|o|men|but)\b)", text)
    return "".join(
        "" if languages_said(clause) and not _LICENCE_CUE.search(clause) else _LEVEL_LETTER.sub(" ", clause)
        for clause in clauses
    )


_LICENCE = re.compile(r"\b(AM|A1|A2|A|BE|B96|B|C1E|C1|CE|C|D1E|D1|DE|D)\b")
_TIED_TO_LICENCE = re.compile(r"\b(be|b|ce|c|de|d|am)\b(?=[- ]?(?:k[öo]rkort|kort|licen[cs]e|beh))")
_ARTICLE = re.compile(r"\b(?:have|got|had)\s+a\b|\ba\s+(?=(?!och\b|and\b)[^\W\d_]{3})", re.IGNORECASE)
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
    text = _without_language_levels(text)
    # "a" and "i" are words; only capitals, or letters tied to a licence word, are classes.
    shown = _TIED_TO_LICENCE.sub(lambda found: found[0].upper(), _ARTICLE.sub(" ", text))
    if asked and len(words(text)) <= 4:
        shown = shown.upper()
    found = [m[1] for m in _LICENCE.finditer(shown) if m[1] != "A" or asked or "A-" in shown]
    if len(set(found)) > 1 and not re.search(r"\bA\b", text):
        # The article: "a B licence".
        found = [licence for licence in found if licence != "A"]
    return tuple(dict.fromkeys(found))

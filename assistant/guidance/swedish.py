"""How well a person knows Swedish, in the steps that rules and courses speak of."""

import re

from assistant.domain.language import Cefr
from assistant.domain.profile import Profile
from assistant.retrieval.text import fold

_SWEDISH = re.compile(r"svenska|swedish|sv")
# What somebody has reached who has finished a course; who is in the middle of it has the one before.
# Skolverket's syllabuses place the courses of SFI and the subject after it on the scale.
_COURSES = (
    (re.compile(r"\b(?:sfi|kurs|course)\W*a\b"), Cefr.A1),
    (re.compile(r"\b(?:sfi|kurs|course)\W*b\b"), Cefr.A1),
    (re.compile(r"\b(?:sfi|kurs|course)\W*c\b"), Cefr.A2),
    (re.compile(r"\b(?:sfi|kurs|course)\W*d\b"), Cefr.B1),
    (re.compile(r"(?:sva|andraspråk|second language|svenska|swedish)\W*1\b"), Cefr.B2),
    (re.compile(r"(?:sva|andraspråk|second language|svenska|swedish)\W*2\b"), Cefr.B2),
    (re.compile(r"(?:sva|andraspråk|second language|svenska|swedish)\W*3\b|\btisus\b"), Cefr.C1),
    (re.compile(r"\b(?:sva|sas)\b.*grund|grund\w*.*\b(?:sva|sas)\b"), Cefr.B1),
    (re.compile(r"\bsfi\b"), Cefr.A2),
)
_STILL_STUDIES = re.compile(
    r"\b(?:läser|går|pluggar|studerar|studying|study|taking|learning|håller på|now|nu|just)\b"
)
_NAMED = re.compile(r"\b([abc][12])\b")
# Looked for in this order: "mycket bra" before "bra", "inte bra" before both.
_WORDS = (
    (re.compile(r"\binget\b|\bingen\b|\binga\b|\bnone\b|not at all|inte alls|\bnoll\b|\bzero\b"), Cefr.NONE),
    (re.compile(r"\binte\b|\bnot\b|dålig|\bbad\b|\bpoor|\bsvag|\bweak"), Cefr.A1),
    (re.compile(r"modersmål|mother tongue|native|förstaspråk|first language|tvåspråkig|bilingual"), Cefr.C2),
    (
        re.compile(r"flytande|fluent|perfek|mycket (?:goda?|bra)|very (?:good|well)|excellent|obehindrat"),
        Cefr.C1,
    ),
    (re.compile(r"avancera|advanced|proficient|full professional|utmärkt"), Cefr.C1),
    (re.compile(r"medel|intermediate|conversational|hyfsa|(?:ganska|rätt|fairly|quite|pretty) "), Cefr.B1),
    (re.compile(r"nybörjar|beginner|några ord|few words"), Cefr.A1),
    (
        re.compile(r"grund|basic|\blite\b|\blitet\b|\bsome\b|\bbit\b|little|elementary|begränsa|limited"),
        Cefr.A2,
    ),
    (re.compile(r"\bgoda?\b|\bgott\b|\bbra\b|\bgood\b|\bwell\b|upper"), Cefr.B2),
)


def swedish_level(profile: Profile) -> Cefr | None:
    """How well a person says that they know Swedish.

    A level by its name is taken as it is ("B1"), a course for what it ends in ("SFI D"), and words for
    the least that people mean by them ("lite", "fluent"). What is told beats what would follow from
    anything else: nothing is concluded from where somebody has worked or gone to school.

    Returns:
        None when they have not said, or not in words that can be placed.
    """
    said = (spoken.level for spoken in profile.languages if _SWEDISH.fullmatch(fold(spoken.name)))
    return next((level for words in said if (level := level_said(words)) is not None), None)


def level_said(words: str) -> Cefr | None:
    """The level that words or the name of a course stand for; None when they do not tell."""
    folded = fold(words)
    if named := _NAMED.search(folded):
        return Cefr(named[1].upper())
    for pattern, level in _COURSES:
        if pattern.search(folded):
            return level.before if _STILL_STUDIES.search(folded) else level
    return next((level for pattern, level in _WORDS if pattern.search(folded)), None)

"""Which educations and steps are about what is missing, by their titles. Pure functions."""

import re

from assistant.domain.path import Gap, GapKind
from assistant.retrieval.text import fold, words

# What a class of driving licence is taught under, and what the titles of such courses have in them.
_LICENCES = {
    "B": (("körkort B",), r"körkort\w*\W+(?:klass\W+)?b\b|\bb-(?:körkort|behörighet)"),
    "C": (
        ("C-behörighet", "yrkesförare"),
        r"\bc-(?:körkort|behörighet)|körkort\w*\W+(?:klass\W+)?c\b"
        r"|(?:yrkesförare|lastbilsförare)(?!.*(?:behörighet|buss|adr|kompetens|kran))",
    ),
    "CE": (("CE-behörighet",), r"\bce-(?:körkort|behörighet)|körkort\w*\W+(?:klass\W+)?ce\b"),
    "D": (
        ("D-behörighet", "bussförare"),
        r"\bd-(?:körkort|behörighet)|körkort\w*\W+(?:klass\W+)?d\b|bussförare(?!.*kompetens)",
    ),
}
# Courses for those who have the licence or paper already.
_REFRESHER = re.compile(r"fortbildning|repetition|tank\b")
# Short names, which titles have too: YKB, ADR.
_SHORT_NAME = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")
_SHARED_BEGINNING = 5
# Beginnings of words that many labels have, and that say nothing of a subject.
_COMMON_BEGINNINGS = (
    "yrkes",
    "utbild",
    "erfaren",
    "kunskap",
    "certif",
    "intyg",
    "bevis",
    "arbete",
    "grund",
    "svensk",
)


def closes(gap: Gap, title: str) -> bool:
    """Whether an education of this title is about what is missing, and no refresher for those who have it."""
    folded = fold(title)
    if _REFRESHER.search(folded):
        return False
    if gap.kind is GapKind.DRIVING_LICENCE:
        _, pattern = _LICENCES.get(gap.licence, ((), rf"\b{re.escape(gap.licence.lower())}-behörighet"))
        return re.search(pattern, folded) is not None
    label = gap.skill.preferred_label.sv if gap.skill else ""
    short = _SHORT_NAME.findall(label)
    if any(fold(name) in words(folded) for name in short):
        return True
    return any(_begin_alike(word, other) for word in _subject(label) for other in words(folded))


def queries(gap: Gap) -> tuple[str, ...]:
    """The words by which education for a gap is found."""
    if gap.kind is GapKind.DRIVING_LICENCE:
        return _LICENCES.get(gap.licence, ((f"{gap.licence}-behörighet",), ""))[0]
    label = gap.skill.preferred_label.sv if gap.skill else ""
    return tuple(dict.fromkeys((*_SHORT_NAME.findall(label), *_subject(label)[:1])))


def _subject(label: str) -> list[str]:
    """The words of a label that name a subject: "Yrkeskompetensbevis för förare (YKB)" has one."""
    head = re.split(r"[,(/]", label)[0]
    return [word for word in words(head) if len(word) >= _SHARED_BEGINNING]


def _begin_alike(word: str, other: str) -> bool:
    """Whether two words are about one thing: "truckförarbevis" and "truckutbildning" are."""
    shared = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        shared += 1
    says_nothing = any(
        len(common) >= shared and common.startswith(word[:shared]) for common in _COMMON_BEGINNINGS
    )
    return shared >= _SHARED_BEGINNING and not says_nothing

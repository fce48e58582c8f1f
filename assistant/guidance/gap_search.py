"""Educations for what is missing on a path: for the occupation, or for one licence, paper or skill."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.concept import OccupationGroup
from assistant.domain.path import Gap, GapKind
from assistant.domain.plan import Conditions
from assistant.guidance.education_search import EducationSearch
from assistant.guidance.educations import OfferedEducation, chosen
from assistant.guidance.plan.fitting import sorted_out
from assistant.guidance.plan.steps import Found
from assistant.guidance.reach import Reached
from assistant.retrieval.text import fold, words

_MOST_RANKED = 40
_ELSEWHERE = 3
# A course whose length is not said stands between a short one and a long one.
_UNKNOWN_MONTHS = 6.0
# What a class of driving licence is taught under, and what the titles of such courses have in them.
_LICENCES = {
    "B": (("körkort B",), r"körkort\w*\W+(?:\w+\W+)?b\b|\bb-(?:körkort|behörighet)"),
    "C": (
        ("C-behörighet", "yrkesförare"),
        r"\bc-(?:körkort|behörighet)|körkort\w*\W+(?:\w+\W+)?c\b|yrkesförare lastbil",
    ),
    "CE": (("CE-behörighet", "yrkesförare"), r"\bce-(?:körkort|behörighet)|körkort\w*\W+(?:\w+\W+)?ce\b"),
    "D": (
        ("D-behörighet", "bussförare"),
        r"\bd-(?:körkort|behörighet)|körkort\w*\W+(?:\w+\W+)?d\b|bussförare",
    ),
}
# Courses for those who have the licence or paper already.
_REFRESHER = re.compile(r"fortbildning|repetition|tank\b")
_IN_BRACKETS = re.compile(r"\((\w{2,6})\)")
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


@dataclass(frozen=True, slots=True)
class FoundForGaps:
    """Educations by the gap that they close, and the sources that were asked."""

    found: dict[Gap, Found]
    asked: tuple[Reached[Any], ...]


async def search_for_gaps(
    search: EducationSearch, group: OccupationGroup, gaps: Sequence[Gap], conditions: Conditions
) -> FoundForGaps:
    """Look for educations for each gap at once.

    Args:
        search: Where to look.
        group: The occupation that the gaps are on the way to.
        gaps: Those that an education can close.
        conditions: What the educations must fit; those that do not are kept apart.
    """
    rounds = await asyncio.gather(*(_for_gap(search, group, gap) for gap in gaps))
    is_asked = search.clients is not None
    found = {
        gap: sorted_out(ranked, conditions, search.where.place, is_asked=is_asked)
        for gap, (ranked, _) in zip(gaps, rounds, strict=True)
    }
    return FoundForGaps(found, tuple(reached for _, asked in rounds for reached in asked))


async def _for_gap(
    search: EducationSearch, group: OccupationGroup, gap: Gap
) -> tuple[list[OfferedEducation], list[Reached[Any]]]:
    if gap.kind is GapKind.EDUCATION:
        offers = await search.find(group, "")
        ranked, _ = chosen(offers.educations, search.where, search.today, limit=_MOST_RANKED)
        return list(ranked), list(offers.asked)
    rounds = await asyncio.gather(*(search.by_words(query) for query in _queries(gap)))
    fitting = [e for offers in rounds for e in offers.educations if closes(gap, e.title)]
    ranked, _ = chosen(fitting, search.where, search.today, limit=_MOST_RANKED)
    return _short_first(ranked, search), [reached for offers in rounds for reached in offers.asked]


def closes(gap: Gap, title: str) -> bool:
    """Whether an education of this title is about what is missing, and no refresher for those who have it."""
    folded = fold(title)
    if _REFRESHER.search(folded):
        return False
    if gap.kind is GapKind.DRIVING_LICENCE:
        _, pattern = _LICENCES.get(gap.licence, ((), rf"\b{re.escape(gap.licence.lower())}-behörighet"))
        return re.search(pattern, folded) is not None
    label = gap.skill.preferred_label.sv if gap.skill else ""
    short = _IN_BRACKETS.findall(label)
    if any(fold(name) in words(folded) for name in short):
        return True
    return any(_begin_alike(word, other) for word in _subject(label) for other in words(folded))


def _queries(gap: Gap) -> tuple[str, ...]:
    """The words by which education for a gap is found."""
    if gap.kind is GapKind.DRIVING_LICENCE:
        return _LICENCES.get(gap.licence, ((f"{gap.licence}-behörighet",), ""))[0]
    label = gap.skill.preferred_label.sv if gap.skill else ""
    return tuple(dict.fromkeys((*_IN_BRACKETS.findall(label), *_subject(label)[:1])))


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


def _short_first(ranked: Iterable[OfferedEducation], search: EducationSearch) -> list[OfferedEducation]:
    """Short courses before long programmes, among those that one can get to."""
    place = search.where.place
    return sorted(
        ranked,
        key=lambda e: (e.nearness(place) >= _ELSEWHERE, e.months or _UNKNOWN_MONTHS, e.nearness(place)),
    )

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
from assistant.guidance.study_forms import study_form, usual_form
from assistant.retrieval.text import fold, words

_MOST_RANKED = 40
# What an education to the occupation gives too, or all of.
_BY_GROUP = frozenset(GapKind) - {GapKind.AUTHORITY, GapKind.SWEDISH}
_ELSEWHERE = 3
# A course whose length is not said stands between a short one and a long one.
_UNKNOWN_MONTHS = 6.0
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
    of_group = await search.find(group, "") if any(gap.kind in _BY_GROUP for gap in gaps) else None
    educations = of_group.educations if of_group else ()
    rounds = await asyncio.gather(*(_for_gap(search, group, gap, educations) for gap in gaps))
    is_asked = search.clients is not None
    found = {
        gap: sorted_out(ranked, conditions, search.where.place, is_asked=is_asked)
        for gap, (ranked, _) in zip(gaps, rounds, strict=True)
    }
    asked = [*(of_group.asked if of_group else ()), *(reached for _, asked in rounds for reached in asked)]
    return FoundForGaps(found, tuple(asked))


async def _for_gap(
    search: EducationSearch, group: OccupationGroup, gap: Gap, of_group: Sequence[OfferedEducation]
) -> tuple[list[OfferedEducation], list[Reached[Any]]]:
    """Educations for one gap, best first: for a licence, a paper or a skill those that name it come first."""
    if gap.kind is GapKind.EDUCATION:
        ranked, _ = chosen(of_group, search.where, search.today, limit=_MOST_RANKED)
        return _of_its_level(ranked, gap, group, search), []
    rounds = await asyncio.gather(*(search.by_words(query) for query in _queries(gap)))
    every = [*of_group, *(education for offers in rounds for education in offers.educations)]
    naming = [education for education in every if closes(gap, education.title)]
    asked = [reached for offers in rounds for reached in offers.asked]
    ranked, _ = chosen(naming, search.where, search.today, limit=_MOST_RANKED)
    if gap.kind is not GapKind.SKILL or any(e.nearness(search.where.place) < _ELSEWHERE for e in ranked):
        return _short_first(ranked, search), asked
    # What teaches the occupation teaches what it asks for.
    others, _ = chosen(of_group, search.where, search.today, limit=_MOST_RANKED)
    return _short_first((*ranked, *(e for e in others if e not in ranked)), search), asked


def _of_its_level(
    ranked: Iterable[OfferedEducation], gap: Gap, group: OccupationGroup, search: EducationSearch
) -> list[OfferedEducation]:
    """Those in the form that gives the level first; the others not at all where a law asks for it."""
    usual = usual_form(gap.level or group.education.level)
    place = search.where.place
    of_form = [(study_form(education.form) is not usual, education) for education in ranked]
    if group.regulation and usual is not study_form("VUXGY"):
        of_form = [(is_other, education) for is_other, education in of_form if not is_other]
    of_form.sort(key=lambda pair: (pair[1].nearness(place) >= _ELSEWHERE, pair[0]))
    return [education for _, education in of_form]


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

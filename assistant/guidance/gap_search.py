"""Educations for what is missing on a path: for the occupation, or for one licence, paper or skill."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.concept import OccupationGroup
from assistant.domain.path import Gap, GapKind
from assistant.domain.plan import Conditions
from assistant.guidance.education_search import EducationSearch
from assistant.guidance.educations import ELSEWHERE, OfferedEducation, chosen
from assistant.guidance.plan.closing import closes, queries
from assistant.guidance.plan.fitting import sorted_out
from assistant.guidance.plan.steps import Found
from assistant.guidance.reach import Reached
from assistant.guidance.study_forms import study_form, usual_form

_MOST_RANKED = 40
# What an education to the occupation gives too, or all of.
_BY_GROUP = frozenset(GapKind) - {GapKind.AUTHORITY, GapKind.SWEDISH}
# A course whose length is not said stands between a short one and a long one.
_UNKNOWN_MONTHS = 6.0


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
    rounds = await asyncio.gather(*(search.by_words(query) for query in queries(gap)))
    every = [*of_group, *(education for offers in rounds for education in offers.educations)]
    naming = [education for education in every if closes(gap, education.title)]
    asked = [reached for offers in rounds for reached in offers.asked]
    ranked, _ = chosen(naming, search.where, search.today, limit=_MOST_RANKED)
    if gap.kind is not GapKind.SKILL or any(e.nearness(search.where.place) < ELSEWHERE for e in ranked):
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
    of_form.sort(key=lambda pair: (pair[1].nearness(place) >= ELSEWHERE, pair[0]))
    return [education for _, education in of_form]


def _short_first(ranked: Iterable[OfferedEducation], search: EducationSearch) -> list[OfferedEducation]:
    """Short courses before long programmes, among those that one can get to."""
    place = search.where.place
    return sorted(
        ranked,
        key=lambda e: (e.nearness(place) >= ELSEWHERE, e.months or _UNKNOWN_MONTHS, e.nearness(place)),
    )

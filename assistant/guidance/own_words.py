"""From a person's own words on wishes and studies to occupation groups, for the ranking.

Who the person is must not reach the ranking, so what they say of that is taken out first.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.profile import Education, Profile, WishKind
from assistant.guidance.match_input import MatchInput, match_input
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.mentions.status import Status

# A wish may be vague, and what it only faintly resembles is none; a subject ("history") is named outright.
_WISH_SCORE = 0.25
_SUBJECT_SCORE = 0.4
_WISHES = 6
# What one phrase may mean.
_OF_PHRASE = 3
_ABOUT_ONESELF = re.compile(
    r"(?:\b(?:jag heter|mitt namn är|my name is|i am called)\s+[\w'-]+(?:\s+[A-ZÅÄÖ][\w'-]*)*"
    r"|\b(?:jag är|i am|i'm)\s+(?:en|ett|a|an)?\s*"
    r"(?:kvinna|man|tjej|kille|flicka|pojke|woman|girl|boy|guy|lady|female|male)\b)[.,;!]?",
    re.IGNORECASE,
)


def input_from_words(
    linker: Linker,
    profile: Profile,
    wish: str = "",
    *,
    wanted: frozenset[Feature] = frozenset(),
    without: frozenset[str] = frozenset(),
) -> MatchInput:
    """What ranking may know, the words of wishes and studies read. Blocking: about 20 ms a clause.

    Args:
        linker: Links the words.
        profile: As confirmed by the person.
        wish: What they say they want; empty for the words among the profile's wishes.
        wanted: What work should be like.
        without: Concept ids of groups that the person has turned down.
    """
    kinds = frozenset(WishKind)
    wishes = (wish,) if wish.strip() else tuple(w for w in profile.wishes if w not in kinds)
    return match_input(
        profile,
        wished_groups(linker, wishes),
        studied_ids=studied_groups(linker, profile.education),
        wanted=wanted,
        without=without,
    )


def wished_groups(linker: Linker, wishes: Iterable[str]) -> tuple[str, ...]:
    """Concept ids of the groups that wishes name, at most six: the best of each phrase, then the second.

    What a wish denies ("not as a cook") and what it says of others is left out.
    """
    named = []
    for wish in wishes:
        told = linker.told(_without_oneself(wish))
        wished = [mention for mention in told if mention.status is Status.WISHED]
        # "Bus driver" alone, as an answer to what one wants, reads like work done.
        named += wished or [mention for mention in told if mention.status is Status.DONE]
    return _best_first([mention.concepts for mention in named], _WISH_SCORE)[:_WISHES]


def studied_groups(linker: Linker, education: Iterable[Education]) -> tuple[str, ...]:
    """Concept ids of the groups that the subjects of education prepare for, best first."""
    subjects = (
        _without_oneself(each.field)
        for each in education
        if each.level is not None and each.level.order >= EducationLevel.UPPER_SECONDARY.order
    )
    found = [linker.occupations(subject, top_k=_OF_PHRASE) for subject in subjects if subject]
    return _best_first(found, _SUBJECT_SCORE)


def _best_first(phrases: Sequence[Sequence[LinkedConcept]], least: float) -> tuple[str, ...]:
    likely = [[c.concept_id for c in found[:_OF_PHRASE] if c.score >= least] for found in phrases]
    by_place = zip_longest(*likely)
    return tuple(dict.fromkeys(group_id for place in by_place for group_id in place if group_id))


def _without_oneself(text: str) -> str:
    return _ABOUT_ONESELF.sub(" ", text).strip()

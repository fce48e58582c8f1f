"""Finds the experiences that a whole message tells of."""

import re
from dataclasses import dataclass, replace

from assistant.domain.profile import ExperienceKind
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.mentions.details import (
    country_said,
    kind_said,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.mentions.signs import (
    ABOUT_WISHING,
    CARES,
    CONJUNCTIONS,
    DENIED,
    ENDS_AT_A_PLACE,
    NEXT,
    PLAIN_KIN,
    SAID_AGAIN,
    SAID_AS_MORE,
    SOMEBODY_ELSE,
    STARTS_WITH_VERB,
    STOPS,
    TELLS_OF_NO_WORK,
    TOLD_AS_A_JOB,
    WISHED,
    WORKED_AT,
)
from assistant.retrieval.text import FUNCTION_WORDS, content_words, words

# Longer messages are cut: the rest is for a later turn, and the person is told so.
LONGEST_MESSAGE = 2000
# Below this a clause names no work; noise such as "I am from Syria" stays under 0.2.
_NAMES_WORK = 0.30
# What follows "and" without a verb must name work clearly ("cook and cleaner"), or it belongs to
# what stands before it ("cleaned hotels and offices").
_NAMES_WORK_WITHOUT_VERB = 0.55
# Below this, work near the one just told is told as a part of it ("built houses, poured concrete").
_WORK_OF_ITS_OWN = 0.42
# Care in the family is told in words of its own; below this it is still worth asking about.
_NAMES_FAMILY_CARE = 0.15
_AROUND = " .,!?;\n"
_TOP_K = 5
_SAME_WORK_DEPTH = 3
_CLOSE_TO_BEST = 0.75


@dataclass(frozen=True, slots=True)
class Mention:
    """An experience that a message tells of.

    Attributes:
        quote: The person's own words, `message[start:end]`.
        start: Position of the quote in the message.
        end: Position after it.
        concepts: Occupation groups that fit, best first; never empty.
        years: As said, None when not.
        country: ISO 3166 code, empty when not said.
        kind: On what terms the work was done.
    """

    quote: str
    start: int
    end: int
    concepts: tuple[LinkedConcept, ...]
    years: float | None
    country: str
    kind: ExperienceKind


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    after_conjunction: bool


def find_mentions(linker: Linker, message: str) -> tuple[Mention, ...]:
    """Find all work that a message says the person has done, in the order told.

    What is wished for, denied, or told of somebody else is left out. Blocking: about 20 ms a clause.

    Args:
        linker: Links each clause.
        message: In Swedish, English or both; cut at 2,000 characters.
    """
    message = message[:LONGEST_MESSAGE]
    mentions: list[Mention] = []
    loose: list[_Clause] = []
    for clause in _clauses(message):
        text = message[clause.start : clause.end]
        if _is_not_own_past(text):
            continue
        concepts = _work_named(linker, text, enough=_enough(message, clause))
        if not concepts:
            loose.append(clause)
            if mentions:
                mentions[-1] = _with_details(mentions[-1], text)
            continue
        mention = _mention(message, clause, concepts)
        if mentions and SAID_AGAIN.match(text):
            mentions[-1] = _lengthened(message, _with_details(mentions[-1], text), mention)
        elif mentions and _is_part_of_home(message, mentions[-1], mention):
            mentions[-1] = _lengthened(message, mentions[-1], mention)
        elif mentions and _same_work(linker, mentions[-1], mention):
            mentions[-1] = _joined(linker, message, mentions[-1], mention)
        else:
            mentions.append(mention)
    return _with_loose_details(message, mentions, loose)


def _clauses(message: str) -> list[_Clause]:
    clauses: list[_Clause] = []
    for start, end in _between(STOPS, message, 0, len(message)):
        for i, (inner_start, inner_end) in enumerate(_between(CONJUNCTIONS, message, start, end)):
            if message[inner_start:inner_end].strip():
                clauses.append(_Clause(inner_start, inner_end, after_conjunction=i > 0))
    return clauses


def _between(separator: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, at = [], start
    for found in separator.finditer(text, start, end):
        spans.append((at, found.start()))
        at = found.end()
    return [*spans, (at, end)]


def _is_not_own_past(text: str) -> bool:
    return any(cue.search(text) for cue in (WISHED, DENIED, SOMEBODY_ELSE, TELLS_OF_NO_WORK))


def _enough(message: str, clause: _Clause) -> float:
    """The score from which a clause names work of its own."""
    text = message[clause.start : clause.end]
    if CARES.search(text) and kind_said(text) is ExperienceKind.FAMILY:
        return _NAMES_FAMILY_CARE
    is_whole = text.strip(_AROUND) == message.strip(_AROUND)
    is_short = len(content_words(text)) < 2 and not WORKED_AT.search(text)
    if is_short and not clause.after_conjunction and not is_whole:
        # "Wait, ..." is no waiter.
        return _NAMES_WORK_WITHOUT_VERB
    if not clause.after_conjunction or STARTS_WITH_VERB.search(text):
        return _NAMES_WORK
    if SAID_AS_MORE.search(message[: clause.start]):
        return _WORK_OF_ITS_OWN
    before = message[: clause.start].rsplit(None, 1)[0]
    # "A cook for 2 years and a driver for 5 years"; "houses and kitchens for 5 years" is one work.
    if years_said(text) is not None and years_said(before) is not None:
        return _NAMES_WORK
    if len(content_words(text)) < 2 and _ends_at_a_place(before):
        return 1.0
    return _NAMES_WORK_WITHOUT_VERB


def _ends_at_a_place(before: str) -> bool:
    """Whether "... hotels" of "cleaned in hotels and offices" says where, not what nor in which country."""
    return bool(ENDS_AT_A_PLACE.search(without_countries(before)) and not WORKED_AT.search(before))


def _work_named(linker: Linker, text: str, *, enough: float) -> tuple[LinkedConcept, ...]:
    # What is left of "7 years in Syria" names a place, not work.
    if all(word in FUNCTION_WORDS for word in words(without_countries(without_durations(text)))):
        return ()
    for kin, plain in PLAIN_KIN:
        text = kin.sub(plain, text)
    concepts = linker.occupations(text, top_k=_TOP_K)
    return concepts if concepts and concepts[0].score >= enough else ()


def _mention(message: str, clause: _Clause, concepts: tuple[LinkedConcept, ...]) -> Mention:
    text = message[clause.start : clause.end]
    start = clause.start + len(text) - len(text.lstrip())
    quote = text.strip()
    return Mention(
        quote, start, start + len(quote), concepts, years_said(quote), country_said(quote), kind_said(quote)
    )


def _is_part_of_home(message: str, first: Mention, second: Mention) -> bool:
    """Whether "cooked and cleaned" belongs to "at home with my children", told in the same breath."""
    told = message[first.end : second.end]
    return (
        first.kind is ExperienceKind.FAMILY
        and second.kind is ExperienceKind.PAID
        and second.years is None
        and not second.country
        and not any(cue.search(told) for cue in (TOLD_AS_A_JOB, NEXT))
    )


def _same_work(linker: Linker, first: Mention, second: Mention) -> bool:
    best, best_second = first.concepts[0], second.concepts[0]
    if second.years is not None and first.years is not None:
        return best.concept_id == best_second.concept_id
    if best_second.score < _WORK_OF_ITS_OWN and linker.are_near(best.concept_id, best_second.concept_id):
        return True
    return best_second.concept_id in _close(first.concepts) or best.concept_id in _close(second.concepts)


def _close(concepts: tuple[LinkedConcept, ...]) -> frozenset[str]:
    """The groups that fit a clause nearly as well as the best."""
    enough = _CLOSE_TO_BEST * concepts[0].score
    return frozenset(c.concept_id for c in concepts[:_SAME_WORK_DEPTH] if c.score >= enough)


def _joined(linker: Linker, message: str, first: Mention, second: Mention) -> Mention:
    quote = message[first.start : second.end]
    together = linker.occupations(quote, top_k=_TOP_K)
    best = max((first.concepts, second.concepts, together), key=lambda concepts: concepts[0].score)
    return Mention(
        quote,
        first.start,
        second.end,
        best,
        first.years if first.years is not None else second.years,
        first.country or second.country,
        first.kind if first.kind is not ExperienceKind.PAID else second.kind,
    )


def _lengthened(message: str, first: Mention, second: Mention) -> Mention:
    """The first mention with the words of the second too."""
    return replace(first, quote=message[first.start : second.end], end=second.end)


def _with_details(mention: Mention, text: str) -> Mention:
    return Mention(
        mention.quote,
        mention.start,
        mention.end,
        mention.concepts,
        mention.years if mention.years is not None else years_said(text),
        mention.country or country_said(text),
        mention.kind if mention.kind is not ExperienceKind.PAID else kind_said(text),
    )


def _with_loose_details(message: str, mentions: list[Mention], loose: list[_Clause]) -> tuple[Mention, ...]:
    """Give the first experience the years and country that were said before it."""
    if not mentions:
        return ()
    for clause in loose:
        if clause.end <= mentions[0].start:
            mentions[0] = _with_details(mentions[0], message[clause.start : clause.end])
    return tuple(mentions)


def wished_work(wish: str) -> str:
    """What a wish names, without "I want to" and "instead"; the wish itself when nothing is left."""
    named = " ".join(ABOUT_WISHING.sub(" ", wish).split())
    return named if words(named) else wish

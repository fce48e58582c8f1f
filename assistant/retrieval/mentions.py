"""Finds the experiences that a whole message tells of."""

import re
from dataclasses import dataclass

from assistant.domain.profile import ExperienceKind
from assistant.retrieval.details import (
    country_said,
    kind_said,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.text import content_words

# Longer messages are cut: the rest is for a later turn, and the person is told so.
LONGEST_MESSAGE = 2000
# Below this a clause names no work; noise such as "I am from Syria" stays under 0.2.
_NAMES_WORK = 0.30
# What follows "and" without a verb must name work clearly ("cook and cleaner"), or it belongs to
# what stands before it ("cleaned hotels and offices").
_NAMES_WORK_WITHOUT_VERB = 0.55
# Below this, work near the one just told is told as a part of it ("built houses, poured concrete").
_WORK_OF_ITS_OWN = 0.42
_TOP_K = 5
_SAME_WORK_DEPTH = 3

_STOPS = re.compile(r"[.!?;\n]+|,|\s[-–]\s")
_CONJUNCTIONS = re.compile(
    r"\b(?:och (?:sen|sedan|också|även)|och|o|samt|sedan|sen|därefter|men (?:också|även)|men"
    r"|and (?:also|then)|and|then|after that|but also|but|plus|also|också|även)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:vill (?:bli|jobba|arbeta|gärna|ha)|skulle vilja|drömmer|hoppas|söker (?:jobb|arbete)"
    r"|tänker bli|plan to|want to|wants to|would like|'d like|dream|hope to|looking for|wish)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:aldrig|inte (?:jobbat|arbetat|varit)|har ingen|never|not worked|haven't|have not|no experience"
    r"|didn't)\b",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:min|mina|my)\s+(?:far|pappa|mor|mamma|bror|syster|fru|man|make|son|dotter|farbror|kusin"
    r"|farfar|morfar|father|dad|mother|mom|mum|brother|sister|wife|husband|son|daughter|uncle|aunt|cousin|grandfather)\s+"
    r"(?:är|var|jobba\w*|arbeta\w*|is|was|works?|worked|used)\b",
    re.IGNORECASE,
)

_STARTS_WITH_VERB = re.compile(
    r"^\s*(?:jag|vi|i|we|har|hade|have|had|\w{2,}(?:ade|at|ed)|körde?|kört|sålde?|sålt|sydde?|sytt|var|varit|gjorde?"
    r"|gjort|byggt?|byggde|skrev|skötte?|lärde|höll|hjälp\w+|drove|sold|was|were|ran|taught|built|made|wrote|kept"
    r"|did|grew|sewed|took|tog|tagit|gav|gave|led|ledde|bakt|drev|drivit|födde|fött)\b",
    re.IGNORECASE,
)
_ENDS_AT_A_PLACE = re.compile(r"\b(?:på|i|hos|at|in|on|for|åt)\s+(?:\w+\s+)?\w+\s*$", re.IGNORECASE)


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
        if mentions and _same_work(linker, mentions[-1], mention):
            mentions[-1] = _joined(linker, message, mentions[-1], mention)
        else:
            mentions.append(mention)
    return _with_loose_details(message, mentions, loose)


def _clauses(message: str) -> list[_Clause]:
    clauses: list[_Clause] = []
    for start, end in _between(_STOPS, message, 0, len(message)):
        for i, (inner_start, inner_end) in enumerate(_between(_CONJUNCTIONS, message, start, end)):
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
    return any(cue.search(text) for cue in (_WISHED, _DENIED, _SOMEBODY_ELSE))


def _enough(message: str, clause: _Clause) -> float:
    """The score from which a clause names work of its own."""
    text = message[clause.start : clause.end]
    if not clause.after_conjunction or _STARTS_WITH_VERB.search(text) or years_said(text) is not None:
        return _NAMES_WORK
    before = message[: clause.start].rsplit(None, 1)[0]
    if len(content_words(text)) < 2 and _ENDS_AT_A_PLACE.search(before):
        return 1.0
    return _NAMES_WORK_WITHOUT_VERB


def _work_named(linker: Linker, text: str, *, enough: float) -> tuple[LinkedConcept, ...]:
    # What is left of "7 years in Syria" names a place, not work.
    if not content_words(without_countries(without_durations(text))):
        return ()
    concepts = linker.occupations(text, top_k=_TOP_K)
    return concepts if concepts and concepts[0].score >= enough else ()


def _mention(message: str, clause: _Clause, concepts: tuple[LinkedConcept, ...]) -> Mention:
    text = message[clause.start : clause.end]
    start = clause.start + len(text) - len(text.lstrip())
    quote = text.strip()
    return Mention(
        quote, start, start + len(quote), concepts, years_said(quote), country_said(quote), kind_said(quote)
    )


def _same_work(linker: Linker, first: Mention, second: Mention) -> bool:
    best, best_second = first.concepts[0], second.concepts[0]
    if second.years is not None and first.years is not None:
        return best.concept_id == best_second.concept_id
    if best_second.score < _WORK_OF_ITS_OWN and linker.are_near(best.concept_id, best_second.concept_id):
        return True
    near = {concept.concept_id for concept in first.concepts[:_SAME_WORK_DEPTH]}
    near_second = {concept.concept_id for concept in second.concepts[:_SAME_WORK_DEPTH]}
    return best_second.concept_id in near or best.concept_id in near_second


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

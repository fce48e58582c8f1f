"""Reads what is more than a message: a CV pasted into the chat, and work that only ESCO knows."""

import re
from collections.abc import Generator
from dataclasses import replace
from typing import Any

from assistant.agent.guide.facts import clauses_of, education_told
from assistant.agent.guide.memory import Candidate, candidate, listed_candidate
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Calls, Handling, Outcome, Results, Turn, one, settle
from assistant.agent.results import FoundEsco, FoundOccupations, ReadText
from assistant.domain.profile import Education, SpokenLanguage
from assistant.guidance.choosing import Sureness
from assistant.retrieval.cv.headings import Section
from assistant.retrieval.cv.languages import NATIVE
from assistant.retrieval.cv.lines import read_lines
from assistant.retrieval.cv.values import CvReading
from assistant.retrieval.mentions.details import (
    country_said,
    language_name,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.mentions.finder import Mention
from assistant.retrieval.text import alike, content_words, fold

SEND = "cv:send"
# As long as JobAd Enrichments is known to take.
_LONGEST_SENT = 10_000
_MOST_WORKS = 6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_SKILL_WORDS = 400
_MOST_WORDS_FOR_ESCO = 5
_LONGEST_LABEL = 60
_ABOUT_AS_WELL = 0.7


def told_in_long_text(turn: Turn) -> Handling:
    """Take up the work that a long text tells of, one at a time, and remember the skills that it names.

    It is read here. Whether Arbetsförmedlingen's service may read it too is for the person to say.
    """
    text = turn.message.long_text
    read = yield from one("read_long_text", text=text, language=turn.wording.language)
    if not isinstance(read, ReadText):
        return turn.outcome(turn.wording.say("cv.none"), aside=True)
    turn = _with_licences(_with_languages(_with_education(turn, read.cv), read.cv), read.cv)
    outcome = _taken_up(turn, read, text)
    if not read.is_live:
        return outcome
    offered = (*outcome.said, turn.wording.say("cv.offer"))
    memory = replace(outcome.memory, long_text=text[:_LONGEST_SENT])
    return replace(outcome, said=offered, memory=memory, choices=(turn.wording.choice(SEND),))


def sent_long_text(turn: Turn) -> Handling:
    """Let Arbetsförmedlingen's service read the text too, as the person has agreed."""
    text = turn.memory.long_text
    if not text:
        return turn.outcome(aside=True)
    read = yield from one("read_long_text", text=text, language=turn.wording.language, may_send=True)
    if not isinstance(read, ReadText):
        return turn.outcome(turn.wording.say("market.nothing"), aside=True)
    return _taken_up(turn, read, text)


def _taken_up(turn: Turn, read: ReadText, text: str) -> Outcome:
    """The works of a text that are new, waiting to be confirmed, and its skills remembered."""
    new = _works(turn, read, text)
    pending = (*turn.memory.pending, *new)
    texts = " ".join(statement.text for statement in read.statements)
    said = [f"{turn.wording.say('cv.read' if pending else 'cv.none')} {texts}".strip()]
    skills = " ".join(term.concept.preferred_label.sv for term in read.skills if term.concept)
    words = f"{skills} {turn.memory.read}"[:_MOST_SKILL_WORDS]
    if not pending:
        return turn.outcome(*said, aside=True, read=words)
    if len(new) > 1:
        said.append(turn.wording.say("several"))
    settled = settle(turn.memory, Question.EXPERIENCE, Question.MORE)
    return turn.outcome(*said, aside=not new, pending=pending, read=words, settled=settled)


def nearest_by_esco(turn: Turn) -> Generator[Calls, Results, Candidate | None]:
    """Groups for work that the index does not know but ESCO does, as a guess to confirm."""
    said = content_words(without_countries(without_durations(turn.message.text)))
    if not 1 <= len(said) <= _MOST_WORDS_FOR_ESCO:
        return None
    found = yield from one("search_esco", text=" ".join(said), language=turn.wording.language)
    if not isinstance(found, FoundEsco) or not found.occupations:
        return None
    best = found.occupations[0]
    if not any(alike(word, named) for word in said for named in content_words(best.label.text)):
        # ESCO finds something for any words, "all of them" too.
        return None
    ids = tuple(group.concept_id for group in found.groups)
    if not ids:
        label = best.labels.sv or best.label.text
        linked = yield from one("find_occupations", text=label[:_LONGEST_LABEL])
        ids = _about_as_near(linked) if isinstance(linked, FoundOccupations) else ()
    if not ids:
        return None
    told = turn.message.text
    return Candidate(told[:_LONGEST_LABEL], ids, years=years_said(told), country=country_said(told))


def _about_as_near(found: FoundOccupations) -> tuple[str, ...]:
    """The nearest group and those that fit about as well."""
    enough = _ABOUT_AS_WELL * max((concept.score for concept in found.nearest), default=0.0)
    return tuple(concept.concept_id for concept in found.nearest if concept.score >= enough)


def _with_education(turn: Turn, cv: CvReading) -> Turn:
    """The turn with the highest education of a CV, or of a text that tells."""
    if turn.profile.education:
        return turn
    listed = [Education(told.level, country=told.country) for told in cv.educations if told.level]
    told = education_told("\n".join(_told_of_studies(turn)), turn.cues)
    education = max(listed, key=_order, default=replace(told, field=""))
    if education.level is None:
        return turn
    return _noting(turn, Question.EDUCATION, education=(education,))


def _order(education: Education) -> int:
    return education.level.order if education.level else -1


def _with_languages(turn: Turn, cv: CvReading) -> Turn:
    if turn.profile.languages or not cv.languages:
        return turn
    language = turn.wording.language
    native = turn.wording.say("cv.native")
    spoken = tuple(
        SpokenLanguage(language_name(told.code, language), native if told.level == NATIVE else told.level)
        for told in cv.languages
    )
    return _noting(turn, Question.LANGUAGES, languages=spoken)


def _with_licences(turn: Turn, cv: CvReading) -> Turn:
    held = (licence.code for licence in cv.licences if licence.is_to_drive)
    return _noting(turn, licences=tuple(dict.fromkeys((*turn.profile.licences, *held))))


def _noting(turn: Turn, *settled: str, **told: Any) -> Turn:
    return replace(
        turn,
        profile=replace(turn.profile, **told),
        memory=replace(turn.memory, settled=settle(turn.memory, *settled)),
    )


def _told_of_studies(turn: Turn) -> list[str]:
    """The parts of a text without headings that tell of an education."""
    clauses = clauses_of(turn.message.long_text)
    return [clause for clause in clauses if turn.cues.fits("tells_education", fold(clause))]


def _works(turn: Turn, read: ReadText, text: str) -> tuple[Candidate, ...]:
    """The work in a text: experiences told with their circumstances first, then occupations only named."""
    known = {experience.concept_id for experience in turn.profile.experiences}
    known |= {concept_id for told in turn.memory.pending for concept_id in told.concept_ids[:1]}
    told, lines = _listed(read.cv) if read.cv.is_listed else _told(read, text)
    works: dict[str, Candidate] = {}
    for candidate_told in told:
        works.setdefault(candidate_told.concept_ids[0], candidate_told)
    quotes = [fold(work.quote) for work in works.values()]
    for term in read.occupations:
        # What a title says in part ("Undersköterska" of "Undersköterska på äldreboende") is that work.
        if any(fold(term.term) in quote for quote in quotes):
            continue
        if term.concept and term.is_exact and any(fold(term.term) in fold(line) for line in lines):
            ids = (term.concept.concept_id,)
            named = Candidate(term.term[:_LONGEST_LABEL], ids, sureness=Sureness.SURE)
            works.setdefault(term.concept.concept_id, named)
    return tuple(told for concept_id, told in works.items() if concept_id not in known)[:_MOST_WORKS]


def _listed(cv: CvReading) -> tuple[list[Candidate], list[str]]:
    """The experiences of a CV, and all lines about them."""
    told = [listed_candidate(experience) for experience in cv.experiences if experience.concepts]
    return told, [line for listed in cv.experiences for line in (listed.title, *listed.description)]


def _told(read: ReadText, text: str) -> tuple[list[Candidate], list[str]]:
    """The experiences of a text in which somebody tells, and all its lines that may be about them."""
    lines = [line.text for line in read_lines(text) if line.section is Section.TOP]
    return [candidate(mention) for mention in _of_own_lines(lines, read.mentions)], lines


def _of_own_lines(lines: list[str], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The first mention of each line; where lines carry years, those without tell more of the line above."""
    dated = [line for line in lines if _YEAR.search(line)]
    kept = []
    for line in dated or lines:
        # A quote may run on into the next line, where a line ends without a full stop.
        first = next((mention for mention in mentions if _first_line(mention.quote) in line), None)
        if first is not None:
            years = first.years if first.years is not None else years_said(line)
            # Each line stands for itself: a country elsewhere in the text is not where this was.
            here = replace(first, quote=_first_line(first.quote), years=years, country=country_said(line))
            kept.append(here)
    return tuple(kept)


def _first_line(quote: str) -> str:
    return quote.partition("\n")[0].strip(" ,;")

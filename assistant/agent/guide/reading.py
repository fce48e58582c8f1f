"""Reads what is more than a message: a CV pasted into the chat, and work that only ESCO knows."""

import re
from collections.abc import Generator
from dataclasses import replace

from assistant.agent.guide.facts import education_told
from assistant.agent.guide.memory import Candidate, candidate
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Calls, Handling, Results, Turn, one, settle
from assistant.agent.results import FoundEsco, FoundOccupations, ReadText
from assistant.retrieval.details import country_said, years_said
from assistant.retrieval.mentions import Mention
from assistant.retrieval.text import content_words, fold

_MOST_WORKS = 6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_SKILL_WORDS = 400
_MOST_WORDS_FOR_ESCO = 5
_LONGEST_LABEL = 60


def told_in_long_text(turn: Turn) -> Handling:
    """Take up the work that a long text tells of, one at a time, and remember the skills that it names."""
    read = yield from one("read_long_text", text=turn.message.long_text, language=turn.wording.language)
    if not isinstance(read, ReadText):
        return turn.outcome(turn.wording.say("cv.none"), aside=True)
    work, studied = _sections(turn)
    turn = _with_education(turn, studied)
    pending = _works(turn, read, work)
    said = [turn.wording.say("cv.read" if pending else "cv.none")]
    said.append(" ".join(statement.text for statement in read.statements))
    skills = " ".join(term.concept.preferred_label.sv for term in read.skills if term.concept)
    if not pending:
        return turn.outcome(*said, aside=True, read=skills[:_MOST_SKILL_WORDS])
    if len(pending) > 1:
        said.append(turn.wording.say("several"))
    return turn.outcome(
        *said,
        pending=turn.memory.pending + pending,
        read=skills[:_MOST_SKILL_WORDS],
        settled=settle(turn.memory, Question.EXPERIENCE, Question.MORE),
    )


def nearest_by_esco(turn: Turn) -> Generator[Calls, Results, Candidate | None]:
    """Groups for work that the index does not know but ESCO does, as a guess to confirm."""
    said = content_words(turn.message.text)
    if not 1 <= len(said) <= _MOST_WORDS_FOR_ESCO:
        return None
    found = yield from one("search_esco", text=" ".join(said), language=turn.wording.language)
    if not isinstance(found, FoundEsco) or not found.occupations:
        return None
    ids = tuple(group.concept_id for group in found.groups)
    if not ids:
        best = found.occupations[0]
        label = best.labels.sv or best.label.text
        linked = yield from one("find_occupations", text=label[:_LONGEST_LABEL])
        ids = tuple(c.concept_id for c in linked.nearest) if isinstance(linked, FoundOccupations) else ()
    return Candidate(turn.message.text[:_LONGEST_LABEL], ids, is_guess=True) if ids else None


def _with_education(turn: Turn, lines: list[str]) -> Turn:
    told = education_told("\n".join(lines), turn.cues)
    if told.level is None or turn.profile.education:
        return turn
    education = replace(told, field="")
    return replace(
        turn,
        profile=replace(turn.profile, education=(education,)),
        memory=replace(turn.memory, settled=settle(turn.memory, Question.EDUCATION)),
    )


def _works(turn: Turn, read: ReadText, lines: list[str]) -> tuple[Candidate, ...]:
    """The work in a text: experiences told with their circumstances first, then occupations only named."""
    known = {experience.concept_id for experience in turn.profile.experiences}
    works: dict[str, Candidate] = {}
    for mention in _of_own_lines(lines, read.mentions):
        works.setdefault(mention.concepts[0].concept_id, candidate(mention))
    for term in read.occupations:
        if term.concept and term.is_exact and any(fold(term.term) in fold(line) for line in lines):
            named = Candidate(term.term[:_LONGEST_LABEL], (term.concept.concept_id,))
            works.setdefault(term.concept.concept_id, named)
    return tuple(told for concept_id, told in works.items() if concept_id not in known)[:_MOST_WORKS]


def _of_own_lines(lines: list[str], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The first mention of each line; where lines carry years, those without tell more of the line above."""
    dated = [line for line in lines if _YEAR.search(line)]
    kept = []
    for line in dated or lines:
        first = next((mention for mention in mentions if mention.quote in line), None)
        if first is not None:
            years = first.years if first.years is not None else years_said(line)
            # Each line stands for itself: a country elsewhere in the text is not where this was.
            kept.append(replace(first, years=years, country=country_said(line)))
    return tuple(kept)


def _sections(turn: Turn) -> tuple[list[str], list[str]]:
    """The lines of a text on work (or on nothing in particular), and those below a heading on education."""
    work: list[str] = []
    education: list[str] = []
    other: list[str] = []
    current = work
    for line in filter(str.strip, turn.message.long_text.splitlines()):
        folded = fold(line).strip(" :.-#*")
        if turn.cues.fits("cv_work", folded):
            current = work
        elif turn.cues.fits("cv_education", folded):
            current = education
        elif turn.cues.fits("cv_other", folded):
            current = other
        else:
            current.append(line)
    return work, education

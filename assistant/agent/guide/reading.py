"""Reads what is more than a message: a CV pasted into the chat, and work that only ESCO knows."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.agent.guide.facts import clauses_of, education_level, education_told
from assistant.agent.guide.memory import Candidate
from assistant.agent.guide.pieces import marked_known
from assistant.agent.guide.script import Calls, Handling, Outcome, Results, Turn, one
from assistant.agent.piece import Piece, PieceKind
from assistant.agent.results import FoundEsco, FoundOccupations, ReadText
from assistant.retrieval.mentions.details import (
    country_said,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.text import alike, content_words, fold

SEND = "cv:send"
# As long as JobAd Enrichments is known to take.
_LONGEST_SENT = 10_000
_MOST_WORDS_FOR_ESCO = 5
_LONGEST_LABEL = 60
_ABOUT_AS_WELL = 0.7
_FINGERPRINT = 16


def told_in_long_text(turn: Turn) -> Handling:
    """Read a CV or another long text, and put all that is found before the person.

    It is read here. Whether Arbetsförmedlingen's service may read it too is for the person to say.
    """
    text = turn.message.long_text
    read = yield from one("read_long_text", text=text, language=turn.wording.language)
    if not isinstance(read, ReadText):
        return turn.outcome(turn.wording.say("cv.none"), aside=True)
    outcome = _first_read(turn, read, text)
    if not read.is_live or not outcome.memory.pieces:
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
    found = marked_known(read.pieces, turn.profile, turn.memory)
    return _put_forward(turn, found, _stated(read))


def _first_read(turn: Turn, read: ReadText, text: str) -> Outcome:
    """The pieces of a text that the person has just given, unless all of them are known."""
    found = marked_known(_with_studies(turn, read.pieces), turn.profile, turn.memory)
    fingerprint = hashlib.sha256(fold(text).encode()).hexdigest()[:_FINGERPRINT]
    is_again = fingerprint in turn.memory.texts_read
    if is_again and (turn.memory.pieces or all(piece.is_known for piece in found)):
        # What was kept stands; what waits is asked about again.
        return turn.outcome(turn.wording.say("pieces.same_text"), aside=True)
    read_now = (*turn.memory.texts_read, fingerprint)
    turn = replace(turn, memory=replace(turn.memory, texts_read=read_now))
    if not found:
        return turn.outcome(f"{turn.wording.say('cv.none')} {_stated(read)}", aside=True)
    read_it = turn.wording.say("pieces.same_text" if is_again else "cv.read")
    return _put_forward(turn, found, f"{read_it} {_stated(read)}")


def _with_studies(turn: Turn, found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with the education that a text without headings tells of in a sentence."""
    works = tuple(piece for piece in found if piece.kind is PieceKind.EXPERIENCE)
    others = tuple(found)[len(works) :]
    if any(piece.kind is PieceKind.EDUCATION for piece in others):
        return tuple(found)
    clauses = [
        clause.strip()
        for clause in clauses_of(turn.message.long_text)
        if turn.cues.fits("tells_education", fold(clause))
    ]
    told = education_told("\n".join(clauses), turn.cues)
    if told.level is None:
        return tuple(found)
    said = next(clause for clause in clauses if education_level(clause, turn.cues) is told.level)
    study = Piece(PieceKind.EDUCATION, said, title=told.field, level=told.level, country=told.country)
    return (*works, study, *others)


def _stated(read: ReadText) -> str:
    return " ".join(statement.text for statement in read.statements)


def _put_forward(turn: Turn, found: Sequence[Piece], said: str) -> Outcome:
    """Pieces that wait to be kept, beside those of an earlier text that wait already."""
    waiting = turn.memory.pieces
    before = {piece.identity for piece in waiting}
    new = tuple(piece for piece in found if piece.identity not in before)
    return turn.outcome(said.strip(), aside=not new, pieces=(*waiting, *new))


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

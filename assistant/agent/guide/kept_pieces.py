"""Which pieces of a CV a person keeps, and what that does to the profile."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.agent.guide.memory import piece_candidate
from assistant.agent.guide.pieces import ALL, NONE, read_as
from assistant.agent.guide.policy import Question, settled_name
from assistant.agent.guide.script import Act, Handling, Outcome, Turn, settle
from assistant.agent.guide.wording import Wording
from assistant.agent.guide.work import taken_up
from assistant.agent.piece import PIECE, Piece, PieceKind
from assistant.domain.concept import EducationLevel
from assistant.domain.language import Language
from assistant.domain.profile import Education, Experience, ExperienceKind, HeldSkill, Profile, SpokenLanguage
from assistant.guidance.choosing import Sureness
from assistant.retrieval.cv.languages import NATIVE
from assistant.retrieval.mentions.details import years_said
from assistant.retrieval.mentions.languages import language_name
from assistant.retrieval.text import alike, content_words, fold, words

KEEP = "pieces:keep:"
_RANGE = re.compile(r"\b(\d{1,2})\s?(?:[-–]|till|to)\s?(\d{1,2})\b")
_OWN_WORDS = 120
_DESCRIBED = 400


def chose_pieces(turn: Turn) -> Handling:
    """Which pieces the person keeps: by boxes, numbers, names, all or none."""
    pieces = turn.memory.pieces
    kept = _kept(turn, pieces)
    if kept is None:
        return (yield from taken_up(turn, settling=""))
    return _with_pieces(turn, [piece for number, piece in enumerate(pieces, start=1) if number in kept])


def _kept(turn: Turn, pieces: Sequence[Piece]) -> set[int] | None:
    """The numbers of the pieces kept; None when the answer was not understood."""
    every = set(range(1, len(pieces) + 1))
    choice, folded = turn.message.choice_id, turn.message.folded
    for prefix in (KEEP, PIECE):
        if choice.startswith(prefix):
            chosen = choice.removeprefix(prefix).split(",")
            return {number for number in every if str(number) in chosen}
    if choice == NONE or turn.message.act is Act.SKIP:
        return set()
    if choice == ALL:
        return every
    strikes = turn.cues.fits("strikes", folded)
    named = _numbers(turn, every)
    if strikes or turn.cues.fits("keeps", folded):
        named |= _by_name(turn, pieces)
    if named:
        return every - named if strikes else named
    if turn.cues.fits("all", folded) or turn.message.act is Act.CONFIRM:
        return every
    return set() if turn.message.act is Act.DENY else None


def _numbers(turn: Turn, every: set[int]) -> set[int]:
    """The pieces named by number, also "2-4"; a message with another number means something else."""
    text = turn.message.text
    if years_said(text) is not None:
        return set()
    numbers = {int(token) for token in words(text) if token.isdecimal()}
    for first, last in _RANGE.findall(text):
        numbers |= set(range(int(first), int(last) + 1))
    return numbers if numbers <= every else set()


def _by_name(turn: Turn, pieces: Sequence[Piece]) -> set[int]:
    """The pieces that are named by words of theirs: "strike the forklift"."""
    text = turn.cues.without("strikes", turn.cues.without("keeps", turn.message.text))
    said = [word for word in content_words(text) if not word.isdecimal()]
    named = set()
    for number, piece in enumerate(pieces, start=1):
        told = content_words(f"{piece.said} {read_as(piece, turn.wording)}")
        if any(alike(word, other) for word in said for other in told):
            named.add(number)
    return named


def _with_pieces(turn: Turn, kept: Sequence[Piece]) -> Outcome:
    """Note what was kept; work that is unsure waits to be asked about."""
    works = [piece for piece in kept if piece.kind is PieceKind.EXPERIENCE]
    sure = [piece for piece in works if piece.sureness is Sureness.SURE]
    unsure = tuple(piece_candidate(piece) for piece in works if piece not in sure and not piece.is_known)
    experiences = _experiences(turn.profile.experiences, sure, turn.wording)
    native = turn.wording.say("cv.native")
    before = replace(turn.profile, experiences=experiences)
    profile = with_the_rest(before, kept, turn.wording.language, native)
    said = [_noted(turn, kept, sure), turn.wording.say("pieces.unsure_left") if unsure else ""]
    read = " ".join(_skill_words(kept))
    described = " ".join(piece.description for piece in works if piece.description)
    return turn.outcome(
        *said,
        profile=profile,
        pieces=(),
        pending=(*turn.memory.pending, *unsure),
        read=f"{read} {turn.memory.read}".strip()[:_DESCRIBED],
        day=turn.memory.day or described[:_DESCRIBED],
        settled=settle(turn.memory, *_settled(kept, works, bool(described))),
    )


def _noted(turn: Turn, kept: Sequence[Piece], sure: Sequence[Piece]) -> str:
    if not kept:
        return turn.wording.say("pieces.noted_none")
    return turn.wording.say("pieces.noted_some" if len(kept) < len(turn.memory.pieces) else "pieces.noted")


def _settled(kept: Sequence[Piece], works: Sequence[Piece], is_described: bool) -> Iterable[str]:
    """The questions that what was kept has answered."""
    if works:
        yield from (Question.EXPERIENCE, Question.MORE)
    if is_described:
        yield Question.DAY
    if any(piece.work in (ExperienceKind.UNPAID, ExperienceKind.FAMILY) for piece in works):
        yield Question.UNPAID
    if any(piece.education_level for piece in kept):
        yield Question.EDUCATION
    if any(piece.kind is PieceKind.LANGUAGE for piece in kept):
        yield Question.LANGUAGES
    for piece in works:
        # Where it was is not worth a question for each line of a CV; how long it was is.
        if piece.years is not None:
            yield settled_name(Question.DETAILS, piece.concept_ids[0])


def _experiences(
    before: Sequence[Experience], kept: Sequence[Piece], wording: Wording
) -> tuple[Experience, ...]:
    """The experiences with those kept: of the same kind of work, the times are added up."""
    known = {each.concept_id: each for each in before}
    for piece in kept:
        concept_id = piece.concept_ids[0]
        same = known.get(concept_id)
        if same is None:
            title = piece.names.text(wording.language) if piece.names else piece.title
            known[concept_id] = Experience(title, concept_id, "", piece.years, piece.work, piece.country)
        elif piece.is_known:
            known[concept_id] = replace(
                same,
                years=piece.years if same.years is None else same.years,
                country=same.country or piece.country,
            )
        else:
            years = [each for each in (same.years, piece.years) if each is not None]
            total = round(sum(years), 1) if years else None
            known[concept_id] = replace(same, years=total, country=same.country or piece.country)
    return tuple(known.values())


def with_the_rest(profile: Profile, kept: Sequence[Piece], language: Language, native: str) -> Profile:
    """The profile with what was kept beside work.

    Args:
        profile: Before it.
        kept: All that was kept.
        language: Of the names.
        native: What it is called to know a language from childhood on.
    """
    told = [
        Education(piece.education_level, piece.title[:_OWN_WORDS], piece.country)
        for piece in kept
        if piece.kind is PieceKind.EDUCATION
    ]
    new = [each for each in told if each not in profile.education]
    spoken = {fold(each.name): each for each in profile.languages}
    for piece in kept:
        if piece.kind is PieceKind.LANGUAGE:
            name = language_name(piece.code, language)
            level = native if piece.level == NATIVE else piece.level
            spoken.setdefault(fold(name), SpokenLanguage(name, level))
    licences = [p.code or p.title for p in kept if p.kind is PieceKind.LICENCE and not p.concept_ids]
    skills = {each.concept_id: each for each in profile.skills}
    for piece in kept:
        if piece.kind in (PieceKind.SKILL, PieceKind.LICENCE) and piece.concept_ids and piece.names:
            label = piece.names.text(language)
            skills.setdefault(piece.concept_ids[0], HeldSkill(piece.concept_ids[0], label))
    return replace(
        profile,
        # The highest first: it is the one that a plan asks for.
        education=tuple(sorted((*profile.education, *new), key=_by_level)),
        languages=tuple(spoken.values()),
        licences=tuple(dict.fromkeys((*profile.licences, *licences))),
        skills=tuple(skills.values()),
    )


def _by_level(education: Education) -> int:
    return -(education.level.order if education.level else EducationLevel.NONE.order - 1)


def _skill_words(kept: Iterable[Piece]) -> Iterable[str]:
    return (p.names.sv for p in kept if p.kind is PieceKind.SKILL and p.names)

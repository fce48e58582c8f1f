"""What was read in a CV, put before the person piece by piece. Nothing of it is noted before it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.agent.guide.memory import Memory
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Asked, Asking, Outcome
from assistant.agent.guide.wording import Wording
from assistant.agent.piece import PIECE, Piece, PieceKind
from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.guidance.choosing import Sureness
from assistant.retrieval.mentions.details import country_name
from assistant.retrieval.mentions.languages import language_name
from assistant.retrieval.text import fold

ALL = "pieces:all"
NONE = "pieces:none"


def ask_pieces(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Everything that was read, numbered, with what it was read as."""
    yield from ()
    pieces = outcome.memory.pieces
    again = outcome.aside and outcome.memory.open_question == question
    text = wording.say("pieces.again") if again else _listed(pieces, wording)
    choices = (
        *(_choice(number, piece, wording) for number, piece in enumerate(pieces, start=1)),
        Choice(ALL, wording.say("pieces.all")),
        Choice(NONE, wording.say("pieces.none")),
    )
    return Asked(text, choices)


def _listed(pieces: Sequence[Piece], wording: Wording) -> str:
    numbered = list(enumerate(pieces, start=1))
    parts = [wording.say("pieces.intro")]
    for kind in PieceKind:
        lines = [
            # Not with a colon: "JavaScript:" is taken for the beginning of an address.
            f"{number}. {piece.said} – {read_as(piece, wording)} {piece.token}".rstrip()
            for number, piece in numbered
            if piece.kind is kind
        ]
        parts += ["\n".join([_heading(kind, wording), *lines])] if lines else []
    return "\n\n".join([*parts, wording.say("pieces.ask")])


def _choice(number: int, piece: Piece, wording: Wording) -> Choice:
    return Choice(
        f"{PIECE}{number}",
        piece.said,
        read_as(piece, wording),
        group=_heading(piece.kind, wording),
        is_ticked=not (piece.is_guess or piece.is_known),
    )


def _heading(kind: PieceKind, wording: Wording) -> str:
    return wording.say(f"pieces.heading.{kind}")


def read_as(piece: Piece, wording: Wording) -> str:
    """What a piece was read as, in a few words, and what is special about it."""
    marks = [
        wording.say(f"pieces.mark.{name}")
        for name, applies in (("known", piece.is_known), ("repeated", piece.is_repeated))
        if applies
    ]
    return ". ".join([_reading(piece, wording), *marks])


def _reading(piece: Piece, wording: Wording) -> str:
    language = wording.language
    match piece.kind:
        case PieceKind.EXPERIENCE:
            return _work(piece, wording)
        case PieceKind.EDUCATION:
            key = f"choice.level:{piece.level}" if piece.level else "pieces.no_level"
            name = wording.say(key)
            return ", ".join(filter(None, (name, _country(piece, wording))))
        case PieceKind.LANGUAGE:
            name = language_name(piece.code, language)
            level = wording.say(f"pieces.level.{piece.level.lower()}") if piece.level else ""
            return ", ".join(filter(None, (name, level)))
        case PieceKind.LICENCE if piece.code:
            return wording.say("pieces.licence", licence=piece.code)
        case _:
            return piece.names.text(language) if piece.names else wording.say("pieces.own_words")


def _work(piece: Piece, wording: Wording) -> str:
    if piece.sureness is Sureness.UNLIKELY or piece.names is None:
        return wording.say("pieces.unlikely")
    name = piece.names.text(wording.language)
    years = wording.years(piece.years) if piece.years is not None else ""
    details = [name, years, _country(piece, wording)]
    if piece.sureness is Sureness.SURE:
        return ", ".join(filter(None, details))
    return wording.say("pieces.unsure", work=", ".join(filter(None, details)))


def _country(piece: Piece, wording: Wording) -> str:
    return country_name(piece.country, wording.language) if piece.country else ""


def marked_known(pieces: Iterable[Piece], profile: Profile, memory: Memory) -> tuple[Piece, ...]:
    """The pieces, each with whether the profile has it or it waits to be confirmed."""
    groups = {each.concept_id for each in profile.experiences}
    groups |= {told.concept_ids[0] for told in memory.pending}
    educations = {(each.level or "", fold(each.field)) for each in profile.education}
    languages = {fold(each.name) for each in profile.languages}

    def is_known(piece: Piece) -> bool:
        match piece.kind:
            case PieceKind.EXPERIENCE:
                return piece.concept_ids[0] in groups
            case PieceKind.EDUCATION:
                return (piece.level, fold(piece.title)) in educations
            case PieceKind.LANGUAGE:
                return not languages.isdisjoint(fold(language_name(piece.code, each)) for each in Language)
            case _:
                held = piece.concept_ids and piece.concept_ids[0] in profile.held_skill_ids
                return bool(held) or (piece.code or piece.title) in profile.licences

    return tuple(replace(piece, is_known=is_known(piece)) for piece in pieces)

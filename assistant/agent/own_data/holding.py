"""Everything that is held about the person, item by item, each with where it came from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from langchain_core.messages import BaseMessage

from assistant.agent.guide.kept_pieces import with_the_rest
from assistant.agent.messages import ORIGINS
from assistant.agent.own_data.facts import Facts, HeldPiece, pieces
from assistant.agent.own_data.notes import Note, Said, last_facts, notes, said_by_person
from assistant.agent.piece import PieceKind
from assistant.domain.held import HeldData, HeldItem, HeldKind, HowTold, Origin, SaidMessage
from assistant.domain.language import Language
from assistant.domain.profile import Experience, Profile
from assistant.retrieval.text import words

_LONGEST_WORDS = 120
# So many words tell which message a text begins with.
_BEGINNING = 3
# Their values are ids of occupation groups, which only a name says something of.
_NAMED = (HeldKind.GOAL, HeldKind.TURNED_DOWN)


def held_data(messages: Sequence[BaseMessage], name: Callable[[str], str]) -> HeldData:
    """All that is held.

    Args:
        messages: Of the conversation.
        name: The name of an occupation group, by its concept id.
    """
    origins = item_origins(messages)
    items = [_item(piece, origins[piece.item_id], name) for piece in pieces(last_facts(messages))]
    order = list(HeldKind)
    return HeldData(
        items=tuple(sorted(items, key=lambda item: order.index(item.kind))),
        messages=tuple(
            SaidMessage(said.message_id, said.number, said.text, said.how)
            for said in said_by_person(messages)
            if not said.is_struck
        ),
    )


def item_origins(messages: Sequence[BaseMessage]) -> dict[str, Origin]:
    """Where each item came from: the first note since which it has stood, or the last that edited it."""
    known: dict[str, tuple[object, Origin]] = {}
    first_told: dict[str, Origin] = {}
    first_read: dict[str, Origin] = {}
    said = tuple(said_by_person(messages))
    for note in notes(messages):
        found: dict[str, tuple[object, Origin]] = {}
        for concept_id, quote in _told_works(note.facts):
            first_told.setdefault(concept_id, _origin(note, quote))
        for item_id, quote in _read_items(note.facts):
            first_read.setdefault(item_id, _origin(note, quote))
        for piece in pieces(note.facts):
            value = _own(piece)
            before = known.get(piece.item_id)
            if before is None:
                origin = _first(piece, note, first_told, first_read, said)
            elif note.how is HowTold.EDITED and before[0] != value:
                origin = _origin(note)
            else:
                origin = before[1]
            found[piece.item_id] = (value, origin)
        known = found
    return _without_struck({item_id: origin for item_id, (_, origin) in known.items()}, messages)


def _first(
    piece: HeldPiece, note: Note, told: dict[str, Origin], read: dict[str, Origin], said: Sequence[Said]
) -> Origin:
    if note.how is HowTold.IMPORTED:
        given = note.message.additional_kwargs.get(ORIGINS, {}).get(piece.item_id)
        return Origin(HowTold(given[0]), *given[1:]) if given else Origin(HowTold.IMPORTED)
    if note.how is None and piece.item_id in read:
        return read[piece.item_id]
    if note.how is None and isinstance(piece.value, Experience) and piece.value.concept_id in told:
        # It was told before it was confirmed.
        return told[piece.value.concept_id]
    quote = str(piece.value) if piece.kind is HeldKind.WAITING else ""
    if piece.kind is HeldKind.NOTE and note.how is None:
        # Words may be remembered some messages after they were said.
        note = replace(note, said=_said_first(str(piece.value), note.said, said))
    return _origin(note, quote)


def _said_first(text: str, last: Said | None, said: Sequence[Said]) -> Said | None:
    """The latest message, up to the last one given, that a text begins with the words of."""
    begins = words(text)[:_BEGINNING]
    for each in reversed(said[: last.number if last else 0]):
        own = words(each.text)
        if any(own[at : at + len(begins)] == begins for at in range(len(own))):
            return each
    return last


def _told_works(facts: Facts) -> list[tuple[str, str]]:
    waiting = facts.memory.pending if facts.memory else ()
    return [(concept_id, told.quote) for told in waiting for concept_id in told.concept_ids]


def _read_items(facts: Facts) -> Iterator[tuple[str, str]]:
    """The items that pieces of a CV become when they are kept, each with the words of the CV."""
    for read in facts.memory.pieces if facts.memory else ():
        if read.kind is PieceKind.EXPERIENCE:
            yield f"{HeldKind.EXPERIENCE}:{read.concept_ids[0]}", read.said
            yield f"{HeldKind.WAITING}:{read.concept_ids[0]}", read.said
            continue
        for language in Language:
            kept = Facts(with_the_rest(Profile(), (read,), language, native=""))
            yield from ((item.item_id, read.said) for item in pieces(kept))


def _origin(note: Note, quote: str = "") -> Origin:
    said = note.said
    if note.how is not None:
        return Origin(note.how)
    if said is None:
        return Origin(HowTold.WRITTEN)
    is_quoted = bool(quote) and quote.casefold() in " ".join(said.text.split()).casefold()
    return Origin(said.how, _shortened(quote if is_quoted else said.text), said.number)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[:_LONGEST_WORDS].rsplit(' ', 1)[0]}…"


def _without_struck(origins: dict[str, Origin], messages: Sequence[BaseMessage]) -> dict[str, Origin]:
    """Of a message that was struck an origin says only which it was."""
    struck: set[int] = {said.number for said in said_by_person(messages) if said.is_struck}
    return {
        item_id: replace(origin, words="") if origin.number in struck else origin
        for item_id, origin in origins.items()
    }


def _own(piece: HeldPiece) -> object:
    """What of an item counts as its own: the skills of an experience are items of their own."""
    return replace(piece.value, skills=()) if isinstance(piece.value, Experience) else piece.value


def _item(piece: HeldPiece, origin: Origin, name: Callable[[str], str]) -> HeldItem:
    value = name(str(piece.value)) if piece.kind in _NAMED else piece.value
    return HeldItem(piece.item_id, piece.kind, value, origin)

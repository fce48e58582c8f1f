"""What one note of the conversation holds about the person, piece by piece."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any

from assistant.agent.guide.memory import Candidate, Memory
from assistant.agent.piece import Piece
from assistant.domain.held import HeldKind
from assistant.domain.plan import Conditions
from assistant.domain.profile import Education, Experience, HeldSkill, Profile, SpokenLanguage

Value = Experience | HeldSkill | Education | SpokenLanguage | str
Step = str | int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person at one point.

    Attributes:
        profile: What they have told and confirmed.
        memory: What the guide remembers beside it; None with another model.
        memo: Another model's own note to itself.
    """

    profile: Profile = field(default_factory=Profile)
    memory: Memory | None = None
    memo: str = ""


@dataclass(frozen=True, slots=True)
class HeldPiece:
    """One item, and where in the facts it lies: names of fields and positions in tuples."""

    item_id: str
    kind: HeldKind
    value: Value
    path: tuple[Step, ...]


# Free words that the guide remembers to look things up by.
NOTES = ("day", "told", "wish", "asked", "read")
# Where the conversation is: what was asked, shown and offered. The person has not told it.
OF_CONVERSATION = frozenset(
    {
        "about",
        "awaiting",
        "compared",
        "current",
        "language",
        "last",
        "level_offered",
        "listed",
        "missed",
        "offered",
        "open_question",
        "planned",
        "seen",
        "settled",
        # Fingerprints: they tell nothing of a text but that it is the same one.
        "texts_read",
        "topic",
    }
)
_CONCEPTS = {"wanted": HeldKind.GOAL, "turned_down": HeldKind.TURNED_DOWN}
_FEATURES = {"features": HeldKind.FEATURE, "unwanted": HeldKind.UNWANTED}
_TEXTS = {
    "place": HeldKind.PLACE,
    "goal": HeldKind.GOAL,
    "long_text": HeldKind.LONG_TEXT,
    **dict.fromkeys(NOTES, HeldKind.NOTE),
}


def pieces(facts: Facts) -> tuple[HeldPiece, ...]:
    """Everything in the facts, each under an id of its own that lasts while the item does."""
    found: dict[str, HeldPiece] = {}
    for piece in _pieces(facts):
        item_id, number = piece.item_id, 1
        while item_id in found:
            number += 1
            item_id = f"{piece.item_id}.{number}"
        found[item_id] = replace(piece, item_id=item_id)
    return tuple(found.values())


def without(value: Any, path: tuple[Step, ...]) -> Any:
    """A value without what lies at the path: dropped from a tuple, else as it is before anything is told."""
    head, *rest = path
    if isinstance(head, int):
        kept = (without(value[head], tuple(rest)),) if rest else ()
        return (*value[:head], *kept, *value[head + 1 :])
    inner = without(getattr(value, head), tuple(rest)) if rest else _untold(value, head)
    return replace(value, **{head: inner})


def changed(value: Any, path: tuple[Step, ...], change: Callable[[Any], Any]) -> Any:
    """A value with what lies at the path changed."""
    if not path:
        return change(value)
    head, *rest = path
    if isinstance(head, int):
        return (*value[:head], changed(value[head], tuple(rest), change), *value[head + 1 :])
    return replace(value, **{head: changed(getattr(value, head), tuple(rest), change)})


def _untold(value: Any, name: str) -> Any:
    of_name = next(each for each in fields(value) if each.name == name)
    return of_name.default if of_name.default_factory is MISSING else of_name.default_factory()


def _pieces(facts: Facts) -> Iterator[HeldPiece]:
    for name, told in OF_PROFILE.items():
        for order, value in enumerate(getattr(facts.profile, name)):
            yield from told(value, ("profile", name, order))
    if facts.memory is not None:
        for name, remembered in OF_MEMORY.items():
            yield from remembered(getattr(facts.memory, name), ("memory", name))
    if facts.memo:
        yield HeldPiece("note:memo", HeldKind.NOTE, facts.memo, ("memo",))


def _experience(told: Experience, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    yield HeldPiece(f"experience:{told.concept_id}", HeldKind.EXPERIENCE, told, path)
    for order, skill in enumerate(told.skills):
        item_id = f"skill:{told.concept_id}:{skill.concept_id}"
        yield HeldPiece(item_id, HeldKind.SKILL, skill, (*path, "skills", order))


def _skill(told: HeldSkill, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    yield HeldPiece(f"skill:{told.concept_id}", HeldKind.SKILL, told, path)


def _education(told: Education, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    named = _named(told.level.value if told.level else "", told.field, told.country)
    yield HeldPiece(f"education:{named}", HeldKind.EDUCATION, told, path)


def _language(told: SpokenLanguage, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    yield HeldPiece(f"language:{_named(told.name)}", HeldKind.LANGUAGE, told, path)


def _words(kind: HeldKind) -> Callable[[str, tuple[Step, ...]], Iterator[HeldPiece]]:
    def told(value: str, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
        yield HeldPiece(f"{kind}:{_named(value)}", kind, value, path)

    return told


def _text(kind: HeldKind) -> Callable[[str, tuple[Step, ...]], Iterator[HeldPiece]]:
    def remembered(value: str, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
        if value:
            item_id = f"{kind}:{path[-1]}" if kind is HeldKind.NOTE else kind.value
            yield HeldPiece(f"goal:{value}" if kind is HeldKind.GOAL else item_id, kind, value, path)

    return remembered


def _each(kind: HeldKind) -> Callable[[tuple[str, ...], tuple[Step, ...]], Iterator[HeldPiece]]:
    def remembered(values: tuple[str, ...], path: tuple[Step, ...]) -> Iterator[HeldPiece]:
        for order, value in enumerate(values):
            yield HeldPiece(f"{kind}:{value}", kind, str(value), (*path, order))

    return remembered


def _waiting(values: tuple[Candidate, ...], path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    for order, told in enumerate(values):
        item_id = f"{HeldKind.WAITING}:{told.concept_ids[0]}"
        yield HeldPiece(item_id, HeldKind.WAITING, told.quote, (*path, order))


def _read(values: tuple[Piece, ...], path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    for order, read in enumerate(values):
        item_id = f"{HeldKind.WAITING}:{_named(read.kind, read.said)}"
        yield HeldPiece(item_id, HeldKind.WAITING, read.said, (*path, order))


def _conditions(value: Conditions, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    for each in fields(Conditions):
        said = getattr(value, each.name)
        if said not in (False, None):
            words = each.name if said is True else str(said)
            item_id = f"{HeldKind.CONDITION}:{each.name}"
            yield HeldPiece(item_id, HeldKind.CONDITION, words, (*path, each.name))


def _of_client(value: bool, path: tuple[Step, ...]) -> Iterator[HeldPiece]:
    if value:
        yield HeldPiece("note:of_client", HeldKind.NOTE, "of_client", path)


def _named(*told: str) -> str:
    """A short name for words that may be anything, since ids stand in addresses."""
    return hashlib.sha256("\0".join(told).casefold().encode()).hexdigest()[:12]


# How the items of each field are read. What a new field holds is to be shown too, or to be named in
# `OF_CONVERSATION`; a test holds that every field has a home.
OF_PROFILE: Mapping[str, Callable[[Any, tuple[Step, ...]], Iterator[HeldPiece]]] = {
    "experiences": _experience,
    "skills": _skill,
    "education": _education,
    "languages": _language,
    "licences": _words(HeldKind.LICENCE),
    "wishes": _words(HeldKind.WISH),
}
OF_MEMORY: Mapping[str, Callable[[Any, tuple[Step, ...]], Iterator[HeldPiece]]] = {
    **{name: _text(kind) for name, kind in _TEXTS.items()},
    **{name: _each(kind) for name, kind in (_CONCEPTS | _FEATURES).items()},
    "conditions": _conditions,
    "pending": _waiting,
    "pieces": _read,
    "of_client": _of_client,
}

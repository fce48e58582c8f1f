"""What a struck message said is cut out of the whole conversation, wherever it was written down."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.agent.messages import CHOICE, STRUCK
from assistant.agent.own_data.facts import NOTES, Facts, without
from assistant.agent.own_data.notes import notes, rewritten, said_by_person
from assistant.agent.own_data.striking import with_settled_question
from assistant.agent.snapshot import SessionState, from_tree, to_tree
from assistant.domain.held import HowTold
from assistant.errors import ItemMissing

CUT = "…"
_WORD = re.compile(r"\w+")
# So many words in a row are a quotation; fewer are in many sentences by chance.
_QUOTED_WORDS = 4
_SHORTEST_RARE = 3
# Records of public sources, which nobody's words are in, and what a provider says of its model.
_PUBLIC = frozenset(
    {"citations", "concept", "concepts", "group", "groups", "hits", "nearest", "response_metadata", "sources"}
)
# Names of concepts and buttons: their words are nobody's own.
_LABELS = frozenset({"label", "labels", "preferred_label", "explanation", "because", "titles"})
# What was noted stays until it is struck itself, unless it is the message word for word.
_NOTED = frozenset({"profile", "place", "goal", "conditions", "features", "unwanted", "planned", "settled"})
# Values that hold the rest together; a word of the message may look like one.
_STRUCTURE = frozenset(
    {"choice_id", "concept_id", "id", "message_id", "name", "phase", "tool_call_id", "type"}
)
# One small word is a value of ours ("paid"), but for where words are the person's.
_OWN_WORDS = frozenset(
    {"args", "content", "description", "memo", "quote", "said", "term", "text", "title", "words", *NOTES}
)
_VALUE = re.compile(r"[a-z0-9_:.-]*")
_CUT_ONLY = re.compile(rf"[{CUT}\s.,;:!?]*{CUT}[{CUT}\s.,;:!?]*")


@dataclass(frozen=True, slots=True)
class _Message:
    """What is to be cut: the words of the message, and those among them that nothing else says."""

    words: tuple[str, ...]
    rare: frozenset[str]

    def cut(self, text: str, *, is_noted: bool) -> str:
        """A text without quotations of the message, and without its rare words where nothing is noted."""
        found = list(_WORD.finditer(text))
        said = [word[0].casefold() for word in found]
        marked = self._quoted(said, is_noted=is_noted)
        if not is_noted:
            marked |= {at for at, word in enumerate(said) if word in self.rare}
        kept, position = [], 0
        for first, last in _runs(sorted(marked)):
            kept += [text[position : found[first].start()], CUT]
            position = found[last].end()
        return "".join([*kept, text[position:]])

    def _quoted(self, said: list[str], *, is_noted: bool) -> set[int]:
        """Positions of words that stand in the message in the same order."""
        size = _QUOTED_WORDS
        if not is_noted:
            # A short message is quoted by all its words, and a short text may be a quotation all through.
            size = min(size, max(2, len(said)), max(2, len(self.words)))
        runs = {self.words[at : at + size] for at in range(len(self.words) - size + 1)}
        starts = [at for at in range(len(said) - size + 1) if tuple(said[at : at + size]) in runs]
        return {at + offset for at in starts for offset in range(size)}


def strike_message(state: SessionState, message_id: str, common: frozenset[str]) -> SessionState:
    """The conversation in which the text of one message is nowhere to be found.

    What was noted from it stays, and says only which message it came from.

    Args:
        state: The conversation.
        message_id: Of the person's message.
        common: Words that the assistant itself says, folded: they tell nothing of the message.

    Raises:
        ItemMissing: There is no such message.
    """
    said = next((each for each in said_by_person(state.messages) if each.message_id == message_id), None)
    if said is None or said.is_struck:
        raise ItemMissing(message_id)
    tree = to_tree(state)
    _blank(tree, message_id)
    # What a button says are our words, and other buttons say them too.
    if said.how is not HowTold.CHOSEN:
        words = tuple(_folded(said.text))
        others = {word for each in _texts(tree, only=_NOTED | _PUBLIC | _LABELS) for word in _folded(each)}
        others |= {w for s in said_by_person(state.messages) if s is not said for w in _folded(s.text)}
        rare = frozenset(w for w in words if len(w) >= _SHORTEST_RARE) - common - others
        tree = _cut(tree, _Message(words, rare))
    before = [note.facts for note in notes(state.messages)]
    struck = from_tree(tree)
    struck = replace(struck, messages=rewritten(struck.messages, _tidied))
    return with_settled_question(struck, before[-1]) if before else struck


def _blank(tree: dict[str, Any], message_id: str) -> None:
    for message in tree["messages"]:
        if message["type"] == "human" and message["fields"].get("id") == message_id:
            marks = message["fields"].get("additional_kwargs", {})
            message["fields"] |= {
                "content": CUT, "additional_kwargs": {**marks, CHOICE: "", STRUCK: True},
            }  # fmt: skip
    for turn in tree["turns"]:
        if turn["message_id"] == message_id:
            turn["said"] = CUT


def _cut(value: Any, message: _Message, names: tuple[str, ...] = ()) -> Any:
    """Plain values with the message cut out of every text, also of the JSON in a memo.

    Args:
        value: What to cut from.
        message: What to cut.
        names: The keys that lead to the value, from the outermost.
    """
    if isinstance(value, dict):
        return {
            key: each if key in _PUBLIC | _STRUCTURE else _cut(each, message, (*names, key))
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_cut(each, message, names) for each in value]
    if not isinstance(value, str):
        return value
    inner = _as_object(value)
    if inner is not None:
        return json.dumps(_cut(inner, message, names), ensure_ascii=False)
    if _VALUE.fullmatch(value) and _OWN_WORDS.isdisjoint(names):
        return value
    return message.cut(value, is_noted=not _NOTED.isdisjoint(names))


def _texts(value: Any, only: frozenset[str], *, is_within: bool = False) -> Iterator[str]:
    """The texts under keys of these names."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, only, is_within=is_within or key in only)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, only, is_within=is_within)
    elif isinstance(value, str):
        inner = _as_object(value)
        if inner is not None:
            yield from _texts(inner, only, is_within=is_within)
        elif is_within:
            yield value


def _as_object(text: str) -> dict[str, Any] | None:
    """The object that a text holds as JSON, such as the guide's memo; None for another text."""
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _tidied(facts: Facts) -> Facts:
    """The facts without texts of which nothing is left."""
    wishes = tuple(wish for wish in facts.profile.wishes if not _CUT_ONLY.fullmatch(wish))
    memory = facts.memory
    for name in (*NOTES, "long_text", "place"):
        if memory is not None and _CUT_ONLY.fullmatch(getattr(memory, name)):
            memory = without(memory, (name,))
    if memory is not None:
        kept = tuple(piece for piece in memory.pieces if not _CUT_ONLY.fullmatch(piece.said))
        memory = replace(memory, pieces=kept, texts_read=())
    return replace(facts, profile=replace(facts.profile, wishes=wishes), memory=memory)


def _folded(text: str) -> list[str]:
    return [word[0].casefold() for word in _WORD.finditer(text)]


def _runs(positions: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of positions without a gap."""
    first = last = -2
    for at in positions:
        if at != last + 1:
            if last >= 0:
                yield first, last
            first = at
        last = at
    if last >= 0:
        yield first, last

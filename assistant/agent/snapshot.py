"""A whole conversation as bytes, and back without loss: messages, what tools brought, turns."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from pydantic import TypeAdapter, ValidationError

from assistant.agent.results import ToolResult
from assistant.domain.conversation import ToldTurn
from assistant.domain.language import Language, Level
from assistant.errors import SnapshotBroken
from assistant.retrieval.linker import LinkedConcept

VERSION = 1
_MESSAGES: dict[str, type[BaseMessage]] = {"human": HumanMessage, "ai": AIMessage, "tool": ToolMessage}
_TURNS = TypeAdapter(tuple[ToldTurn, ...])


@dataclass(frozen=True, slots=True)
class SessionState:
    """All that a conversation is; with the shared parts of the product it makes a session.

    Attributes:
        language: The language that answers are written in now.
        level: How hard they may be to read.
        messages: What passed between the person, the model and the tools.
        turns: What was said both ways, as it was shown.
    """

    language: Language
    level: Level = Level.NORMAL
    messages: tuple[BaseMessage, ...] = ()
    turns: tuple[ToldTurn, ...] = ()


def to_snapshot(state: SessionState) -> bytes:
    """A conversation as compressed JSON, with the version of its form."""
    return zlib.compress(json.dumps(to_tree(state), ensure_ascii=False).encode())


def from_snapshot(snapshot: bytes) -> SessionState:
    """The conversation that `to_snapshot` made the bytes of.

    Raises:
        SnapshotBroken: The bytes are damaged, or of another version.
    """
    try:
        tree = json.loads(zlib.decompress(snapshot))
    except (zlib.error, ValueError) as error:
        raise SnapshotBroken(reason=type(error).__name__) from error
    return from_tree(tree)


def to_tree(state: SessionState) -> dict[str, Any]:
    """A conversation as plain values of JSON."""
    return {
        "version": VERSION,
        "language": state.language.value,
        "level": state.level.value,
        "messages": [_message_tree(message) for message in state.messages],
        "turns": _TURNS.dump_python(state.turns, mode="json"),
    }


def from_tree(tree: Any) -> SessionState:
    """The conversation of plain values.

    Raises:
        SnapshotBroken: They are of another version, or no conversation.
    """
    if not isinstance(tree, dict) or tree.get("version") != VERSION:
        found = tree.get("version") if isinstance(tree, dict) else None
        raise SnapshotBroken(reason=f"version {found}, not {VERSION}")
    try:
        return SessionState(
            language=Language(tree["language"]),
            level=Level(tree["level"]),
            messages=tuple(_message(each) for each in tree["messages"]),
            turns=_TURNS.validate_json(json.dumps(tree["turns"])),
        )
    # What the person said stands in the text of a validation error, so it is not told on.
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise SnapshotBroken(reason=type(error).__name__) from None


def _message_tree(message: BaseMessage) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "type": message.type,
        "fields": message.model_dump(mode="json", exclude={"artifact"}, exclude_defaults=True),
    }
    artifact = message.artifact if isinstance(message, ToolMessage) else None
    if isinstance(artifact, ToolResult):
        name = type(artifact).__name__
        tree["result"] = {"type": name, "fields": _adapter(name).dump_python(artifact, mode="json")}
    return tree


def _message(tree: dict[str, Any]) -> BaseMessage:
    message = _MESSAGES[tree["type"]].model_validate(tree["fields"])
    if result := tree.get("result"):
        brought = _adapter(result["type"]).validate_json(json.dumps(result["fields"]))
        return message.model_copy(update={"artifact": brought})
    return message


@cache
def _adapter(name: str) -> TypeAdapter[ToolResult]:
    """Reads and writes the kind of result that has this name; raises `KeyError` for an unknown one."""
    adapter = TypeAdapter({kind.__name__: kind for kind in _kinds(ToolResult)}[name])
    # `Mention` names the concepts of the linker, which its module must not import.
    adapter.rebuild(_types_namespace={LinkedConcept.__name__: LinkedConcept})
    return adapter


def _kinds(kind: type[ToolResult]) -> Iterator[type[ToolResult]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)

"""A conversation as a file of the person's own, which any later conversation can begin from."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from assistant.agent.event_objects import event_object
from assistant.agent.guide.memory import Memory
from assistant.agent.own_data.facts import OF_MEMORY
from assistant.agent.own_data.holding import item_origins
from assistant.agent.own_data.notes import last_facts, said_by_person
from assistant.agent.schemas import profile_arguments
from assistant.agent.snapshot import SessionState
from assistant.domain.conversation import AnswerEvent, ToldTurn

FORMAT = "vagvisare"
VERSION = 1
# What of the guide's memory is the person's, and which questions are answered; the rest says where that
# conversation was.
REMEMBERED = (*OF_MEMORY, "settled")
_MEMORY = TypeAdapter(Memory)


def portable(state: SessionState, made_at: str) -> dict[str, Any]:
    """The person's own data as plain values of JSON.

    What was last shown, with its sources, is there to be read; it is made anew after an import.

    Args:
        state: The conversation.
        made_at: ISO 8601 time.
    """
    facts = last_facts(state.messages)
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at,
        "language": state.language.value,
        "level": state.level.value,
        "profile": profile_arguments(facts.profile),
        "remembered": _remembered(facts.memory),
        "memo": facts.memo,
        "messages": [
            {"text": said.text, "how": said.how.value, "struck": said.is_struck}
            for said in said_by_person(state.messages)
        ],
        "origins": {item: asdict(origin) for item, origin in item_origins(state.messages).items()},
        "shown": _shown(state.turns),
    }


def _remembered(memory: Memory | None) -> dict[str, Any] | None:
    if memory is None:
        return None
    plain = _MEMORY.dump_python(memory, mode="json")
    # A set has no order, and the same data should make the same file.
    told = {name: plain[name] for name in REMEMBERED} | {"settled": sorted(plain["settled"])}
    # Their names are the taxonomy's, not the person's.
    for piece in told["pieces"]:
        del piece["names"], piece["token"]
    return told


def _shown(turns: Sequence[ToldTurn]) -> dict[str, Any]:
    """The paths and the plan that were shown last, each with its sources."""
    answers = [turn.answer for turn in turns]
    paths = next((answer for answer in reversed(answers) if answer.paths), None)
    plan = next((answer for answer in reversed(answers) if answer.plan), None)
    return {"paths": _part(paths, "paths"), "plan": _part(plan, "plan")}


def _part(answer: AnswerEvent | None, name: str) -> dict[str, Any] | None:
    if answer is None:
        return None
    told = event_object(answer)
    return {name: told[name], "sources": told["citations"]}

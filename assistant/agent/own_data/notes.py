"""The notes of a conversation: read in their order, with who brought them; rewritten; added to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall, ToolMessage
from pydantic import ValidationError

from assistant.agent.guide.memory import from_note, to_note
from assistant.agent.history import last_progress
from assistant.agent.messages import AGAIN, CHOICE, HOW, ORIGINS, STRUCK, UPLOAD
from assistant.agent.own_data.facts import Facts
from assistant.agent.results import Progress
from assistant.agent.schemas import profile_arguments
from assistant.domain.conversation import Phase
from assistant.domain.held import HowTold

NOTE = "note_progress"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the person's.

    Attributes:
        message_id: Of the message.
        number: Counted from 1.
        text: What was written, or what the button said.
        how: Written, chosen or read in a file.
        is_struck: The person has struck what it said.
    """

    message_id: str
    number: int
    text: str
    how: HowTold
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted at one point, and after which of the person's messages.

    Attributes:
        facts: All that is known from here on.
        said: The message before it; None when there is none.
        how: Edited or imported; None for a note that a turn made.
        message: The message of the tool that keeps it.
    """

    facts: Facts
    said: Said | None
    how: HowTold | None
    message: ToolMessage


def said_by_person(messages: Sequence[BaseMessage]) -> Iterator[Said]:
    """The person's messages, in their order."""
    own = (message for message in messages if isinstance(message, HumanMessage))
    return (_said(message, number) for number, message in enumerate(own, start=1))


def notes(messages: Sequence[BaseMessage]) -> Iterator[Note]:
    """All notes, in their order."""
    said, number = None, 0
    for message in messages:
        if isinstance(message, HumanMessage):
            number += 1
            said = _said(message, number)
        elif isinstance(message, ToolMessage) and isinstance(message.artifact, Progress):
            how = message.additional_kwargs.get(HOW)
            yield Note(facts_of(message.artifact), said, HowTold(how) if how else None, message)


def last_facts(messages: Sequence[BaseMessage]) -> Facts:
    """What is known now."""
    return facts_of(last_progress(messages))


def facts_of(progress: Progress) -> Facts:
    """What a note holds; another model's memo is free text."""
    try:
        return Facts(progress.profile, from_note(progress.memo) if progress.memo else None)
    except ValidationError:
        return Facts(progress.profile, memo=progress.memo)


def rewritten(
    messages: Sequence[BaseMessage], change: Callable[[Facts], Facts], *, only: str = ""
) -> tuple[BaseMessage, ...]:
    """The messages with every note changed, in what the tool keeps and in the call that made it.

    Args:
        messages: Of the conversation.
        change: What becomes of a note.
        only: Id of the one call whose note is to change; empty for all.
    """
    kept = {
        note.message.tool_call_id: _with_facts(note.message.artifact, change(note.facts))
        for note in notes(messages)
        if only in ("", note.message.tool_call_id)
    }
    return tuple(_rewritten(message, kept) for message in messages)


def with_note(
    messages: Sequence[BaseMessage],
    facts: Facts,
    how: HowTold,
    *,
    phase: Phase | None = None,
    origins: Mapping[str, tuple[str, str, int]] | None = None,
) -> tuple[BaseMessage, ...]:
    """The messages with one more note, which no turn made.

    Args:
        messages: Of the conversation.
        facts: What is known from here on.
        how: Edited or imported.
        phase: Where the interview is; as before unless given.
        origins: Where imported items came from, by id: how, words and number.
    """
    last = last_progress(messages)
    progress = replace(_with_facts(last, facts), phase=phase or last.phase)
    call_id = f"{how}-{len(messages)}"
    call = ToolCall(name=NOTE, args=_arguments(progress), id=call_id, type="tool_call")
    marks = {HOW: how.value, **({ORIGINS: dict(origins)} if origins else {})}
    asked = AIMessage("", id=f"ai-{call_id}", tool_calls=[call])
    noted = ToolMessage(
        "Noted.", id=f"tool-{call_id}", name=NOTE, tool_call_id=call_id, artifact=progress,
        additional_kwargs=marks,
    )  # fmt: skip
    return (*messages, asked, noted)


def with_edits(before: Sequence[BaseMessage], after: Sequence[BaseMessage]) -> tuple[BaseMessage, ...]:
    """The messages after a turn; one that told an answer again keeps what was edited since that answer.

    Such a turn starts from where the answer began, and notes what was known then.
    """
    last = next(iter(reversed(list(notes(before)))), None)
    if AGAIN not in before[-1].additional_kwargs or last is None or last.how is None:
        return tuple(after)
    if last_facts(after) == last.facts:
        return tuple(after)
    return with_note(after, last.facts, last.how)


def _said(message: HumanMessage, number: int) -> Said:
    marks = message.additional_kwargs
    if given := marks.get(HOW):
        how = HowTold(given)
    elif marks.get(UPLOAD):
        how = HowTold.FILE
    else:
        how = HowTold.CHOSEN if marks.get(CHOICE) else HowTold.WRITTEN
    return Said(str(message.id), number, str(message.text), how, bool(marks.get(STRUCK)))


def _with_facts(progress: Progress, facts: Facts) -> Progress:
    memo = facts.memo if facts.memory is None else to_note(facts.memory)
    return replace(progress, profile=facts.profile, memo=memo)


def _arguments(progress: Progress) -> dict[str, object]:
    return {
        "profile": profile_arguments(progress.profile),
        "phase": progress.phase.value,
        "memo": progress.memo,
    }


def _rewritten(message: BaseMessage, kept: dict[str, Progress]) -> BaseMessage:
    if isinstance(message, ToolMessage) and message.tool_call_id in kept:
        return message.model_copy(update={"artifact": kept[message.tool_call_id]})
    if not isinstance(message, AIMessage) or not any(call["id"] in kept for call in message.tool_calls):
        return message
    calls = [
        {**call, "args": _arguments(kept[call["id"]])} if call["id"] in kept else call
        for call in message.tool_calls
    ]
    # Providers repeat the calls in parts of their own, which `tool_calls` stands for.
    marks = {name: value for name, value in message.additional_kwargs.items() if name != "tool_calls"}
    return message.model_copy(
        update={"tool_calls": calls, "additional_kwargs": marks, "content": str(message.text)}
    )

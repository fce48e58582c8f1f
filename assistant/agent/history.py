"""What can be read back from the messages of a conversation: results, what was said, events, usage."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from assistant.agent.citations import Evidence
from assistant.agent.results import OfferedChoices, Progress, ReadText, ToolResult
from assistant.domain.conversation import ToldTurn, ToolEvent, Usage
from assistant.domain.source import Source


def results(messages: Sequence[BaseMessage] | Iterator[BaseMessage]) -> Iterator[ToolResult]:
    """All that tools have brought, in the order of the messages."""
    for message in messages:
        if isinstance(message, ToolMessage) and isinstance(message.artifact, ToolResult):
            yield message.artifact


def last_spoken(messages: Sequence[BaseMessage]) -> AIMessage | None:
    """The last message of the model that is an answer; None before the first."""
    spoken = (m for m in reversed(messages) if isinstance(m, AIMessage))
    return next((m for m in spoken if not m.tool_calls and not m.invalid_tool_calls), None)


def last_text(messages: Sequence[BaseMessage]) -> str:
    """The text of the last answer; empty before the first."""
    spoken = last_spoken(messages)
    return spoken.text.strip() if spoken else ""


def tool_events(step: Sequence[BaseMessage], new: Sequence[BaseMessage]) -> Iterator[ToolEvent]:
    """The tools that a step has called; `new` holds the calls."""
    calls: dict[str | None, Any] = {
        call["id"]: call["args"] for m in new if isinstance(m, AIMessage) for call in m.tool_calls
    }
    for message in step:
        if isinstance(message, ToolMessage):
            sources: tuple[Source, ...] = (
                message.artifact.sources if isinstance(message.artifact, ToolResult) else ()
            )
            arguments = json.dumps(calls.get(message.tool_call_id, {}), ensure_ascii=False, default=str)
            yield ToolEvent(message.name or "", arguments, tuple(source.source_id for source in sources))


def years_in_digits(years: float) -> tuple[str, ...]:
    """The ways in which a number of years may be written in digits, as months too."""
    return f"{years:g}", f"{years:g}".replace(".", ","), str(round(years * 12))


def evidence_in(
    messages: Sequence[BaseMessage], names: frozenset[str], buttons: Iterable[str] = ()
) -> Evidence:
    """What the sentences of an answer may rest on: sources, and what the person wrote.

    Args:
        messages: The conversation.
        names: Authorities that only a source may vouch for, folded.
        buttons: What the page's buttons say.
    """
    sources = (source for result in results(messages) for source in result.sources)
    own_words = [str(m.text) for m in messages if isinstance(m, HumanMessage)]
    return Evidence.of(sources, [*own_words, *_worked_out(messages)], names, buttons)


def _worked_out(messages: Sequence[BaseMessage]) -> Iterator[str]:
    """What was worked out from the person's own words: lengths of work, levels that a CV tells of."""
    noted = [e for r in results(messages) if isinstance(r, Progress) for e in r.profile.experiences]
    pieces = [piece for r in results(messages) if isinstance(r, ReadText) for piece in r.pieces]
    # "Seven years" becomes 7, dates become a length, and two experiences of one kind are added up.
    for years in (*(e.years for e in noted), *(piece.years for piece in pieces)):
        if years is not None:
            yield from years_in_digits(years)
    yield from (piece.level for piece in pieces)


def usage(messages: list[BaseMessage]) -> Usage:
    """What the model's messages cost; seconds are left at 0."""
    spoken = [m for m in messages if isinstance(m, AIMessage)]
    counted = [m.usage_metadata for m in spoken if m.usage_metadata]
    return Usage(
        model_calls=len(spoken),
        input_tokens=sum(each["input_tokens"] for each in counted),
        output_tokens=sum(each["output_tokens"] for each in counted),
    )


def choice_label(choice_id: str, messages: Sequence[BaseMessage], turns: Sequence[ToldTurn] = ()) -> str:
    """What the pressed button said, so that any model can read it; its id where none was offered."""
    offered = [result.choices for result in results(messages) if isinstance(result, OfferedChoices)]
    # The buttons of a welcome are offered by no tool.
    offered += [turn.answer.choices for turn in turns[:1]]
    labels = {choice.choice_id: choice.label for choices in offered for choice in choices}
    return labels.get(choice_id, choice_id)


def last_progress(messages: Sequence[BaseMessage]) -> Progress:
    """What was noted last; an empty note before the first."""
    noted = (result for result in results(reversed(messages)) if isinstance(result, Progress))
    return next(noted, Progress())

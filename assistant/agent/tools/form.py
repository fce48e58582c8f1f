"""How a method becomes a tool of the agent, and what several tools need."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from assistant.agent.results import ToolResult
from assistant.agent.schemas import ProfileInput, argument_errors
from assistant.domain.concept import OccupationGroup
from assistant.domain.profile import Profile
from assistant.retrieval.knowledge import Knowledge

Tool: TypeAlias = Callable[..., Awaitable[tuple[str, ToolResult]]]
"""A method that gives the text for the model and the typed result beside it."""


def utc_now() -> str:
    """The time now, ISO 8601 in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def as_tool(method: Tool) -> BaseTool:
    """A method in the form that the agent takes; its docstring is what the model reads."""
    return StructuredTool.from_function(
        coroutine=method,
        parse_docstring=True,
        response_format="content_and_artifact",
        handle_tool_error=True,
        handle_validation_error=argument_errors,
    )


def group_of(knowledge: Knowledge, concept_id: str) -> OccupationGroup:
    """The occupation group that a model names.

    Raises:
        ToolException: There is none; the model is told where ids come from.
    """
    group = knowledge.catalogue.groups.get(concept_id)
    if group is None:
        raise ToolException(f"There is no occupation group {concept_id!r}. Use an id from find_occupations.")
    return group


def known_profile(knowledge: Knowledge, given: ProfileInput) -> Profile:
    """The profile with the codes that its concepts have, whatever the model wrote.

    Raises:
        ToolException: An experience is of no occupation group.
    """
    profile = given.to_profile()
    experiences = (
        replace(e, ssyk_code=group_of(knowledge, e.concept_id).ssyk_code) for e in profile.experiences
    )
    return replace(profile, experiences=tuple(experiences))

"""What goes around each call of a large model: limits, and an answer to calls that cannot be read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, hook_config
from langchain.agents.middleware.types import ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, InvalidToolCall, ToolMessage


class ModelTimeLimit(AgentMiddleware[Any, Any]):
    """Ends a call of the model that takes too long in all; the clients' own limits start anew with each byte.

    Args:
        limit_s: Longest time for one call, with retries.
    """

    def __init__(self, limit_s: float) -> None:
        super().__init__()
        self._limit_s = limit_s

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """Call the model.

        Raises:
            TimeoutError: It took longer than the limit.
        """
        async with asyncio.timeout(self._limit_s):
            return await handler(request)


class WholeAnswers(AgentMiddleware[Any, Any]):
    """Refuses an answer whose stream ended before the model said why: half a sentence, half a call."""

    async def aafter_model(self, state: AgentState[Any], runtime: Any) -> None:
        """Look at the reason.

        Raises:
            ConnectionError: There is none, from a provider that gives one.
        """
        told = state["messages"][-1].response_metadata
        if told.get("model_provider") == "openai" and not told.get("finish_reason"):
            raise ConnectionError("the answer ended in the middle")


class UnreadableCalls(AgentMiddleware[Any, Any]):
    """Sends tool calls whose arguments are no JSON back to the model at once.

    Without it the agent takes such a message for the end of the turn, and the person gets no answer.
    """

    @hook_config(can_jump_to=["model"])
    async def aafter_model(self, state: AgentState[Any], runtime: Any) -> dict[str, Any] | None:
        """Answer them, and go back to the model unless other calls of the same message are to run first."""
        last = state["messages"][-1]
        if not isinstance(last, AIMessage) or not last.invalid_tool_calls:
            return None
        answers = [_answer(call) for call in last.invalid_tool_calls if call.get("id")]
        if not answers:
            return None
        return {"messages": answers} if last.tool_calls else {"messages": answers, "jump_to": "model"}


def _answer(call: InvalidToolCall) -> ToolMessage:
    return ToolMessage(
        "The arguments are not valid JSON. Call the tool again, with one complete JSON object.",
        name=call["name"] or "unknown",
        tool_call_id=str(call["id"]),
        status="error",
    )

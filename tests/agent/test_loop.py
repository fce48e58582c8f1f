import asyncio
from typing import Any

import pytest
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    ToolCall,
    ToolMessage,
)
from langchain_core.tools import BaseTool, tool

from assistant.agent.loop import MOST_MODEL_CALLS, AgentLoop, Piece
from assistant.domain.language import Language
from assistant.errors import ModelError, PromptError, UpstreamTimeout
from assistant.prompts import load_prompt
from tests.fakes import ScriptedChatModel

ASKED = [HumanMessage("What is SFI?")]


@tool
async def weather(place: str) -> str:
    """Tell the weather."""
    if place == "nowhere":
        raise UpstreamTimeout(service="weather", operation="look")
    return f"Rain in {place}."


def calls_weather(place: str = "Umeå") -> AIMessage:
    return AIMessage(
        "", tool_calls=[ToolCall(name="weather", args={"place": place}, id="1", type="tool_call")]
    )


def loop_of(model: ScriptedChatModel, *, revises: bool = True, limit_s: float = 60.0) -> AgentLoop:
    tools: list[BaseTool] = [weather]
    revision = load_prompt("revise") if revises else None
    return AgentLoop(model, tools, load_prompt("system"), revision, call_limit_s=limit_s)


async def steps(loop: AgentLoop, messages: list[Any]) -> list[BaseMessage]:
    found = [step async for step in loop.run(messages, Language.EN)]
    return [message for step in found if not isinstance(step, Piece) for message in step]


async def test_a_turn_calls_tools_until_the_model_speaks() -> None:
    model = ScriptedChatModel(script=[calls_weather(), AIMessage("It rains.")])
    new = await steps(loop_of(model), ASKED)
    assert [type(message) for message in new] == [AIMessage, ToolMessage, AIMessage]
    assert model.bound_tools == ["weather"]
    assert [message.type for message in model.calls[1]] == ["system", "human", "ai", "tool"]
    assert model.calls[1][-1].text == "Rain in Umeå."


async def test_the_prompt_names_the_language() -> None:
    model = ScriptedChatModel(script=[AIMessage("Hej."), AIMessage("Hi.")])
    loop = loop_of(model)
    for language in Language:
        _ = [step async for step in loop.run(ASKED, language)]
    swedish, english = (calls[0].text for calls in model.calls)
    assert swedish != english


async def test_a_script_that_has_run_out_is_a_model_error() -> None:
    with pytest.raises(ModelError) as caught:
        await steps(loop_of(ScriptedChatModel(script=[calls_weather()])), ASKED)
    assert "ScriptRunOut" in caught.value.reason


async def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(UpstreamTimeout):
        await steps(loop_of(ScriptedChatModel(script=[calls_weather("nowhere")])), ASKED)


async def test_circles_end_without_an_answer() -> None:
    model = ScriptedChatModel(script=[calls_weather() for _ in range(MOST_MODEL_CALLS + 5)])
    new = await steps(loop_of(model), ASKED)
    assert len(model.calls) == MOST_MODEL_CALLS
    assert isinstance(new[-1], ToolMessage)


class SlowModel(ScriptedChatModel):
    """Thinks for a second before each answer."""

    async def _agenerate(self, *args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(1)
        return self._generate(*args, **kwargs)


async def test_a_call_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ModelError) as caught:
        await steps(loop_of(SlowModel(script=[AIMessage("Late.")]), limit_s=0.05), ASKED)
    assert "TimeoutError" in caught.value.reason


async def test_what_was_held_back_is_sent_back_once() -> None:
    model = ScriptedChatModel(script=[AIMessage("I do not know.")])
    answer = AIMessage("It takes 3 years.")
    new = await loop_of(model).revised([*ASKED, answer], Language.EN, ["It takes 3 years."])
    assert [message.text for message in new] == ["I do not know."]
    assert "It takes 3 years." in model.calls[0][-1].text


@pytest.mark.parametrize(("revises", "held_back"), [(True, []), (False, ["It takes 3 years."])])
async def test_nothing_is_sent_back_without_need_or_prompt(revises: bool, held_back: list[str]) -> None:
    model = ScriptedChatModel(script=[])
    assert await loop_of(model, revises=revises).revised(ASKED, Language.EN, held_back) == []
    assert model.calls == []


async def test_pieces_come_before_the_whole() -> None:
    model = ScriptedChatModel(script=[AIMessage("It rains.")])
    found = [step async for step in loop_of(model).run(ASKED, Language.EN)]
    assert isinstance(found[-1], list)
    assert not isinstance(found[-1][0], AIMessageChunk)


def test_a_prompt_with_another_variable_is_refused() -> None:
    with pytest.raises(PromptError):
        load_prompt("system").render(tongue="English")

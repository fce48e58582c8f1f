"""Fixtures for the tests of the agent: the product with a large model that plays a script over HTTP."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assistant.agent.session import Session
from assistant.build import Application, build_application
from assistant.domain.conversation import AnswerEvent, ErrorEvent, Event, TokenEvent, ToolEvent, UserInput
from assistant.domain.language import Language
from assistant.settings import Settings
from tests.standin.local import LocalServer
from tests.standin.openai import Fault, Reply, ScriptedOpenAI

MODEL_TIMEOUT_S = 3.0


@dataclass(frozen=True)
class TurnEvents:
    """All events of one turn, and what the person saw of it."""

    events: list[Event] = field(default_factory=list)

    @property
    def answer(self) -> AnswerEvent:
        last = self.events[-1]
        assert isinstance(last, AnswerEvent), last
        return last

    @property
    def tools(self) -> list[ToolEvent]:
        return [event for event in self.events if isinstance(event, ToolEvent)]

    @property
    def tokens(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, TokenEvent)]

    @property
    def errors(self) -> list[ErrorEvent]:
        return [event for event in self.events if isinstance(event, ErrorEvent)]

    @property
    def shown(self) -> str:
        """Every text of the model that reached the person: while it was written, and as the answer."""
        last = self.events[-1]
        return "".join(self.tokens) + "\n" + (last.text if isinstance(last, AnswerEvent) else "")


def messages_of(request: dict[str, Any], role: str) -> list[str]:
    """What the messages of one role say in a request to the model."""
    return [str(message["content"]) for message in request["messages"] if message["role"] == role]


class LargeModel:
    """A conversation with the scripted model; each `say` gives the events of a turn."""

    def __init__(self, server: ScriptedOpenAI, session: Session) -> None:
        self.server = server
        self.session = session

    async def say(
        self, message: str, *script: Reply | Fault, choice_id: str = "", tidy: bool = True
    ) -> TurnEvents:
        self.server.plays(*script)
        given = UserInput(message=message, choice_id=choice_id)
        turn = TurnEvents([event async for event in self.session.send(given)])
        if tidy:
            assert not self.server.unscripted, "the model was asked more often than the script has replies"
            assert not self.server.script, "the model was asked less often than the script has replies"
        return turn


@pytest.fixture(scope="module")
def model_server() -> Iterator[tuple[ScriptedOpenAI, str]]:
    """The scripted model, and the address to give as MODEL_BASE_URL."""
    scripted = ScriptedOpenAI()
    with LocalServer(scripted.app()) as running:
        yield scripted, f"{running.origin}/v1"


@pytest.fixture(scope="module")
def large_application(model_server: tuple[ScriptedOpenAI, str], index_dir: Path) -> Iterator[Application]:
    """The whole product; only the model is another than usual."""
    yield build_application(
        Settings(
            _env_file=None,
            model="openai:scripted",
            model_base_url=model_server[1],
            model_timeout_s=MODEL_TIMEOUT_S,
            live_sources=False,
            index_dir=index_dir,
        )
    )
    # The client keeps its connections until it is collected.
    gc.collect()


@pytest.fixture
def large(large_application: Application, model_server: tuple[ScriptedOpenAI, str]) -> LargeModel:
    return LargeModel(model_server[0], large_application.new_session(Language.EN))

"""The API on a local port, with the real product or a scripted one, and a client for it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from assistant.build import Application
from assistant.domain.conversation import Event
from assistant.prompts import load_texts
from assistant.ui.api.app import make_api
from tests.fakes import ScriptedApplication
from tests.standin.local import LocalServer

JsonObject = dict[str, Any]
Script = tuple[tuple[Event | Exception | float, ...], ...]


@dataclass(frozen=True)
class Api:
    """A client that knows one conversation, once it is begun."""

    http: httpx.Client

    def begin(self, **wanted: str) -> JsonObject:
        answer = self.http.post("/conversations", json=wanted)
        assert answer.status_code == 201
        return dict(answer.json())

    def say(self, secret: str, **said: str) -> list[JsonObject]:
        answer = self.http.post(f"/conversations/{secret}/messages", json=said)
        assert answer.status_code == 200, answer.text
        return events_in(answer.text)


def events_in(stream: str) -> list[JsonObject]:
    """The objects of a whole stream."""
    lines = [line for line in stream.split("\n") if line and not line.startswith(":")]
    assert all(line.startswith("data: ") for line in lines)
    return [json.loads(line.removeprefix("data: ")) for line in lines]


@contextmanager
def served(application: Application | ScriptedApplication) -> Iterator[Api]:
    api = make_api(application, load_texts(folder="ui"))  # type: ignore[arg-type]
    headers = {"Accept-Language": "en"}
    with (
        LocalServer(api) as server,
        httpx.Client(base_url=server.origin, headers=headers, timeout=30, trust_env=False) as http,
    ):
        yield Api(http)


@pytest.fixture
def scripted() -> Iterator[Callable[..., Api]]:
    """Serves an application that plays the given turns."""
    running = []

    def serve(*script: tuple[Event | Exception | float, ...]) -> Api:
        running.append(served(ScriptedApplication(script)))
        return running[-1].__enter__()

    yield serve
    for each in running:
        each.__exit__(None, None, None)


@pytest.fixture(scope="module")
def real(application: Application) -> Iterator[Api]:
    with served(application) as api:
        yield api

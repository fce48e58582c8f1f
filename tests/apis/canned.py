"""A server that gives set answers, for what no stand-in of a real service would say."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path, and its parameters by name (the last one of a name)."""

    path: str
    params: Mapping[str, str]


class Canned:
    """Answers by path with JSON bodies; 404 for every other path."""

    def __init__(self, answers: Mapping[str, object]) -> None:
        self.answers = dict(answers)
        self.asked: list[Asked] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        self.asked.append(Asked(request.url.path, dict(request.query_params)))
        found = request.url.path in self.answers
        response = JSONResponse(self.answers.get(request.url.path), 200 if found else 404)
        await response(scope, receive, send)

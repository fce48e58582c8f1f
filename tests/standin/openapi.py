"""Holds a stand-in, and what a client asks of it, to the official OpenAPI file of the real service."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from werkzeug.datastructures import ImmutableMultiDict


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; the path is below the service's base address."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    accept: str
    status: int
    content_type: str
    body: bytes

    def __str__(self) -> str:
        return f"{self.method} {self.path} {dict(self.query)} -> {self.status}"


class Recorder:
    """An ASGI app that passes requests on to another and keeps what was said."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.exchanges: list[Exchange] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said: list[Message] = []

        async def listen(message: Message) -> None:
            said.append(message)
            # Before the end is sent, so that whoever has the answer finds it kept.
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.exchanges.append(_exchange(scope, said))
            await send(message)

        await self._app(scope, receive, listen)


def _exchange(scope: Scope, said: list[Message]) -> Exchange:
    asked = {name.decode(): value.decode() for name, value in scope["headers"]}
    answered = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Exchange(
        method=scope["method"].lower(),
        path=scope["path"],
        query=tuple(parse_qsl(scope["query_string"].decode(), keep_blank_values=True)),
        accept=asked.get("accept", ""),
        status=said[0]["status"],
        content_type=answered.get("content-type", ""),
        body=b"".join(message.get("body", b"") for message in said[1:]),
    )


def _from_json(body: bytes, **parameters: str) -> Any:
    return json.loads(body)


class Specification:
    """An OpenAPI file, read; `json_types` are the media types that are JSON besides `application/json`."""

    def __init__(self, content: Mapping[str, Any], json_types: Iterable[str] = ()) -> None:
        # Paths are compared as they are below the base address, wherever the real servers are.
        mounted = {**content, "servers": [{"url": "/"}]}
        config = Config(extra_media_type_deserializers={name: _from_json for name in json_types})
        self._api = OpenAPI.from_dict(mounted, config=config)

    def check(self, exchange: Exchange) -> None:
        """Raise an error of openapi-core when the request or the answer breaks the specification."""
        request = MockRequest(
            "http://standin",
            exchange.method,
            exchange.path,
            args=ImmutableMultiDict(exchange.query),
            headers={"accept": exchange.accept},
        )
        self._api.validate_request(request)
        answer = MockResponse(
            exchange.body, status_code=exchange.status, content_type=exchange.content_type.split(";")[0]
        )
        self._api.validate_response(request, answer)

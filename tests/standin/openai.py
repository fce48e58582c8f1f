"""A large model as a local server: OpenAI's chat completions, played from a script.

The wire format follows https://platform.openai.com/docs/api-reference/chat-streaming: chunks as
server-sent events, tool calls in pieces by index, `finish_reason` last, usage when asked for, `[DONE]`.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

# The client outlives the event loops of single tests, and so would its connections.
_CLOSE = {"connection": "close"}
PROMPT_TOKENS, COMPLETION_TOKENS = 11, 7
_PIECE = re.compile(r"\s*\S{1,7}")
_TOKEN_IN_RESULTS = re.compile(r"\[#[0-9a-f]{6}\]")


@dataclass(frozen=True)
class ToolUse:
    """A tool call of the model; `arguments` is sent as JSON, a text as it is."""

    name: str
    arguments: dict[str, Any] | str


@dataclass(frozen=True)
class Reply:
    """One reply. `{source}` in the text becomes the first token of the newest tool result with one."""

    text: str = ""
    calls: tuple[ToolUse, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A reply that fails.

    Kinds: `429`, `500`, `slow` (says nothing for so long), `drip` (a word now and then), `malformed` (no
    JSON), `html`, `error` (an error object in the stream), `cut` (the connection breaks in mid-text),
    `unfinished` (the stream ends without a reason).
    """

    kind: str
    seconds: float = 5.0


@dataclass
class ScriptedOpenAI:
    """The server's app; `requests` are the bodies that came, `unscripted` those beyond the script."""

    script: list[Reply | Fault] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    unscripted: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    def plays(self, *script: Reply | Fault) -> None:
        """Begin a new script, and forget what was asked."""
        self.script, self.requests, self.unscripted = list(script), [], []

    async def _complete(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        if not self.script:
            self.unscripted.append(body)
            return _error(500, "the script has run out")
        reply = self.script.pop(0)
        if isinstance(reply, Fault):
            return await _failed(reply)
        reply = _with_token(reply, body)
        if body.get("stream"):
            return _stream(_events(reply, usage=_wants_usage(body)))
        return JSONResponse(_completion(reply), headers=_CLOSE)


def _wants_usage(body: dict[str, Any]) -> bool:
    return bool((body.get("stream_options") or {}).get("include_usage"))


def _with_token(reply: Reply, body: dict[str, Any]) -> Reply:
    results = [str(m["content"]) for m in body["messages"] if m["role"] == "tool"]
    tokens = [found[0] for result in results if (found := _TOKEN_IN_RESULTS.search(result))]
    return Reply(reply.text.replace("{source}", tokens[-1] if tokens else ""), reply.calls)


async def _failed(fault: Fault) -> Response:
    match fault.kind:
        case "429":
            return _error(429, "too many requests", {"retry-after-ms": "1"})
        case "500":
            return _error(500, "broken", {"retry-after-ms": "1"})
        case "html":
            return Response("<!doctype html><title>Gateway</title>", media_type="text/html", headers=_CLOSE)
        case "slow":
            await asyncio.sleep(fault.seconds)
            return _error(500, "too late")
        case _:
            return _stream(_broken(fault))


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    body = {"error": {"message": message, "type": "stand_in", "param": None, "code": None}}
    return JSONResponse(body, status, {**_CLOSE, **(headers or {})})


def _stream(events: AsyncIterator[str]) -> StreamingResponse:
    return StreamingResponse(events, media_type="text/event-stream", headers=_CLOSE)


async def _broken(fault: Fault) -> AsyncIterator[str]:
    yield _event({"role": "assistant", "content": ""})
    yield _event({"content": "Here is a beginning. And "})
    match fault.kind:
        case "drip":
            for _ in range(round(fault.seconds / 0.05)):
                yield _event({"content": "on "})
                await asyncio.sleep(0.05)
        case "malformed":
            yield 'data: {"id": "x", "choices": [{"delta"\n\n'
        case "error":
            yield f"data: {json.dumps({'error': {'message': 'overloaded', 'type': 'server_error'}})}\n\n"
        case "cut":
            raise ConnectionAbortedError("the stand-in hangs up")


async def _events(reply: Reply, *, usage: bool) -> AsyncIterator[str]:
    yield _event({"role": "assistant", "content": "" if reply.text else None})
    for piece in _PIECE.findall(reply.text):
        yield _event({"content": piece})
        await asyncio.sleep(0)
    for index, call in enumerate(reply.calls):
        for delta in _call_pieces(index, call):
            yield _event({"tool_calls": [delta]})
    yield _event({}, finish_reason="tool_calls" if reply.calls else "stop")
    if usage:
        yield _data({"choices": [], "usage": _usage()})
    yield "data: [DONE]\n\n"


def _call_pieces(index: int, call: ToolUse) -> Iterator[dict[str, Any]]:
    """Id and name first, then the arguments in pieces that respect nothing."""
    first = {"index": index, "id": _call_id(index, call), "type": "function"}
    yield {**first, "function": {"name": call.name, "arguments": ""}}
    arguments = _arguments(call)
    for start in range(0, len(arguments), 5):
        yield {"index": index, "function": {"arguments": arguments[start : start + 5]}}


def _arguments(call: ToolUse) -> str:
    return call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments)


def _call_id(index: int, call: ToolUse) -> str:
    return f"call_{call.name}_{index}"


def _event(delta: dict[str, Any], finish_reason: str | None = None) -> str:
    return _data({"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]})


def _data(values: dict[str, Any]) -> str:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    return f"data: {json.dumps({**head, **values})}\n\n"


def _usage() -> dict[str, int]:
    return {
        "prompt_tokens": PROMPT_TOKENS,
        "completion_tokens": COMPLETION_TOKENS,
        "total_tokens": PROMPT_TOKENS + COMPLETION_TOKENS,
    }


def _completion(reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.calls:
        message["tool_calls"] = [
            {
                "id": _call_id(index, call),
                "type": "function",
                "function": {"name": call.name, "arguments": _arguments(call)},
            }
            for index, call in enumerate(reply.calls)
        ]
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if reply.calls else "stop"}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "scripted"}
    return {**head, "choices": [choice], "usage": _usage()}

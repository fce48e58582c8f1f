"""Route for files: a CV is read in memory, and what is in it is taken as if it had been pasted."""

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import ClientDisconnect

from assistant.documents.document import LARGEST_BYTES, read_document
from assistant.documents.kinds import kind_of
from assistant.domain.conversation import UserInput
from assistant.errors import DocumentTooLarge
from assistant.ui.api.finding import AtRest, PageTexts, Served
from assistant.ui.api.problems import ApiProblem
from assistant.ui.api.turns import events_of_turn

router = APIRouter(tags=["files"])

_BODY = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


async def _received(request: Request) -> bytes:
    """The body, given up as soon as it is too large.

    Raises:
        DocumentTooLarge: More bytes than are read.
    """
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_BYTES:
            raise DocumentTooLarge(limit=f"{LARGEST_BYTES // 1_000_000} MB")
    return bytes(data)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was read; `digest` tells it from others."""

    digest: str
    user_input: UserInput


async def _text_of(data: bytes, request: Request) -> str:
    """The text of a file. Whoever stops listening stops the reading.

    Raises:
        ClientDisconnect: Nobody listens any more.
        DocumentError: It cannot be read.
    """
    stopped = threading.Event()
    reading = asyncio.create_task(asyncio.to_thread(read_document, data, is_stopped=stopped.is_set))
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            return reading.result()
        raise ClientDisconnect
    finally:
        stopped.set()
        leaving.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _read(
    request: Request,
    kept: AtRest,
    data: Annotated[bytes, Depends(_received)],
    again: Annotated[bool, Query(description="Read it although it was handed over before.")] = False,
) -> _File:
    """What the file says.

    Raises:
        ApiProblem: The same file was handed over before.
        DocumentError: It cannot be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    if digest in kept.files and not again:
        raise ApiProblem(HTTPStatus.CONFLICT, "same_file")
    text = await _text_of(data, request)
    return _File(digest, UserInput(message=text, file=kind_of(data).value))


@router.post(
    "/conversations/{id}/files",
    response_class=EventSourceResponse,
    openapi_extra={"requestBody": _BODY},
)
async def hand_over(
    file: Annotated[_File, Depends(_read)], kept: AtRest, application: Served, texts: PageTexts
) -> AsyncIterator[ServerSentEvent]:
    """Hand over a CV: the bytes of a PDF, DOCX or text file, at most 5 MB and 50 pages.

    What kind of file it is, its content tells. It is read in memory and is never written to disk. The
    answer comes as for a message. 409 with the reason `same_file` if it was handed over before, 413 if
    it is too large, 415 for another kind of file, 422 if it cannot be read.
    """
    before = kept.session.turns
    async for event in events_of_turn(application.conversations, kept, file.user_input, texts):
        yield event
    # A file whose turn was stopped or failed may be handed over once more.
    if len(kept.session.turns) > len(before):
        kept.files.add(file.digest)

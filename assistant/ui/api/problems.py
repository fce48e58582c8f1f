"""What goes wrong, as a status and one JSON object in plain words; nothing that was sent is said back."""

import logging
from collections.abc import Iterable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.domain.language import Language
from assistant.errors import (
    ChangeRefused,
    ConversationBusy,
    ConversationGone,
    DocumentError,
    DocumentTooLarge,
    DocumentUnsupported,
    GuidanceError,
    ImportRefused,
    ItemMissing,
    NothingToExport,
    StoreUnavailable,
)
from assistant.prompts import Texts
from assistant.ui.cards import preferred_language

logger = logging.getLogger(__name__)


class WrongField(BaseModel):
    """A field of what was sent that is missing or wrong."""

    field: str = Field(description="Where it is, such as `body.days`.")
    problem: str = Field(description="What is wrong with it, in English.")


class Problem(BaseModel):
    """What went wrong; the same object as an error in a stream, with a reason for programs."""

    type: str = "error"
    reason: str = Field(description="For programs: `not_found`, `busy`, `invalid`, `too_large`, ...")
    message: str = Field(description="For people, in the language of Accept-Language.")
    fields: list[WrongField] = Field(default_factory=list, description="What was wrong, if `invalid`.")


class ApiProblem(Exception):
    """A request that cannot be done; `reason` names the text `api.problem.<reason>`."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


_STATUSES: dict[type[GuidanceError], tuple[HTTPStatus, str]] = {
    ConversationBusy: (HTTPStatus.CONFLICT, "busy"),
    ConversationGone: (HTTPStatus.NOT_FOUND, "not_found"),
    ItemMissing: (HTTPStatus.NOT_FOUND, "no_item"),
    ChangeRefused: (HTTPStatus.UNPROCESSABLE_ENTITY, "change_refused"),
    ImportRefused: (HTTPStatus.UNPROCESSABLE_ENTITY, "import_refused"),
    NothingToExport: (HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_to_export"),
    StoreUnavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "no_store"),
}
_DOCUMENT_STATUSES: dict[type[DocumentError], tuple[HTTPStatus, str]] = {
    DocumentTooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large"),
    DocumentUnsupported: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_file"),
}
_UNREADABLE = (HTTPStatus.UNPROCESSABLE_ENTITY, "unreadable_file")
_BY_STATUS = {
    HTTPStatus.NOT_FOUND: "no_address",
    HTTPStatus.METHOD_NOT_ALLOWED: "no_method",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}


class _Problems:
    """Turns what goes wrong into answers."""

    def __init__(self, texts: Texts, guide_texts: Texts) -> None:
        self._texts = texts
        self._guide_texts = guide_texts

    async def refused(self, request: Request, error: ApiProblem) -> JSONResponse:
        return self._say(request, error.status, error.reason)

    async def unread(self, request: Request, error: DocumentError) -> JSONResponse:
        status, reason = _DOCUMENT_STATUSES.get(type(error), _UNREADABLE)
        message = self._guide_texts.say(error.text_key, _language(request))
        return _answer(status, Problem(reason=reason, message=message))

    async def failed(self, request: Request, error: GuidanceError) -> JSONResponse:
        if known := _STATUSES.get(type(error)):
            why = error.reason if isinstance(error, ChangeRefused | ImportRefused) else ""
            return self._say(request, *known, [WrongField(field="body", problem=why)] if why else [])
        return await self.broken(request, error)

    async def invalid(self, request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            WrongField(field=".".join(map(str, wrong["loc"])), problem=str(wrong["msg"]))
            for wrong in error.errors()
        ]
        return self._say(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields)

    async def not_served(self, request: Request, error: HTTPException) -> JSONResponse:
        status = HTTPStatus(error.status_code)
        return self._say(request, status, _BY_STATUS.get(status, "invalid"))

    async def broken(self, request: Request, error: Exception) -> JSONResponse:
        # The text of an error may hold what the person wrote, so only its kind is logged.
        logger.error("%s in the API", type(error).__name__)
        return self._say(request, HTTPStatus.INTERNAL_SERVER_ERROR, "failed")

    def _say(
        self, request: Request, status: HTTPStatus, reason: str, fields: Iterable[WrongField] = ()
    ) -> JSONResponse:
        message = self._texts.say(f"api.problem.{reason}", _language(request))
        return _answer(status, Problem(reason=reason, message=message, fields=list(fields)))


class _LastFence:
    """Answers what nobody foresaw; FastAPI's own answer would raise the error on into the server's log."""

    def __init__(self, app: ASGIApp, problems: _Problems) -> None:
        self._app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except HTTPException:
            # The limit of a body is told this way, to whoever set it.
            raise
        except Exception as error:
            response = await self._problems.broken(Request(scope), error)
            if not started:
                await response(scope, receive, send)


def tell_problems(api: FastAPI, texts: Texts, guide_texts: Texts) -> None:
    """Answer everything that goes wrong in the API with a `Problem`.

    Args:
        api: The API.
        texts: Those of the page.
        guide_texts: Those of the guide, which say what is wrong with a file.
    """
    problems = _Problems(texts, guide_texts)
    api.exception_handlers.update(
        {
            ApiProblem: problems.refused,
            DocumentError: problems.unread,
            GuidanceError: problems.failed,
            RequestValidationError: problems.invalid,
            HTTPException: problems.not_served,
        }
    )
    api.add_middleware(_LastFence, problems)


def _answer(status: HTTPStatus, problem: Problem) -> JSONResponse:
    return JSONResponse(problem.model_dump(), status_code=status)


def _language(request: Request) -> Language:
    return preferred_language(request.headers.get("accept-language", ""))

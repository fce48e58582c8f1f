"""The conversation that a request is about, as dependencies of the routes."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path, Request

from assistant.build import Application
from assistant.errors import ConversationBusy
from assistant.keeping.conversations import Kept
from assistant.prompts import Texts
from assistant.ui.api.problems import ApiProblem


def application_of(request: Request) -> Application:
    """The application that is served."""
    application: Application = request.app.state.application
    return application


Served = Annotated[Application, Depends(application_of)]
Secret = Annotated[str, Path(alias="id", description="The conversation's id. Whoever has it has all of it.")]


async def found(secret: Secret, application: Served) -> Kept:
    """The conversation, whatever it is doing.

    Raises:
        ApiProblem: There is none, or none any more.
    """
    if kept := await application.conversations.find(secret):
        return kept
    raise ApiProblem(HTTPStatus.NOT_FOUND, "not_found")


Found = Annotated[Kept, Depends(found)]


def at_rest(kept: Found) -> Kept:
    """The conversation while no answer is being written.

    Raises:
        ConversationBusy: One is.
    """
    if kept.turn.locked():
        raise ConversationBusy
    return kept


AtRest = Annotated[Kept, Depends(at_rest)]


def page_texts(request: Request) -> Texts:
    """The texts of the page."""
    texts: Texts = request.app.state.texts
    return texts


PageTexts = Annotated[Texts, Depends(page_texts)]


def export_texts(request: Request) -> Texts:
    """The texts of files to take along."""
    texts: Texts = request.app.state.export_texts
    return texts


ExportTexts = Annotated[Texts, Depends(export_texts)]

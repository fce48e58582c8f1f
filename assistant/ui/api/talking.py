"""Routes of the conversation itself: begin, say, read, save, forget."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.domain.conversation import UserInput
from assistant.ui.api.finding import AtRest, Found, PageTexts, Secret, Served
from assistant.ui.api.models import Consent, Conversation, NewConversation, Said, Until, conversation_of
from assistant.ui.api.turns import events_of_turn
from assistant.ui.cards import preferred_language

router = APIRouter(tags=["conversation"])


@router.post("/conversations", status_code=HTTPStatus.CREATED)
async def begin(
    application: Served,
    wanted: NewConversation | None = None,
    accept_language: Annotated[str, Header()] = "",
) -> Conversation:
    """Begin a conversation.

    It is in memory only, and gone after some hours without a word. Its only turn is the welcome.
    """
    language = (wanted and wanted.language) or preferred_language(accept_language)
    kept = application.conversations.begin(language)
    kept.session.welcome()
    return conversation_of(kept)


@router.get("/conversations/{id}")
async def read(kept: Found) -> Conversation:
    """The whole conversation as it stands, also while an answer is being written."""
    return conversation_of(kept)


@router.post("/conversations/{id}/messages", response_class=EventSourceResponse)
async def say(
    said: Said, kept: AtRest, application: Served, texts: PageTexts
) -> AsyncIterator[ServerSentEvent]:
    """Say something; the answer comes as server-sent events.

    Each event's data is one JSON object: any number of `token` and `tool`, then one `answer` or
    `error`, as in `chat --json`. Lines that begin with a colon keep the connection open. Whoever closes
    the connection before the answer stops it, and the conversation stands as before. 409 while another
    answer is being written.
    """
    user_input = UserInput(message=said.message, choice_id=said.choice)
    async for event in events_of_turn(application.conversations, kept, user_input, texts):
        yield event


@router.put("/conversations/{id}/saved")
async def save(consent: Consent, kept: Found, application: Served) -> Until:
    """Save the conversation, encrypted so that only its id opens it.

    What is said from now on is saved too. Saving again changes for how long.
    """
    return Until(saved_until=await application.conversations.save(kept, consent.days))


@router.delete("/conversations/{id}/saved", status_code=HTTPStatus.NO_CONTENT)
async def unsave(kept: Found, application: Served) -> None:
    """Delete what is saved; the conversation goes on in memory."""
    await application.conversations.unsave(kept)


@router.delete("/conversations/{id}", status_code=HTTPStatus.NO_CONTENT)
async def forget(secret: Secret, application: Served) -> None:
    """Delete everything, at once; an answer that is being written is stopped.

    The same answer for a conversation that never was.
    """
    await application.conversations.forget(secret)

"""What the page is sent: Chainlit's steps and elements, as the dictionaries that its page reads."""

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from chainlit.element import ElementDict
from chainlit.session import WebsocketSession
from chainlit.step import StepDict

from assistant.ui.cards import Props

# Under this name the page shows a run as the answer to the message above it, with a cursor while it lasts.
_RUN = "on_message"
# What the page has sent is marked when it comes back, so that it knows that it was received.
_RECEIVED: dict[str, object] = {"received": True}


async def send(tab: WebsocketSession, event: str, content: object) -> None:
    """Send an event to a tab; one without a connection does not get it."""
    # Chainlit types the method as if it returned nothing.
    await cast(Awaitable[None], tab.emit(event, content))


def new_id() -> str:
    """An id for a step or an element."""
    return str(uuid4())


def said_step(text: str, step_id: str) -> StepDict:
    """What the person said."""
    return _step(step_id, "user_message", "User", text, metadata=_RECEIVED)


def run_step(said_id: str) -> StepDict:
    """What is done to answer; it goes on until `end` is set."""
    return {**_step(new_id(), "run", _RUN, parent_id=said_id), "end": None}


def tool_step(name: str, run_id: str) -> StepDict:
    """A tool at work, in plain words."""
    return {
        **_step(new_id(), "tool", name, parent_id=run_id, metadata={"icon": "search"}),
        "showInput": False,
    }


def answer_step(text: str, run_id: str = "", *, is_error: bool = False) -> StepDict:
    """What the assistant says."""
    return {**_step(new_id(), "assistant_message", "Vägvisare", text, parent_id=run_id), "isError": is_error}


def element(name: str, props: Props, step_id: str = "") -> ElementDict:
    """An element that `public/elements/<name>.jsx` lays out, in a step or beside the conversation."""
    made = {
        "id": new_id(),
        "threadId": None,
        "type": "custom",
        "name": name,
        "display": "inline",
        "forId": step_id,
        "mime": "application/json",
        "url": f"/public/elements/{name}.jsx",
        "props": props,
    }
    return cast(ElementDict, made)


def now() -> str:
    """The time as Chainlit writes it."""
    return datetime.now(UTC).isoformat()


def _step(
    step_id: str,
    kind: str,
    name: str,
    output: str = "",
    *,
    parent_id: str = "",
    metadata: dict[str, object] | None = None,
) -> StepDict:
    at = now()
    made = {
        "id": step_id,
        "threadId": "",
        "parentId": parent_id or None,
        "createdAt": at,
        "start": at,
        "end": at,
        "input": "",
        "output": output,
        "name": name,
        "type": kind,
        "streaming": False,
        "isError": False,
        "waitForAnswer": False,
        "metadata": metadata or {},
    }
    return cast(StepDict, made)

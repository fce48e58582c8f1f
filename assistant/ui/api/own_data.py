"""Routes of the person's own data: see all of it, change it, strike it."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path

from assistant.ui.api.finding import AtRest, Found, Served
from assistant.ui.api.models import OwnData, own_data_of

router = APIRouter(tags=["own data"])

ItemId = Annotated[str, Path(description="The id of an item, as in the list of what is held.")]
MessageId = Annotated[str, Path(description="The `message_id` of a message of the person's.")]


@router.get("/conversations/{id}/data")
async def show(kept: Found) -> OwnData:
    """Everything that is held about the person, item by item, each with where it came from."""
    return own_data_of(kept.session.held())


@router.patch("/conversations/{id}/data/{item_id:path}")
async def change(
    item_id: ItemId,
    changes: Annotated[dict[str, Any], Body(description="The fields to change; the others stay.")],
    kept: AtRest,
    application: Served,
) -> OwnData:
    """Change an item, such as `{"years": 3}` of an experience; the answer is all that is held then.

    422 with the reason `change_refused` when the item cannot be changed like that.
    """
    kept.session.edit(item_id, changes)
    await application.conversations.keep(kept)
    return own_data_of(kept.session.held())


@router.delete("/conversations/{id}/data/{item_id:path}", status_code=HTTPStatus.NO_CONTENT)
async def strike(item_id: ItemId, kept: AtRest, application: Served) -> None:
    """Strike an item, and what was built on it."""
    kept.session.strike(item_id)
    await application.conversations.keep(kept)


@router.delete("/conversations/{id}/messages/{message_id}", status_code=HTTPStatus.NO_CONTENT)
async def strike_message(message_id: MessageId, kept: AtRest, application: Served) -> None:
    """Cut what a message said out of the whole conversation; items that were noted from it stay."""
    kept.session.strike_message(message_id)
    await application.conversations.keep(kept)

"""What is sent to the API and what it answers, besides the events of a turn."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.agent.event_objects import event_object
from assistant.agent.gate import LONGEST_CHOICE, LONGEST_INPUT
from assistant.agent.own_data.editing import EDITABLE
from assistant.domain.held import HeldData, HeldKind, HowTold
from assistant.domain.language import Language
from assistant.keeping.conversations import DEFAULT_DAYS, LONGEST_DAYS, SHORTEST_DAYS, Kept

Answer = Annotated[dict[str, Any], Field(description="An `answer` as in `chat --json`.")]


class _Sent(BaseModel):
    """Unknown fields are refused, so that a slip is noticed."""

    model_config = ConfigDict(extra="forbid")


class NewConversation(_Sent):
    """How to begin."""

    language: Language | None = Field(None, description="Language to begin in; else by Accept-Language.")


class Said(_Sent):
    """What the person says: words, or a choice that was offered."""

    message: str = Field("", description="Words, in Swedish or English.", max_length=LONGEST_INPUT)
    choice: str = Field("", description="The id of a choice.", max_length=LONGEST_CHOICE)

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if bool(self.message.strip()) == bool(self.choice):
            raise ValueError("send either a message or a choice")
        return self


class Consent(_Sent):
    """The person's consent to save the conversation, after having read what that means."""

    consent: Literal[True] = Field(description="Must be true: nothing is saved without consent.")
    days: int = Field(
        DEFAULT_DAYS, ge=SHORTEST_DAYS, le=LONGEST_DAYS, description="For how long; then it is deleted."
    )


class Until(BaseModel):
    """Until when the conversation is saved."""

    saved_until: datetime


class Turn(BaseModel):
    """What the person said, and the answer."""

    message_id: str = Field(description="Names the person's message; empty for the welcome.")
    said: str = Field(description="The person's words, or the button's; empty for the welcome.")
    answer: Answer


class Conversation(BaseModel):
    """A conversation as it stands."""

    id: str = Field(description="Keep it secret: whoever has it has the conversation.")
    language: Language = Field(description="The language that answers are written in now.")
    saved_until: datetime | None = Field(description="When the saved one is deleted; null if not saved.")
    is_answering: bool = Field(description="Whether an answer is being written right now.")
    turns: list[Turn] = Field(description="All that was said both ways, the welcome first.")


class ItemOrigin(BaseModel):
    """Where an item came from."""

    how: HowTold = Field(description="Written, chosen by a button, read in a file, edited or imported.")
    words: str = Field(description="The person's own words, or those of the button; shortened.")
    number: int = Field(description="Which of the person's messages it was, from 1; 0 if imported.")


class Item(BaseModel):
    """One item that is held."""

    id: str
    kind: HeldKind
    value: Any = Field(description="The item itself; a text for what is no part of the profile.")
    origin: ItemOrigin
    is_editable: bool = Field(description="Whether it can be changed; every item can be struck.")


class OwnMessage(BaseModel):
    """A message of the person's that is held."""

    message_id: str
    number: int
    text: str
    how: HowTold


class OwnData(BaseModel):
    """Everything that is held about the person; nothing else is kept anywhere."""

    items: list[Item]
    messages: list[OwnMessage]


def own_data_of(held: HeldData) -> OwnData:
    """What is held, to be sent."""
    items = [
        Item(
            id=item.item_id,
            kind=item.kind,
            value=item.value,
            origin=ItemOrigin(**asdict(item.origin)),
            is_editable=item.kind in EDITABLE,
        )
        for item in held.items
    ]
    return OwnData(items=items, messages=[OwnMessage(**asdict(message)) for message in held.messages])


def conversation_of(kept: Kept) -> Conversation:
    """A conversation, to be sent."""
    turns = [
        Turn(message_id=turn.message_id, said=turn.said, answer=event_object(turn.answer))
        for turn in kept.session.turns
    ]
    return Conversation(
        id=kept.secret,
        language=kept.session.language,
        saved_until=kept.saved_until,
        is_answering=kept.turn.locked(),
        turns=turns,
    )

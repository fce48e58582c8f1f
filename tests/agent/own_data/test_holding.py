"""Everything that is held is shown, and where it came from."""

from dataclasses import fields

from assistant.agent.guide.memory import Memory
from assistant.agent.own_data.facts import OF_CONVERSATION, OF_MEMORY, OF_PROFILE
from assistant.agent.own_data.file_form import RememberedForm
from assistant.agent.own_data.portable import REMEMBERED
from assistant.agent.session import Session
from assistant.domain.held import HeldItem, HowTold
from assistant.domain.profile import Experience, Profile
from tests.conversations.ended import Ended


def _item(session: Session, item_id: str) -> HeldItem:
    return next(item for item in session.held().items if item.item_id.startswith(item_id))


def test_every_field_has_a_home():
    assert {field.name for field in fields(Profile)} == OF_PROFILE.keys()
    assert {field.name for field in fields(Memory)} == OF_MEMORY.keys() | OF_CONVERSATION
    assert not OF_MEMORY.keys() & OF_CONVERSATION
    assert RememberedForm.model_fields.keys() == set(REMEMBERED)


def test_an_experience_came_from_where_it_was_told(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    driver = _item(session, "experience:")
    assert isinstance(driver.value, Experience)
    assert driver.value.ssyk_code == "8332"
    assert driver.origin.how is HowTold.WRITTEN
    assert driver.origin.number == 1, "told in the first message, though confirmed by a later one"
    assert "lastbil" in driver.origin.words
    place = _item(session, "place")
    assert (place.value, place.origin.words) == ("Borås", "jag bor i Borås")


def test_remembered_words_came_from_where_they_were_said(ended: Ended) -> None:
    told = _item(ended("lorry-driver-syria"), "note:told")
    assert told.origin.how is HowTold.WRITTEN
    assert str(told.value)[:20] in told.origin.words


def test_what_a_button_said_was_chosen(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    chosen = [m for m in session.held().messages if m.how is HowTold.CHOSEN]
    assert chosen
    assert not any(":" in message.text for message in chosen), "what the button said, not its id"

"""What holds of own data at the end of every dialogue, in one file: one worker plays them all once."""

import json
from typing import Any

import pytest

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.held import HeldKind
from tests.conversations.ended import ENDED, Ended

_MADE_ANEW = ("made_at", "shown")


def _told(session: Session) -> dict[str, Any]:
    """The file as it is read again, without times and what is shown anew."""
    file = json.loads(json.dumps(session.portable(), ensure_ascii=False))
    return {name: value for name, value in file.items() if name not in _MADE_ANEW}


@pytest.mark.parametrize("name", ENDED)
def test_every_item_has_an_id_of_its_own_and_an_origin(name: str, ended: Ended) -> None:
    session = ended(name)
    held = session.held()
    ids = [item.item_id for item in held.items]
    assert len(set(ids)) == len(ids)
    numbers = {message.number: message for message in held.messages}
    for item in held.items:
        assert item.origin.words, item.item_id
        assert item.origin.how is numbers[item.origin.number].how, item.item_id
    experiences = [item.value for item in held.items if item.kind is HeldKind.EXPERIENCE]
    assert experiences == list(session.profile.experiences)
    skills = sum(len(e.skills) for e in session.profile.experiences) + len(session.profile.skills)
    assert skills == len([item for item in held.items if item.kind is HeldKind.SKILL])
    assert len([i for i in held.items if i.kind is HeldKind.WISH]) == len(session.profile.wishes)


@pytest.mark.parametrize("name", ENDED)
def test_nothing_is_lost_on_the_way_out_and_in(name: str, application: Application, ended: Ended) -> None:
    session = ended(name)
    again = application.imported_session(json.loads(json.dumps(session.portable())))
    assert _told(again) == _told(session)
    assert again.profile == session.profile
    held = [(item.item_id, item.value, item.origin) for item in session.held().items]
    assert [(item.item_id, item.value, item.origin) for item in again.held().items] == held

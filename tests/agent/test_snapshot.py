"""A conversation as bytes and back: nothing is lost, and it goes on as if nothing had happened."""

import json
import zlib
from dataclasses import replace

import pytest

from assistant.agent.history import results
from assistant.agent.session import Session
from assistant.agent.snapshot import SessionState, from_snapshot, to_snapshot
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent, Usage, UserInput
from assistant.domain.language import Language
from assistant.errors import SnapshotBroken
from tests.agent.talking import answered
from tests.conversations.dialogue import DIALOGUES, read_dialogue
from tests.conversations.player import play

# Between them they bring every kind of result that the guide can ask for without a public API.
_PLAYED = ("compares-two", "cv-english", "lorry-driver-syria", "nurse-iran", "sums-up", "which-occupation")


async def _timeless(session: Session, sent: UserInput) -> AnswerEvent:
    # Time is the only thing that is new each time.
    return replace(await answered(session, sent), usage=Usage())


@pytest.mark.parametrize("name", _PLAYED)
async def test_a_conversation_comes_back_whole_and_goes_on_the_same(
    name: str, application: Application
) -> None:
    file = next(file for file in DIALOGUES if file.stem == name)
    dialogue = read_dialogue(file)
    session = application.new_session(dialogue.language)
    middle, sent = b"", []
    async for played in play(application, dialogue, session=session):
        sent.append(played.sent)
        snapshot = session.snapshot()
        assert from_snapshot(snapshot) == session.state
        if played.number == len(dialogue.turns) // 2:
            middle = snapshot

    resumed = application.restored_session(middle)
    for each in sent[len(dialogue.turns) // 2 :]:
        await _timeless(resumed, each)
    # Tools that are called at once bring their results in any order.
    brought = list(results(session.state.messages))
    for result in results(resumed.state.messages):
        brought.remove(result)
    assert brought == []
    assert [turn.answer.text for turn in resumed.turns] == [turn.answer.text for turn in session.turns]
    question = UserInput("Vad tjänar en undersköterska?")
    assert await _timeless(resumed, question) == await _timeless(session, question)


async def test_a_restored_conversation_keeps_its_language(application: Application) -> None:
    session = application.new_session(Language.SV)
    session.welcome()
    await _timeless(session, UserInput("I have worked as a cook for three years"))
    resumed = application.restored_session(session.snapshot())
    assert resumed.language is Language.EN
    assert resumed.profile == session.profile


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"no snapshot",
        zlib.compress(b"{"),
        zlib.compress(b"[1]"),
        zlib.compress(json.dumps({"version": 99, "language": "sv", "messages": [], "turns": []}).encode()),
        zlib.compress(json.dumps({"version": 1, "language": "sv"}).encode()),
        zlib.compress(
            json.dumps({"version": 1, "language": "sv", "messages": [{"type": "x"}], "turns": []}).encode()
        ),
    ],
    ids=("empty", "no-bytes-of-ours", "cut", "a-list", "another-version", "half", "unknown-message"),
)
def test_a_broken_snapshot_is_refused(broken: bytes) -> None:
    with pytest.raises(SnapshotBroken):
        from_snapshot(broken)


def test_an_empty_conversation_is_one_too() -> None:
    state = SessionState(Language.EN)
    assert from_snapshot(to_snapshot(state)) == state


def test_an_error_does_not_tell_what_was_said() -> None:
    tree = {"version": 1, "language": "sv", "messages": [], "turns": [{"said": "a secret"}]}
    with pytest.raises(SnapshotBroken) as caught:
        from_snapshot(zlib.compress(json.dumps(tree).encode()))
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__

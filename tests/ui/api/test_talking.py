import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.domain.conversation import ErrorEvent, TokenEvent
from assistant.keeping.conversations import Conversations
from assistant.keeping.store import Store
from assistant.keeping.vault import Vault
from tests.fakes import CONFIRM, PATHS, ScriptedApplication, streamed
from tests.ui.api.conftest import Api, events_in, served

Scripted = Callable[..., Api]


def state(api: Api, secret: str) -> dict[str, object]:
    return dict(api.http.get(f"/conversations/{secret}").json())


def when_at_rest(api: Api, secret: str) -> dict[str, object]:
    give_up = time.monotonic() + 10
    while (now := state(api, secret))["is_answering"]:
        assert time.monotonic() < give_up
        time.sleep(0.01)
    return now


def test_a_conversation_is_begun_spoken_in_and_read(real: Api):
    begun = real.begin(language="en")
    assert (begun["language"], begun["saved_until"], len(begun["turns"])) == ("en", None, 1)
    *before, answer = real.say(begun["id"], message="I drove a lorry for seven years in Syria")
    assert {event["type"] for event in before} == {"tool", "token"}
    assert answer["type"] == "answer"
    choice = next(c for c in answer["choices"] if c["id"].startswith("concept:"))
    *_, second = real.say(begun["id"], choice=choice["id"])
    assert second["profile"]["experiences"][0]["concept_id"] == choice["id"].removeprefix("concept:")
    read = state(real, begun["id"])
    assert [turn["said"] for turn in read["turns"]] == [  # type: ignore[attr-defined]
        "",
        "I drove a lorry for seven years in Syria",
        choice["label"],
    ]
    assert read["turns"][2]["answer"] == second  # type: ignore[index]


def test_the_language_is_the_readers_unless_asked_for(scripted: Scripted):
    api = scripted()
    assert api.begin()["language"] == "en"
    assert api.begin(language="sv")["language"] == "sv"
    assert api.http.post("/conversations", headers={"Accept-Language": "sv"}).json()["language"] == "sv"


def test_while_an_answer_is_written_another_is_refused(scripted: Scripted):
    api = scripted((TokenEvent("One "), 0.5, CONFIRM), streamed(PATHS))
    secret = api.begin()["id"]
    address = f"/conversations/{secret}/messages"
    with api.http.stream("POST", address, json={"message": "hello"}) as answering:
        lines = answering.iter_lines()
        next(lines)
        refused = api.http.post(address, json={"message": "hello again"})
        assert (refused.status_code, refused.json()["reason"]) == (409, "busy")
        assert state(api, secret)["is_answering"]
        rest = list(lines)
    assert '"answer"' in "".join(rest)
    assert api.say(secret, message="and now")[-1]["type"] == "answer"


def test_who_goes_away_stops_the_answer_and_nothing_has_changed(scripted: Scripted):
    api = scripted((TokenEvent("One "), 60.0, CONFIRM), streamed(PATHS))
    secret = api.begin()["id"]
    with api.http.stream("POST", f"/conversations/{secret}/messages", json={"message": "hello"}) as answering:
        next(answering.iter_lines())
    assert len(when_at_rest(api, secret)["turns"]) == 1  # type: ignore[arg-type]
    assert api.say(secret, message="again")[-1]["type"] == "answer"


def test_forgetting_stops_the_answer_and_leaves_nothing(scripted: Scripted):
    api = scripted((TokenEvent("One "), 60.0, CONFIRM))
    secret = api.begin()["id"]
    with api.http.stream("POST", f"/conversations/{secret}/messages", json={"message": "hello"}) as answering:
        lines = answering.iter_lines()
        next(lines)
        assert api.http.delete(f"/conversations/{secret}").status_code == 204
        assert events_in("\n".join(lines))[-1]["type"] == "error"
    assert api.http.get(f"/conversations/{secret}").status_code == 404
    assert api.http.delete(f"/conversations/{secret}").status_code == 204


def test_a_turn_that_breaks_tells_no_secrets_and_the_conversation_goes_on(scripted: Scripted):
    api = scripted((TokenEvent("One "), RuntimeError("Amal said this")), (ErrorEvent("no model"),))
    secret = api.begin()["id"]
    broken = api.say(secret, message="hello")
    assert [event["type"] for event in broken] == ["token", "error"]
    assert "Amal" not in str(broken)
    assert api.say(secret, message="again") == [{"type": "error", "message": "no model"}]


def test_nothing_is_saved_without_consent(scripted: Scripted):
    api = scripted()
    address = f"/conversations/{api.begin()['id']}/saved"
    for refused in ({}, {"consent": False}, {"consent": True, "days": 0}, {"consent": True, "days": 366}):
        assert api.http.put(address, json=refused).status_code == 422


def test_a_database_that_does_not_work_is_said_plainly(tmp_path: Path):
    database = tmp_path / "conversations.sqlite"
    database.write_bytes(b"no database" * 100)
    application = ScriptedApplication()
    vault = Vault(Store(f"sqlite:///{database}"))
    application.conversations = Conversations(application, vault, idle=timedelta(hours=1), most=9)  # type: ignore[arg-type]
    with served(application) as api:
        answer = api.http.get(f"/conversations/{'A' * 43}")
        assert (answer.status_code, answer.json()["reason"]) == (503, "no_store")
        refused = api.http.delete(f"/conversations/{'A' * 43}")
        assert (refused.status_code, refused.json()["reason"]) == (503, "no_store")
        assert api.begin()["turns"]


@pytest.mark.parametrize("secret", ["A" * 43, "A", "..%2F..%2Fetc", "%00", "A" * 5000])
def test_a_conversation_that_never_was_is_not_found(scripted: Scripted, secret: str):
    api = scripted()
    for method, path in (("GET", ""), ("DELETE", "/saved"), ("POST", "/files")):
        answer = api.http.request(method, f"/conversations/{secret}{path}")
        assert answer.status_code == 404
        assert answer.json()["type"] == "error"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"message": " "},
        {"message": "a", "choice": "b"},
        {"message": 7},
        {"message": "a", "more": 1},
        {"message": "a" * 10_001},
        [],
    ],
    ids=str,
)
def test_bad_input_is_refused_without_saying_it_back(scripted: Scripted, sent: object):
    api = scripted()
    answer = api.http.post(f"/conversations/{api.begin()['id']}/messages", json=sent)
    assert (answer.status_code, answer.json()["reason"]) == (422, "invalid")
    assert "aaaa" not in answer.text


def test_a_body_that_is_too_large_is_cut(scripted: Scripted):
    api = scripted()
    answer = api.http.post(f"/conversations/{api.begin()['id']}/messages", json={"message": "a" * 6_000_000})
    assert answer.status_code == 413


def test_what_nobody_foresaw_is_an_apology_and_no_secret_is_logged(caplog: pytest.LogCaptureFixture):
    application = ScriptedApplication()
    with served(application) as api:
        secret = api.begin()["id"]
        application.conversations = None  # type: ignore[assignment]
        answer = api.http.get(f"/conversations/{secret}")
    assert (answer.status_code, answer.json()["reason"]) == (500, "failed")
    assert "AttributeError" in caplog.text
    assert secret not in caplog.text


def test_other_addresses_and_methods_are_refused_plainly(scripted: Scripted):
    api = scripted()
    assert api.http.get("/nothing").json()["reason"] == "no_address"
    assert api.http.put("/conversations").json()["reason"] == "no_method"

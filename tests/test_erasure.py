"""What a person says is on no disk in plain text while it is saved, and nowhere at all once it is forgotten.

The product runs as a process of its own, and all that it may write to lies in one folder: database,
cache, log, temporary files, home. `tests/browser/test_forgetting.py` does the same with the page.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.browser.served import Running, running_server
from tests.disk import found_on_disk, pieces_of, saved_rows, settings_within
from tests.documents.files import docx_of
from tests.ui.api.conftest import events_in

# No word of any language, so that whatever holds one has it from the person.
SPOKEN, IN_FILE, EDITED, LATER = "qvarnzimt", "wexfjord", "bryxholm", "tjorvwick"
PLANTED = (SPOKEN, IN_FILE, EDITED, LATER)


@pytest.fixture
def settings(tmp_path: Path) -> Mapping[str, str]:
    return settings_within(tmp_path)


class Person:
    """Someone who talks to a server."""

    def __init__(self, running: Running) -> None:
        self.http = httpx.Client(base_url=f"{running.address}/api/v1", timeout=60, trust_env=False)

    def begin(self) -> str:
        return str(self.http.post("/conversations", json={"language": "sv"}).json()["id"])

    def send(self, secret: str, path: str, **content: object) -> dict[str, object]:
        answer = self.http.post(f"/conversations/{secret}{path}", **content)  # type: ignore[arg-type]
        answer.raise_for_status()
        return dict(events_in(answer.text)[-1])

    def tell_everything(self, secret: str) -> None:
        """Say the planted words in every way that there is, and save in the middle."""
        answer = self.send(
            secret, "/messages", json={"message": f"Jag har kört lastbil på {SPOKEN} i sju år"}
        )
        choices: list[dict[str, str]] = answer["choices"]  # type: ignore[assignment]
        choice = next(each["id"] for each in choices if each["id"].startswith("concept:"))
        self.send(secret, "/messages", json={"choice": choice})
        data = self.http.get(f"/conversations/{secret}/data").json()
        item = next(each["id"] for each in data["items"] if each["kind"] == "experience")
        changed = self.http.patch(f"/conversations/{secret}/data/{item}", json={"title": EDITED})
        changed.raise_for_status()
        self.http.put(f"/conversations/{secret}/saved", json={"consent": True}).raise_for_status()
        cv = docx_of("Arbetslivserfarenhet", f"Kock, Restaurang {IN_FILE}, 2015-2019", "Svenska: flytande")
        self.send(secret, "/files", content=cv)
        self.send(secret, "/messages", json={"message": f"Jag har varit frisör hos {LATER} också"})

    def forget(self, secret: str) -> None:
        assert self.http.delete(f"/conversations/{secret}").status_code == 204

    def is_known(self, secret: str) -> bool:
        return self.http.get(f"/conversations/{secret}").status_code == 200

    def close(self) -> None:
        self.http.close()


def test_nothing_is_left_on_disk(index_dir: Path, tmp_path: Path, settings: Mapping[str, str]):
    with (
        running_server(index_dir, tmp_path, settings) as running,
        closing(Person(running)) as person,
    ):
        secret = person.begin()
        person.tell_everything(secret)
        held = (
            person.http.get(f"/conversations/{secret}").text
            + person.http.get(f"/conversations/{secret}/data").text
        )
        assert [word for word in PLANTED if word not in held.lower()] == []
        assert found_on_disk(tmp_path, *PLANTED, secret) == []
        assert found_on_disk(tmp_path, "uvicorn running"), "the search finds what is there"
        (sealed,) = saved_rows(tmp_path)
        person.forget(secret)
        assert not person.is_known(secret)
    assert saved_rows(tmp_path) == []
    assert found_on_disk(tmp_path, *PLANTED, secret, *pieces_of(sealed)) == []


def test_a_killed_server_loses_nothing_saved_and_brings_nothing_back(
    index_dir: Path, tmp_path: Path, settings: Mapping[str, str]
):
    with (
        running_server(index_dir, tmp_path, settings) as running,
        closing(Person(running)) as person,
    ):
        saved, forgotten, unsaved, expired = (person.begin() for _ in range(4))
        for secret in (saved, forgotten, expired):
            person.send(secret, "/messages", json={"message": f"Jag har kört lastbil på {SPOKEN}"})
            person.http.put(f"/conversations/{secret}/saved", json={"consent": True}).raise_for_status()
        person.send(unsaved, "/messages", json={"message": f"Jag har varit kock på {LATER}"})
        before = person.http.get(f"/conversations/{saved}").json()
        person.forget(forgotten)
        message = json.dumps({"message": f"Jag har varit frisör hos {EDITED}"}).encode()
        with person.http.stream(
            "POST",
            f"/conversations/{saved}/messages",
            content=message,
            headers={"Content-Type": "application/json"},
        ):
            running.process.kill()
    database = tmp_path / "data" / "conversations.sqlite"
    with closing(sqlite3.connect(database)) as connection, connection:
        # Nobody can wait for a day here.
        last = connection.execute("SELECT max(rowid) FROM conversations").fetchone()[0]
        connection.execute("UPDATE conversations SET expires_at = '2026-01-01' WHERE rowid = ?", (last,))
    with (
        running_server(index_dir, tmp_path, settings) as running,
        closing(Person(running)) as person,
    ):
        after = person.http.get(f"/conversations/{saved}").json()
        assert after["turns"][: len(before["turns"])] == before["turns"]
        assert not any(person.is_known(secret) for secret in (forgotten, unsaved, expired))
        assert len(saved_rows(tmp_path)) == 1
        assert found_on_disk(tmp_path, *PLANTED, saved, forgotten, unsaved, expired) == []
        person.forget(saved)
    assert saved_rows(tmp_path) == []

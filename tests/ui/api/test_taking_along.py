import io
import zipfile
from dataclasses import dataclass

import pytest

from tests.ui.api.conftest import Api
from tests.ui.api.test_own_data import LORRY, told


@dataclass(frozen=True)
class File:
    id: str
    media_type: str
    begins: bytes


FILES = (
    File("pdf", "application/pdf", b"%PDF-"),
    File("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    File("jsonresume", "application/json", b"{"),
    File("elm", "application/ld+json", b"{"),
    File("json", "application/json", b"{"),
)


@pytest.fixture(scope="module")
def secret(real: Api) -> str:
    """A conversation in which a work and a skill have been confirmed."""
    secret = told(real)
    *_, answer = real.say(secret, choice="skip")
    real.say(secret, choice=next(c["id"] for c in answer["choices"] if c["id"].startswith("skill:")))
    return secret


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.id)
@pytest.mark.parametrize("languages", ["", "sv", "en,sv"])
def test_every_format_is_handed_over_as_a_file(real: Api, secret: str, case: File, languages: str):
    params = {"format": case.id, "languages": languages}
    answer = real.http.get(f"/conversations/{secret}/export", params=params)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == case.media_type
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.content.startswith(case.begins)


def test_badges_come_in_one_archive(real: Api, secret: str):
    answer = real.http.get(f"/conversations/{secret}/export", params={"format": "openbadges"})
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as badges:
        assert len(badges.namelist()) == 1


@pytest.mark.parametrize("format", ["openbadges", "elm"])
def test_where_nothing_has_been_told_there_is_no_file(real: Api, format: str):
    nothing = real.http.get(f"/conversations/{real.begin()['id']}/export", params={"format": format})
    assert (nothing.status_code, nothing.json()["reason"]) == (422, "nothing_to_export")


def test_our_own_file_begins_a_conversation_that_knows_the_same(real: Api, secret: str):
    file = real.http.get(f"/conversations/{secret}/export").json()
    begun = real.http.post("/conversations/import", json=file)
    assert begun.status_code == 201
    new = begun.json()["id"]
    assert new != secret
    data = [real.http.get(f"/conversations/{each}/data").json() for each in (secret, new)]
    assert [item["value"] for item in data[0]["items"]] == [item["value"] for item in data[1]["items"]]
    assert LORRY in str(data[1]["messages"])


@pytest.mark.parametrize("sent", [{}, {"format": "vagvisare", "version": 99}, {"format": "other"}], ids=str)
def test_another_file_is_refused(real: Api, sent: object):
    answer = real.http.post("/conversations/import", json=sent)
    assert (answer.status_code, answer.json()["reason"]) == (422, "import_refused")


@pytest.mark.parametrize(
    "wrong", [{"format": "exe"}, {"languages": "sv,fi"}, {"languages": "svenska"}], ids=str
)
def test_what_is_not_offered_is_refused(real: Api, secret: str, wrong: dict[str, str]):
    answer = real.http.get(f"/conversations/{secret}/export", params=wrong)
    assert (answer.status_code, answer.json()["reason"]) == (422, "invalid")

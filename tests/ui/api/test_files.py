import socket
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from assistant.documents.document import LARGEST_BYTES
from tests.documents.files import LINES, docx_of, pdf_of
from tests.fakes import CONFIRM, streamed
from tests.ui.api.conftest import Api, events_in

Scripted = Callable[..., Api]


@dataclass(frozen=True)
class Refused:
    id: str
    data: bytes
    status: int
    reason: str


REFUSED = (
    Refused("picture", b"\x89PNG" + bytes(100), 415, "unsupported_file"),
    Refused("empty", b"", 422, "unreadable_file"),
    Refused("broken", b"%PDF-1.7 nothing more", 422, "unreadable_file"),
    Refused("too large", b"a" * (LARGEST_BYTES + 1), 413, "too_large"),
)


@pytest.mark.parametrize("make", [pdf_of, docx_of], ids=["pdf", "docx"])
def test_a_file_is_read_and_answered_like_a_message(real: Api, make: Callable[..., bytes]):
    secret = real.begin(language="sv")["id"]
    answer = real.http.post(f"/conversations/{secret}/files", content=make(*LINES))
    assert answer.status_code == 200
    assert events_in(answer.text)[-1]["type"] == "answer"
    said = real.http.get(f"/conversations/{secret}").json()["turns"][1]["said"]
    assert LINES[0] not in said, "a whole file would bury the conversation"


def test_the_same_file_is_noticed_and_read_again_on_request(scripted: Scripted):
    api = scripted(streamed(CONFIRM), streamed(CONFIRM), streamed(CONFIRM))
    address, other = (f"/conversations/{api.begin()['id']}/files" for _ in range(2))
    data = "Jag har kört lastbil".encode()
    assert api.http.post(address, content=data).status_code == 200
    again = api.http.post(address, content=data)
    assert (again.status_code, again.json()["reason"]) == (409, "same_file")
    assert api.http.post(address, content=data, params={"again": "true"}).status_code == 200
    assert api.http.post(other, content=data).status_code == 200


def test_a_file_whose_turn_failed_is_read_again(scripted: Scripted):
    api = scripted((RuntimeError("broken"),), streamed(CONFIRM))
    address = f"/conversations/{api.begin()['id']}/files"
    for last in ("error", "answer"):
        answer = api.http.post(address, content=b"Jag kan laga cyklar")
        assert events_in(answer.text)[-1]["type"] == last


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.id)
def test_what_cannot_be_read_is_said_in_plain_words(scripted: Scripted, case: Refused):
    api = scripted(streamed(CONFIRM))
    address = f"/conversations/{api.begin()['id']}/files"
    answer = api.http.post(address, content=case.data)
    assert (answer.status_code, answer.json()["reason"]) == (case.status, case.reason)
    assert len(answer.json()["message"]) > 20
    # A file that was not read does not count as handed over.
    assert api.http.post(address, content=case.data).status_code == case.status


def test_a_file_that_is_too_large_is_refused_before_it_has_ended(scripted: Scripted):
    api = scripted()
    path = f"/conversations/{api.begin()['id']}/files"
    url = api.http.base_url
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: {url.host}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        for _ in range(LARGEST_BYTES // 100_000 + 1):
            connection.sendall(b"186a0\r\n" + bytes(100_000) + b"\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")

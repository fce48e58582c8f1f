import asyncio
import gzip
import json
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from assistant.apis.stale import accepting_stale
from assistant.apis.transport import Transport, TransportPolicy
from assistant.errors import UpstreamError, UpstreamMalformed, UpstreamRejected, UpstreamUnavailable
from tests.standin.local import LocalServer

PLANTED = "mitthemligaord"


@dataclass
class Source:
    """A service whose answers a test decides; every answer has its own number."""

    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    body: bytes | None = None
    seen: list[Request] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/here", lambda request: RedirectResponse("/data?moved=1")),
                Route("/there", lambda request: RedirectResponse("http://example.org/data")),
                Route("/around", lambda request: RedirectResponse("/around")),
                Route("/{path:path}", self.answer, methods=["GET", "POST"]),
            ]
        )

    async def answer(self, request: Request) -> Response:
        self.seen.append(request)
        etag = self.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return Response(status_code=304, headers=self.headers)
        if self.body is not None:
            return Response(self.body, self.status, self.headers, "application/json")
        return JSONResponse({"number": len(self.seen)}, self.status, self.headers)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Source, str]]:
    source = Source()
    with LocalServer(source.app()) as server:
        yield source, server.origin


@pytest.fixture
def source(running: tuple[Source, str]) -> Source:
    source, _ = running
    source.headers, source.status, source.body, source.seen = {}, 200, None, []
    return source


@pytest.fixture
def url(running: tuple[Source, str], source: Source) -> str:
    return running[1]


Open = Callable[..., Transport]


@pytest.fixture
async def opened(url: str, tmp_path: Path) -> AsyncIterator[Open]:
    """Makes transports with one cache file, and closes them."""
    async with AsyncExitStack() as stack:

        def make(*, base_url: str = url, lifetime_s: float = 60, **policy: float) -> Transport:
            file = tmp_path / "cache" / "made-up.db"
            settled = TransportPolicy(
                cache_file=file,
                cache_lifetime_s=lifetime_s,
                attempts=1,
                breaker_failures=99,
                **policy,  # type: ignore[arg-type]
            )
            transport = Transport("made up", base_url, settled)
            stack.push_async_callback(transport.aclose)
            return transport

        yield make


async def ask(transport: Transport, query: str = "", *, is_personal: bool = False) -> object:
    return await transport.get_json("/data", {"q": query}, operation="data", is_personal=is_personal)


def numbered(number: int) -> dict[str, int]:
    return {"number": number}


@dataclass(frozen=True)
class LifetimeCase:
    id: str
    headers: dict[str, str]
    lifetime_s: float
    is_kept: bool


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


LIFETIMES = (
    LifetimeCase("none stated", {}, 60, is_kept=True),
    LifetimeCase("none stated, none of ours", {}, 0, is_kept=False),
    LifetimeCase("public alone states none", {"Cache-Control": "public"}, 60, is_kept=True),
    LifetimeCase("the source's own", {"Cache-Control": "max-age=60"}, 0, is_kept=True),
    LifetimeCase("the source's own is nought", {"Cache-Control": "max-age=0"}, 60, is_kept=False),
    LifetimeCase("no-store", {"Cache-Control": "no-store"}, 60, is_kept=False),
    LifetimeCase("no-cache", {"Cache-Control": "no-cache"}, 60, is_kept=False),
    LifetimeCase("expires to come", {"Expires": in_an_hour()}, 0, is_kept=True),
    LifetimeCase("expired", {"Expires": "Sun, 06 Nov 1994 08:49:37 GMT"}, 60, is_kept=False),
    LifetimeCase("nonsense in expires", {"Expires": "0"}, 60, is_kept=False),
    LifetimeCase("varies with everything", {"Vary": "*"}, 60, is_kept=False),
    LifetimeCase("varies with what is the same", {"Vary": "Accept-Encoding"}, 60, is_kept=True),
)


ODD = (
    {"Cache-Control": "max-age=" + "9" * 400},
    {"Cache-Control": "max-age=-1"},
    {"Cache-Control": "max-age=soon, max-age"},
    {"Cache-Control": ',,="="",\\'},
    {"Cache-Control": "\xe5\xe4\xf6"},
    {"Expires": "Sun, 06 Nov 99999 08:49:37 GMT"},
    {"Age": "9" * 400},
    {"Age": "²"},
    {"ETag": ""},
    {"ETag": "no quotes", "Last-Modified": "long ago"},
    {"Vary": ",,,"},
    {"X": "y" * 5000},
)


@pytest.mark.parametrize("headers", ODD, ids=lambda headers: str(headers)[:40])
async def test_odd_headers_do_no_harm(headers: dict[str, str], source: Source, opened: Open) -> None:
    source.headers = headers
    transport = opened()
    for _ in range(3):
        assert await ask(transport) in (numbered(1), numbered(2), numbered(3))


DATES = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 2094 08:49:37 GMT", "yesterday")


@pytest.mark.parametrize("date", DATES)
async def test_a_false_date_makes_an_answer_neither_old_nor_ageless(
    date: str, source: Source, opened: Open
) -> None:
    source.headers = {"Date": date, "Cache-Control": "max-age=4"}
    transport = opened()
    assert [await ask(transport), await ask(transport)] == [numbered(1), numbered(1)]
    await asyncio.sleep(5.1)
    assert await ask(transport) == numbered(2)


async def test_the_age_in_the_sources_own_caches_counts(source: Source, opened: Open) -> None:
    source.headers = {"Cache-Control": "max-age=60", "Age": "61"}
    transport = opened()
    assert [await ask(transport), await ask(transport)] == [numbered(1), numbered(2)]


@pytest.mark.parametrize("case", LIFETIMES, ids=lambda case: case.id)
async def test_the_source_decides_how_long_an_answer_is_kept(
    case: LifetimeCase, source: Source, opened: Open
) -> None:
    source.headers = case.headers
    transport = opened(lifetime_s=case.lifetime_s)
    answers = [await ask(transport), await ask(transport)]
    assert answers == [numbered(1), numbered(1 if case.is_kept else 2)]


async def test_what_is_kept_outlives_the_process(source: Source, opened: Open) -> None:
    first = opened()
    await ask(first)
    await first.aclose()
    assert await ask(opened()) == numbered(1)


async def test_answers_are_kept_apart(source: Source, opened: Open) -> None:
    transport = opened()
    assert await ask(transport, "a") == numbered(1)
    assert await ask(transport, "b") == numbered(2)
    assert await ask(transport, "a") == numbered(1)
    raw = await transport.get_bytes("/data", {"q": "a"}, operation="data")
    assert json.loads(raw) == numbered(3)


async def test_an_old_answer_is_confirmed_and_not_sent_again(source: Source, opened: Open) -> None:
    source.headers = {"ETag": '"one"', "Cache-Control": "max-age=0"}
    transport = opened()
    for _ in range(3):
        assert await ask(transport) == numbered(1)
    assert [request.headers.get("If-None-Match") for request in source.seen] == [None, '"one"', '"one"']


async def test_an_old_answer_is_replaced(source: Source, opened: Open) -> None:
    source.headers = {"ETag": '"one"', "Cache-Control": "max-age=0"}
    transport = opened()
    await ask(transport)
    source.headers = {"ETag": '"two"', "Cache-Control": "max-age=60"}
    assert await ask(transport) == numbered(2)
    assert await ask(transport) == numbered(2)


async def test_a_compressed_answer_is_kept_and_read(source: Source, opened: Open) -> None:
    source.headers = {"Content-Encoding": "gzip"}
    source.body = gzip.compress(b'{"text": "sm\xc3\xb6rg\xc3\xa5s"}')
    transport = opened()
    for _ in range(2):
        assert await ask(transport) == {"text": "smörgås"}
    assert len(source.seen) == 1


@dataclass(frozen=True)
class BadCase:
    id: str
    status: int
    body: bytes
    error: type[UpstreamError]
    headers: dict[str, str] = field(default_factory=dict)


BAD = (
    BadCase("a missing page", 404, b"{}", UpstreamRejected),
    BadCase("a broken service", 500, b"{}", UpstreamUnavailable),
    BadCase("no JSON", 200, b"<p>", UpstreamMalformed),
    BadCase("nothing", 200, b"", UpstreamMalformed),
    BadCase("no text", 200, b'"\xff\xfe\xff"', UpstreamMalformed),
    BadCase("no number", 200, b'{"score": NaN}', UpstreamMalformed),
    BadCase("a number without end", 200, b"1" * 5000, UpstreamMalformed),
    BadCase("a bottomless list", 200, b"[" * 100_000, UpstreamMalformed),
    BadCase(
        "cut compression", 200, gzip.compress(b"[1]")[:-9], UpstreamMalformed, {"Content-Encoding": "gzip"}
    ),
    BadCase("false compression", 200, b"[1]", UpstreamMalformed, {"Content-Encoding": "gzip"}),
    BadCase("unknown compression", 200, b"[1]", UpstreamMalformed, {"Content-Encoding": "zstd"}),
    BadCase("compressed twice", 200, b"[1]", UpstreamMalformed, {"Content-Encoding": "gzip, gzip"}),
)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
async def test_what_is_no_answer_is_an_error_and_is_not_kept(
    case: BadCase, source: Source, opened: Open
) -> None:
    transport = opened()
    source.status, source.body, source.headers = case.status, case.body, case.headers
    with pytest.raises(case.error):
        await ask(transport)
    source.status, source.body, source.headers = 200, None, {}
    assert await ask(transport) == numbered(2)


async def test_a_status_other_than_200_is_not_kept(source: Source, opened: Open) -> None:
    source.status = 203
    transport = opened()
    assert [await ask(transport), await ask(transport)] == [numbered(1), numbered(2)]


def traces(folder: Path) -> list[str]:
    """Files that hold the planted word."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if PLANTED.encode() in file.read_bytes()]


async def test_nothing_personal_is_kept_on_disk(source: Source, opened: Open, tmp_path: Path) -> None:
    source.headers = {"Cache-Control": "max-age=60"}
    transport = opened()
    await ask(transport)
    for _ in range(2):
        await ask(transport, PLANTED, is_personal=True)
        await transport.post_json("/data", {"q": PLANTED}, operation="data", body={"text": PLANTED})
    source.body = json.dumps(PLANTED).encode()
    assert await ask(transport, "echo", is_personal=True) == PLANTED
    await transport.aclose()
    assert len(source.seen) == 6
    assert traces(tmp_path) == []


async def test_the_search_for_traces_finds_them(opened: Open, tmp_path: Path) -> None:
    transport = opened()
    await ask(transport, PLANTED)
    await transport.aclose()
    assert traces(tmp_path) == ["made-up.db"]


async def test_fresh_answers_are_given_while_the_breaker_is_open(source: Source, opened: Open) -> None:
    transport = opened()
    await ask(transport, "a")
    source.status = 503
    source.headers = {"Retry-After": "600"}
    for reason in ("503", "paused"):
        with pytest.raises(UpstreamUnavailable, match=reason):
            await ask(transport, "b")
    assert await ask(transport, "a") == numbered(1)


async def test_a_stale_answer_is_given_to_those_who_accept_it(source: Source, opened: Open) -> None:
    source.headers = {"Cache-Control": "max-age=0"}
    transport = opened()
    await ask(transport)
    source.status = 503
    with accepting_stale() as stale:
        assert await ask(transport) == numbered(1)
    assert [(answer.service, answer.operation) for answer in stale] == [("made up", "data")]
    assert datetime.now(UTC) - stale[0].answered_at < timedelta(hours=1)
    with pytest.raises(UpstreamUnavailable):
        await ask(transport)


async def test_a_stale_answer_is_noted_also_from_a_task(source: Source, opened: Open) -> None:
    source.headers = {"Cache-Control": "max-age=0"}
    transport = opened()
    await ask(transport)
    source.status = 503
    with accepting_stale() as stale:
        assert await asyncio.gather(ask(transport)) == [numbered(1)]
    assert len(stale) == 1


@dataclass(frozen=True)
class NoStaleCase:
    id: str
    first: dict[str, str]
    status: int
    query: str
    error: type[UpstreamError]


NO_STALE = (
    NoStaleCase("refused", {"Cache-Control": "max-age=0"}, 400, "", UpstreamRejected),
    NoStaleCase("never asked before", {"Cache-Control": "max-age=0"}, 503, "new", UpstreamUnavailable),
    NoStaleCase("forbidden", {"Cache-Control": "max-age=0, must-revalidate"}, 503, "", UpstreamUnavailable),
    NoStaleCase("not kept", {"Cache-Control": "no-store"}, 503, "", UpstreamUnavailable),
)


@pytest.mark.parametrize("case", NO_STALE, ids=lambda case: case.id)
async def test_there_is_not_always_a_stale_answer(case: NoStaleCase, source: Source, opened: Open) -> None:
    source.headers = case.first
    transport = opened()
    await ask(transport)
    source.status = case.status
    with accepting_stale() as stale, pytest.raises(case.error):
        await ask(transport, case.query)
    assert stale == []


async def test_a_personal_question_has_no_stale_answer(source: Source, opened: Open) -> None:
    transport = opened()
    await ask(transport)
    source.status = 503
    with accepting_stale(), pytest.raises(UpstreamUnavailable):
        await ask(transport, is_personal=True)


def spoil_header(file: Path) -> None:
    file.write_bytes(b"this is no database" * 1000)


def spoil_pages(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    file.write_bytes(raw)


def spoil_length(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def spoil_schema(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE entries (something TEXT)")
    connection.close()


@pytest.mark.parametrize("spoil", [spoil_header, spoil_pages, spoil_length, spoil_schema])
async def test_a_broken_file_is_begun_anew(
    spoil: Callable[[Path], None], opened: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = opened()
    await ask(first)
    await first.aclose()
    spoil(tmp_path / "cache" / "made-up.db")
    second = opened()
    assert await ask(second) == numbered(2)
    assert "begun anew" in caplog.text
    await ask(second)
    assert await ask(second) == await ask(second)
    await second.aclose()
    third = opened()
    answer = await ask(third)
    assert await ask(third) == answer


async def test_a_file_that_breaks_while_in_use_does_no_harm(
    source: Source, opened: Open, tmp_path: Path
) -> None:
    transport = opened()
    source.body = json.dumps("x" * 500_000).encode()
    await ask(transport)
    file = tmp_path / "cache" / "made-up.db"
    connection = sqlite3.connect(file)
    connection.execute("DELETE FROM streams")
    connection.commit()
    connection.close()
    assert await ask(transport) == "x" * 500_000
    assert len(source.seen) == 2
    await ask(transport)
    await ask(transport)
    assert len(source.seen) == 3


async def test_without_a_place_to_write_all_works_but_the_cache(
    opened: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    transport = opened()
    assert [await ask(transport), await ask(transport)] == [numbered(1), numbered(2)]
    assert caplog.text.count("cannot be used") == 1


_READER = """
import asyncio, sys
from pathlib import Path
from assistant.apis.transport import Transport, TransportPolicy

async def main(url, file):
    policy = TransportPolicy(cache_file=Path(file), cache_lifetime_s=60, deadline_s=30, timeout_s=30)
    transport = Transport("made up", url, policy)
    for number in range(30):
        await transport.get_json("/data", {"q": str(number % 10)}, operation="data")
    await transport.aclose()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_several_processes_share_the_file(source: Source, url: str, tmp_path: Path) -> None:
    file = str(tmp_path / "cache" / "made-up.db")
    readers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _READER, url, file, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    errors = [(await reader.communicate())[1] for reader in readers]
    assert errors == [b""] * 3
    assert [reader.returncode for reader in readers] == [0] * 3
    assert len(source.seen) <= 30


async def test_a_redirect_within_the_service_is_followed(source: Source, opened: Open) -> None:
    answer = await opened().get_json("/here", {}, operation="data")
    assert answer == numbered(1)
    assert source.seen[0].url.query == "moved=1"


@pytest.mark.parametrize("path", ["/there", "/around"])
async def test_other_redirects_are_not_followed(path: str, opened: Open) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        await opened().get_json(path, {"q": "a"}, operation="data")
    assert caught.value.status == 307


async def test_a_post_is_not_redirected(opened: Open) -> None:
    def moved(request: httpx.Request) -> httpx.Response:
        return httpx.Response(307, headers={"Location": "/data"})

    transport = Transport("made up", "http://localhost", TransportPolicy(), http=httpx.MockTransport(moved))
    with pytest.raises(UpstreamRejected):
        await transport.post_json("/x", {}, operation="data", body={})
    await transport.aclose()

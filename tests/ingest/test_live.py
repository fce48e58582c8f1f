"""Whole sources over HTTP, against the same sources from files."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.apis.susa import SusaClient
from assistant.apis.taxonomy import TaxonomyClient
from assistant.apis.transport import Transport, TransportPolicy
from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamMalformed, UpstreamRejected, UpstreamUnavailable
from assistant.settings import Settings
from ingest.findings import FindingKind
from ingest.mirror import Mirror
from ingest.progress import Progress
from ingest.sources.live import susa_reader, taxonomy_reader
from ingest.sync import sync, sync_files, sync_live
from tests.standin.local import LocalServer
from tests.standin.server import StandIn
from tests.standin.taxonomy.esco import invented_ids
from tests.standin.taxonomy.invented import DEPRECATED_ID, REPLACEMENT_ID

SETTINGS = Settings(_env_file=None)
FROM_FILES_ALONE = {
    "has_license",
    "has_skill",
    "has_skill_calculated",
    "has_vocational_qualification",
    "labour_flow_to",
    "similar_occupation",
    "similar_occupation_other_group",
}
"""Relations of Arbetsförmedlingen's open files and of SCB, which the APIs do not have."""

Row = dict[str, Any]
Connect = Callable[[str], Transport]


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror(tmp_path / "mirror.sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def files(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mirror]:
    """A mirror of the shared data's files."""
    with Mirror(tmp_path_factory.mktemp("files") / "mirror.sqlite") as opened:
        sync_files(opened, shared_dir / "data")
        yield opened


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    async with AsyncExitStack() as opened:

        def connect(url: str) -> Transport:
            transport = Transport("stand-in", url, TransportPolicy(timeout_s=30, deadline_s=60, attempts=1))
            opened.push_async_callback(transport.aclose)
            return transport

        yield connect


@pytest.mark.shared
def test_the_shared_data_is_read_with_the_counts_that_its_description_gives(files: Mirror) -> None:
    counts = files.counts()
    # 3,692 and 26 without a label; one skill of 6,791 has a word for an id.
    assert counts["occupation-name"] == 3692 - 26
    assert sum(1 for _ in files.concepts("occupation-name")) == 2179 - 26
    assert counts["skill"] == 6790
    assert sum(1 for _ in files.concepts("skill")) == 6740
    assert [counts[f"ssyk-level-{level}"] for level in (1, 2, 3, 4)] == [10, 46, 147, 400]
    assert [counts[name] for name in ("esco-occupation", "esco-skill", "isco-group")] == [3042, 14183, 619]
    assert files.relation_counts()["essential_skill"] == 67622 + 189
    missing = sum(finding.kind is FindingKind.MISSING_LABEL for finding in files.findings())
    assert missing == 26 + 16
    assert [totals.system for totals in files.totals() if totals.read != totals.kept + totals.set_aside] == []
    english = sum(1 for record in files.concepts("occupation-name") if record.label_en)
    assert english == 763


@pytest.mark.shared
async def test_the_apis_and_the_files_give_the_same(
    taxonomy_standin: StandIn, files: Mirror, mirror: Mirror
) -> None:
    addresses = Addresses.below(taxonomy_standin.origin)
    await sync_live(mirror, addresses, SETTINGS)
    assert live_counts(mirror) == files.counts()
    from_files = {k: n for k, n in files.relation_counts().items() if k not in FROM_FILES_ALONE}
    # One occupation has two groups in the files, of sources of different age; the API gives the newer.
    from_files["broader"] -= 1
    assert mirror.relation_counts() == from_files
    assert list(mirror.educations()) == list(files.educations())
    assert list(mirror.all_events()) == list(files.all_events())
    assert codes(mirror) == codes(files)
    assert labels(mirror, "esco-occupation") == labels(files, "esco-occupation")
    assert labels(mirror, "esco-skill") == labels(files, "esco-skill")
    assert labels(mirror, "occupation-name") == labels(files, "occupation-name")
    assert labels(mirror, "skill") == labels(files, "skill")
    assert mirror.replacements() == {DEPRECATED_ID: REPLACEMENT_ID}
    for totals in mirror.totals():
        assert totals.read == totals.kept + totals.set_aside + totals.removals, totals

    before = mirror.content_hash()
    taxonomy_standin.reset()
    await sync_live(mirror, addresses, SETTINGS)
    assert mirror.content_hash() == before
    asked = taxonomy_standin.requests
    assert not any(path.startswith("/esco") for path in asked)
    assert sum(count for path, count in asked.items() if path.startswith("/taxonomy")) == 1


def live_counts(mirror: Mirror) -> dict[str, int]:
    """The counts without what the stand-in has invented, and without the one type that no file has."""
    counts = mirror.counts()
    invented = {
        record.concept_id
        for record in mirror.concepts("jobtech-esco-skill", include_deprecated=True)
        if record.concept_id in invented_ids()
    }
    counts["jobtech-esco-skill"] -= len(invented)
    counts["occupation-name"] -= 1
    del counts["jobtech-esco-occupation"]
    return counts


def labels(mirror: Mirror, type: str) -> list[tuple[str, str, str, bool]]:
    return [
        (record.concept_id, record.label_sv, record.label_en, record.deprecated)
        for record in mirror.concepts(type, include_deprecated=True)
        if record.concept_id != DEPRECATED_ID
    ]


def codes(mirror: Mirror) -> dict[str, str]:
    """Codes by concept; those of regions are in the API alone."""
    return {
        record.concept_id: record.code
        for record in mirror.concepts(include_deprecated=True)
        if record.code and record.type not in ("region", "municipality")
    }


class SmallTaxonomy:
    """A taxonomy of so many skills, all else empty; it may heed the limit and the offset or not."""

    def __init__(self, skills: int, *, heeds_limit: bool = True, heeds_offset: bool = True) -> None:
        self.skills = skills
        self.version = 30
        self._heeds = heeds_limit, heeds_offset
        self.app = Starlette(routes=[Route("/graphql", self._graphql)])

    async def _graphql(self, request: Request) -> JSONResponse:
        query = request.query_params["query"]
        if "versions" in query:
            return JSONResponse({"data": {"versions": [{"id": self.version}]}})
        rows = [
            {"id": f"skil_{n:03d}_aaa", "type": "skill", "preferred_label": f"Kunskap {n}"}
            for n in range(self.skills if '"skill"' in query else 0)
        ]
        limit, offset = (int(re.findall(rf"{name}: (\d+)", query)[0]) for name in ("limit", "offset"))
        heeds_limit, heeds_offset = self._heeds
        start = offset if heeds_offset else 0
        return JSONResponse({"data": {"concepts": rows[start : start + limit if heeds_limit else None]}})


@dataclass(frozen=True)
class PagingCase:
    id: str
    heeds_limit: bool
    heeds_offset: bool


PAGING = (
    PagingCase("as-asked", heeds_limit=True, heeds_offset=True),
    PagingCase("all-at-once", heeds_limit=False, heeds_offset=True),
    PagingCase("always-all", heeds_limit=False, heeds_offset=False),
)


@pytest.mark.parametrize("case", PAGING, ids=lambda case: case.id)
async def test_every_concept_is_read_once_however_the_service_pages(
    case: PagingCase, connect: Connect, mirror: Mirror
) -> None:
    taxonomy = SmallTaxonomy(990, heeds_limit=case.heeds_limit, heeds_offset=case.heeds_offset)
    with LocalServer(taxonomy.app) as server:
        await sync(mirror, await taxonomy_reader(TaxonomyClient(connect(server.origin))))
    mirror.settle()
    assert mirror.counts() == {"skill": 990}
    assert mirror.totals()[0].read == 990


async def test_a_service_that_gives_the_same_page_for_ever_is_given_up(
    connect: Connect, mirror: Mirror
) -> None:
    with LocalServer(SmallTaxonomy(990, heeds_offset=False).app) as server:
        reader = await taxonomy_reader(TaxonomyClient(connect(server.origin)))
        with pytest.raises(UpstreamMalformed, match="same page"):
            await sync(mirror, reader)


async def test_a_version_is_read_once_and_the_next_one_anew(connect: Connect, mirror: Mirror) -> None:
    taxonomy = SmallTaxonomy(3)
    steps: list[str] = []
    progress = Progress(on_step=lambda name, total: steps.append(name), on_done=lambda name, count: None)
    with LocalServer(taxonomy.app) as server:
        for version, skills, reads in ((30, 3, True), (30, 2, False), (31, 2, True)):
            taxonomy.version, taxonomy.skills = version, skills
            steps.clear()
            reader = await taxonomy_reader(TaxonomyClient(connect(server.origin)))
            await sync(mirror, reader, progress)
            assert bool(steps) == reads
    assert mirror.counts() == {"skill": 2}
    assert [source.version for source in mirror.versions()] == ["31"]


class SmallSusa:
    """Susa-navet with the rows of its lists; remembers what it was asked."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {
            "educationInfos": [info(1), info(2)],
            "educationEvents": [event(1), event(2)],
            "educationProviders": [
                {"id": "p.1", "status": "ACTIVE", "content": {"identifier": "p.1", "name": text("Skolan")}}
            ],
        }
        self.since: list[tuple[str, str]] = []
        self.app = Starlette(routes=[Route("/{kind}", self._list)])

    async def _list(self, request: Request) -> JSONResponse:
        kind = request.path_params["kind"]
        self.since.append((kind, request.query_params.get("updatedSince", "")))
        rows = self.rows.get(kind)
        if rows is None:
            return JSONResponse({}, 503)
        page = {"totalElements": len(rows), "totalPages": 1, "pageNumber": 0, "size": 2000}
        return JSONResponse({"links": [], kind: rows, "page": page})


def text(value: str) -> Row:
    return {"strings": [{"lang": "swe", "value": value}]}


def info(number: int, title: str = "Kurs") -> Row:
    content = {
        "identifier": f"i.{number}",
        "title": text(f"{title} {number}"),
        "type": {"type": "C_SchoolType", "code": "YH"},
    }
    return {"id": f"i.{number}", "status": "ACTIVE", "content": content}


def event(number: int) -> Row:
    content = {"identifier": f"e.{number}", "education": f"i.{number}", "providers": ["p.1"]}
    return {"id": f"e.{number}", "status": "ACTIVE", "content": content}


def gone(record_id: str) -> Row:
    return {"id": record_id, "status": "DELETED", "content": None}


async def sync_susa(mirror: Mirror, client: SusaClient) -> None:
    await sync(mirror, susa_reader(client, mirror))
    mirror.settle()


async def test_susa_is_read_in_whole_and_then_only_what_has_changed(connect: Connect, mirror: Mirror) -> None:
    susa = SmallSusa()
    with LocalServer(susa.app) as server:
        client = SusaClient(connect(server.origin))
        await sync_susa(mirror, client)
        assert {since for _, since in susa.since} == {""}
        assert mirror.counts() == {"education": 2, "education-event": 2}
        assert {record.provider for record in mirror.all_events()} == {"Skolan"}

        susa.since.clear()
        susa.rows["educationInfos"] = [info(2, "Ny kurs"), gone("i.1"), {"id": "i.3", "status": "ACTIVE"}]
        susa.rows["educationEvents"] = []
        await sync_susa(mirror, client)
    asked = {kind: since for kind, since in susa.since}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", asked["educationInfos"])
    assert asked["educationInfos"] == asked["educationEvents"]
    assert asked["educationProviders"] == ""
    assert [record.title_sv for record in mirror.educations()] == ["Ny kurs 2"]
    assert [record.event_id for record in mirror.all_events()] == ["e.2"]
    unreadable = [f.record_id for f in mirror.findings() if f.kind is FindingKind.UNREADABLE]
    assert unreadable == ["i.3"]
    assert mirror.totals()[0].is_partial
    assert mirror.totals()[0].removals == 1


async def test_susa_is_read_in_whole_after_files(connect: Connect, mirror: Mirror) -> None:
    mirror.begin("Susa-navet", "files 1")
    mirror.finish("Susa-navet", "sample", "2026-11-22")
    susa = SmallSusa()
    with LocalServer(susa.app) as server:
        await sync_susa(mirror, SusaClient(connect(server.origin)))
    assert {since for _, since in susa.since} == {""}
    assert mirror.counts() == {"education": 2, "education-event": 2}


async def test_susa_carries_on_where_a_reading_was_broken_off(connect: Connect, mirror: Mirror) -> None:
    susa = SmallSusa()
    events = susa.rows.pop("educationEvents")
    with LocalServer(susa.app) as server:
        client = SusaClient(connect(server.origin))
        with pytest.raises(UpstreamUnavailable):
            await sync_susa(mirror, client)
        susa.rows["educationEvents"] = events
        susa.since.clear()
        await sync_susa(mirror, client)
    assert "educationInfos" not in {kind for kind, _ in susa.since}
    assert mirror.counts() == {"education": 2, "education-event": 2}
    assert mirror.totals()[0].read == 4


async def test_a_source_that_is_down_leaves_what_was_read(
    connect: Connect, standin: StandIn, mirror: Mirror
) -> None:
    with LocalServer(SmallTaxonomy(3).app) as server:
        await sync(mirror, await taxonomy_reader(TaxonomyClient(connect(server.origin))))
    before = mirror.content_hash()
    with pytest.raises(UpstreamUnavailable):
        await taxonomy_reader(TaxonomyClient(connect(standin.fault_url("503"))))
    with pytest.raises(UpstreamUnavailable):
        await sync_susa(mirror, SusaClient(connect(standin.fault_url("503", "susa"))))
    assert mirror.content_hash() == before


async def test_an_answer_that_lacks_most_of_a_type_removes_nothing(connect: Connect, mirror: Mirror) -> None:
    taxonomy = SmallTaxonomy(100)

    async def read() -> None:
        await sync(mirror, await taxonomy_reader(TaxonomyClient(connect(server.origin))))

    with LocalServer(taxonomy.app) as server:
        await read()
        taxonomy.version, taxonomy.skills = 31, 0
        for _ in range(2):
            with pytest.raises(UpstreamMalformed, match="most of skill"):
                await read()
        assert mirror.counts() == {"skill": 100}
        assert [source.version for source in mirror.versions()] == ["30"]
        taxonomy.skills = 60
        await read()
    assert mirror.counts() == {"skill": 60}
    assert [source.version for source in mirror.versions()] == ["31"]


async def test_the_other_sources_are_read_when_one_is_down(connect: Connect, mirror: Mirror) -> None:
    with LocalServer(SmallTaxonomy(3).app) as taxonomy, LocalServer(SmallSusa().app) as susa:
        # Nothing answers at the taxonomy's server for ESCO, so it refuses what it is asked.
        addresses = Addresses(taxonomy=taxonomy.origin, susa=susa.origin, esco=taxonomy.origin)
        with pytest.raises(UpstreamRejected):
            await sync_live(mirror, addresses, SETTINGS)
    assert mirror.counts() == {"skill": 3, "education": 2, "education-event": 2}

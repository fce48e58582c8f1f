"""Qualifications from a file, a folder, an archive or an address, through the mirror into the index."""

import asyncio
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.apis.elm_graph import ElmFormat
from assistant.apis.qualifications import LearningOutcome, Qualification
from assistant.domain.education import QUALIFICATION, TieOrigin
from assistant.errors import UpstreamError, UpstreamMalformed, UpstreamRejected, UpstreamUnavailable
from assistant.guidance.education_search import EducationSearch
from assistant.guidance.whereabouts import Whereabouts
from assistant.settings import PROJECT_DIR, Settings
from ingest.build import Content, build_index
from ingest.checked import read_held
from ingest.findings import FindingKind
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.progress import QUIET, Progress
from ingest.quality.snapshot import read_snapshot
from ingest.records import EducationRecord, Removal, SubjectCode
from ingest.sources.qualification_records import SYSTEM, qualification_to_record
from ingest.sources.starter import read_starter
from ingest.sync import sync_files, sync_qualifications
from tests.encoders import WordEncoder
from tests.ingest.building import PLACES, TINY, opened
from tests.ingest.folders import rows, write_folder
from tests.standin.local import LocalServer

DATA = Path(__file__).parent.parent / "data" / "qualifications"
SETTINGS = Settings(_env_file=None)
SKILL = "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000001"
BAKER = EducationRecord(
    "elm.54e5ac5d8f9296649f52c087",
    SYSTEM,
    title_sv="Påhittad bageritekniker",
    title_en="Invented bakery technician",
    description_sv="Sköter ugnar som inte finns.\nKan baka utan mjöl.\nLäsa ett recept\nSköta en ugn",
    school_type=QUALIFICATION,
    code="https://example.org/kvalifikationer/1",
    seqf_level=5,
    subjects=(SubjectCode("ISCED-F", "07"), SubjectCode("ISCED-F", "0721"), SubjectCode("ESCO", SKILL)),
    url="https://example.org/bageri",
)
# Invented, as the documents of tests/data/qualifications.
WELDER = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix elm: <http://data.europa.eu/snb/model/elm/> .
<https://example.org/kvalifikationer/{number}> a elm:Qualification ;
    dct:title "Påhittad svetsare {number}"@sv ;
    elm:EQFLevel <http://data.europa.eu/snb/eqf/4> .
"""


def welder(number: int) -> bytes:
    return WELDER.format(number=number).encode()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror(tmp_path / "index" / MIRROR_FILE) as opened:
        yield opened


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with the bakery technician, to change."""
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(DATA / "one.ttl", folder)
    return folder


async def read(mirror: Mirror, source: Path | str) -> None:
    await sync_qualifications(mirror, str(source), SETTINGS)


def held(mirror: Mirror) -> list[str]:
    return sorted(education.title_sv for education in mirror.educations())


MADE_UP = Qualification(
    uri="https://example.org/q",
    titles={"sv": "Prov"},
    descriptions={},
    summaries={},
    eqf_level=None,
    nqf_level=None,
    learning_outcomes=(),
    awarding_body="",
    isced_codes=(),
    homepage="",
    languages=(),
    is_withdrawn=False,
    source_format=ElmFormat.TURTLE,
)


def record_of(**changes: object) -> EducationRecord:
    record = qualification_to_record(replace(MADE_UP, **changes))  # type: ignore[arg-type]
    assert isinstance(record, EducationRecord)
    return record


@dataclass(frozen=True)
class Level:
    id: str
    nqf: int | None
    eqf: int | None
    expected: int


LEVELS = (
    Level("the Swedish one", 6, 6, 6),
    Level("the Swedish one before the European one", 5, 4, 5),
    Level("the European one alone", None, 3, 3),
    Level("none", None, None, 0),
)


@pytest.mark.parametrize("case", LEVELS, ids=lambda case: case.id)
def test_the_level_is_swedish_or_else_european(case: Level) -> None:
    assert record_of(nqf_level=case.nqf, eqf_level=case.eqf).seqf_level == case.expected


def test_a_text_without_a_language_counts_as_swedish_and_another_language_does_not() -> None:
    assert record_of(titles={"": "Utan språk", "en": "In English"}).title_sv == "Utan språk"
    english = record_of(titles={"en": "In English"}, descriptions={"en": "An English text."})
    assert (english.title_sv, english.title_en, english.description_sv) == ("", "In English", "")


def test_the_description_says_everything_once() -> None:
    outcomes = tuple(LearningOutcome({"sv": said}, ()) for said in ("Koka soppa", "Steka fisk"))
    record = record_of(
        descriptions={"sv": "Lagar mat."}, summaries={"sv": "Lagar mat."}, learning_outcomes=outcomes
    )
    assert record.description_sv == "Lagar mat.\nKoka soppa\nSteka fisk"


def test_skills_are_those_of_esco_each_once() -> None:
    outcomes = (
        LearningOutcome({"sv": "a"}, (SKILL, "https://example.org/skill/1")),
        LearningOutcome({"sv": "b"}, (SKILL, "javascript:alert(1)")),
    )
    assert record_of(learning_outcomes=outcomes).subjects == (SubjectCode("ESCO", SKILL),)


def test_ids_last_and_differ() -> None:
    first = record_of().education_id
    assert first == record_of(titles={"sv": "Nytt namn"}).education_id
    others = (
        record_of(uri="https://example.org/r"),
        record_of(uri=""),
        record_of(uri="", titles={"sv": "Annan"}),
    )
    assert len({first, *(other.education_id for other in others)}) == 4


def test_what_is_no_longer_published_is_gone() -> None:
    gone = qualification_to_record(replace(MADE_UP, is_withdrawn=True))
    assert gone == Removal(record_of().education_id, SYSTEM)


@pytest.mark.parametrize("name", ["one.ttl", "one.jsonld", "two.rdf"])
async def test_every_format_gives_the_same_record(mirror: Mirror, name: str) -> None:
    await read(mirror, DATA / name)
    (found,) = mirror.educations()
    assert found == BAKER
    assert list(mirror.findings()) == []


async def test_a_folder_and_an_archive_are_read_too(mirror: Mirror, documents: Path, tmp_path: Path) -> None:
    (documents / "welder.ttl").write_bytes(welder(2))
    await read(mirror, documents)
    assert held(mirror) == ["Påhittad bageritekniker", "Påhittad svetsare 2"]
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as opened:
        opened.writestr("a.ttl", welder(3))
    await read(mirror, tmp_path / "export.zip")
    assert held(mirror) == ["Påhittad svetsare 3"]


async def test_without_the_setting_nothing_is_touched(mirror: Mirror, documents: Path) -> None:
    await read(mirror, "")
    assert mirror.versions() == ()
    await read(mirror, documents)
    await read(mirror, "")
    assert held(mirror) == [BAKER.title_sv]


async def test_unchanged_files_are_not_read_again(mirror: Mirror, documents: Path) -> None:
    await read(mirror, documents)
    first = mirror.last_started(SYSTEM, "files")
    hash_before = mirror.content_hash()
    mirror.confirm(SYSTEM, "2000-01-01")
    steps: list[str] = []
    progress = Progress(lambda name, _: steps.append(name), lambda name, _: steps.append(name))
    await sync_qualifications(mirror, str(documents), SETTINGS, progress)
    assert steps == []
    assert mirror.last_started(SYSTEM, "files") == first
    assert mirror.content_hash() == hash_before
    # It was looked at today, though.
    assert mirror.versions()[0].retrieved_at != "2000-01-01"


async def test_a_qualification_that_has_disappeared_or_was_withdrawn_is_removed(
    mirror: Mirror, documents: Path
) -> None:
    for number in (2, 3):
        (documents / f"{number}.ttl").write_bytes(welder(number))
    await read(mirror, documents)
    assert len(held(mirror)) == 3
    (documents / "2.ttl").unlink()
    withdrawn = welder(3).replace(b"a elm:Qualification", b'a elm:Qualification ; elm:status "withdrawn"')
    (documents / "3.ttl").write_bytes(withdrawn)
    await read(mirror, documents)
    assert held(mirror) == [BAKER.title_sv]
    (documents / "one.ttl").unlink()
    await read(mirror, documents)
    assert held(mirror) == []


@dataclass(frozen=True)
class Broken:
    id: str
    name: str
    content: bytes | None
    error: type[UpstreamError] = UpstreamMalformed


BROKEN = (
    Broken("cut Turtle", "cut.ttl", (DATA / "one.ttl").read_bytes()[:900]),
    Broken("no archive", "export.zip", b"PK\x03\x04 and no more"),
    Broken("an HTML page", "page.rdf", b"<!doctype html><title>Driftstopp</title>"),
    Broken("not there", "gone.ttl", None, UpstreamUnavailable),
)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.id)
async def test_a_file_that_cannot_be_read_is_named_and_what_was_read_stays(
    case: Broken, mirror: Mirror, documents: Path, tmp_path: Path
) -> None:
    await read(mirror, documents)
    file = tmp_path / case.name
    if case.content is not None:
        file.write_bytes(case.content)
    for _ in range(2):
        with pytest.raises(case.error, match=re.escape(case.name)):
            await read(mirror, file)
    assert held(mirror) == [BAKER.title_sv]
    # And it can be read when it has been mended.
    file.write_bytes(b"")
    if case.name.endswith(".ttl"):
        file.write_bytes(welder(2))
        await read(mirror, file)
        assert held(mirror) == ["Påhittad svetsare 2"]


async def test_one_broken_file_of_a_folder_is_named(mirror: Mirror, documents: Path) -> None:
    (documents / "cut.ttl").write_bytes(welder(2)[:-20])
    with pytest.raises(UpstreamMalformed, match=r"cut\.ttl"):
        await read(mirror, documents)
    assert held(mirror) == []


async def test_a_qualification_in_another_language_alone_is_set_aside(mirror: Mirror, tmp_path: Path) -> None:
    file = tmp_path / "german.ttl"
    file.write_bytes(welder(2).replace(b"@sv", b"@de"))
    await read(mirror, file)
    assert held(mirror) == []
    assert [finding.kind for finding in mirror.findings()] == [FindingKind.MISSING_LABEL]


async def test_hostile_texts_come_out_as_plain_ones(mirror: Mirror, tmp_path: Path) -> None:
    file = tmp_path / "hostile.ttl"
    hostile = welder(2).replace(
        "Påhittad".encode(), "<script>alert(1)</script>Påhittad<b> ".encode() + b"x" * 30_000
    )
    file.write_bytes(hostile)
    await read(mirror, file)
    (found,) = mirror.educations()
    assert "<" not in found.title_sv
    assert "alert" not in found.title_sv
    assert len(found.title_sv) <= 300


class Register:
    """A server that gives one body at `/export`, or an error."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/export", self._export)])

    async def _export(self, request: Request) -> Response:
        return Response(self.body, self.status, media_type="text/turtle")


async def test_an_address_is_read_every_time(mirror: Mirror) -> None:
    register = Register()
    with LocalServer(register.app()) as server:
        source = f"{server.origin}/export?key=hemlig"
        for number in (2, 3):
            register.body = welder(number)
            await read(mirror, source)
            assert held(mirror) == [f"Påhittad svetsare {number}"]
        register.status = 404
        with pytest.raises(UpstreamRejected):
            await read(mirror, source)
    assert held(mirror) == ["Påhittad svetsare 3"]
    assert mirror.last_started(SYSTEM, "address") is not None


async def test_an_address_that_lacks_most_all_at_once_is_not_believed(mirror: Mirror) -> None:
    register = Register()
    prefixes, body = WELDER.strip().split("\n<", 1)
    many = "\n".join("<" + body.format(number=number) for number in range(40))
    with LocalServer(register.app()) as server:
        register.body = f"{prefixes}\n{many}".encode()
        await read(mirror, f"{server.origin}/export")
        register.body = welder(0)
        with pytest.raises(UpstreamMalformed):
            await read(mirror, f"{server.origin}/export")
    assert len(held(mirror)) == 40


@pytest.fixture
def index(mirror: Mirror, documents: Path, tmp_path: Path) -> Path:
    """An index of a small folder of sources, the bakery technician and others with names of educations."""
    sources = rows()
    sources["esco_skills"].append({"uri": SKILL, "label_sv": "sköta ugnar", "version": "1.2.0"})
    occupation = read_starter(TINY).groups[0].titles.sv[0]
    for number, title in enumerate([occupation, *(f"Kurs 0 {letter}" for letter in "abcdefgh")]):
        document = welder(number).decode().replace(f"Påhittad svetsare {number}", title)
        (documents / f"{number}.ttl").write_text(document.replace("kvalifikationer/", "k/"), encoding="utf-8")
    sync_files(mirror, write_folder(tmp_path / "folder", sources))
    asyncio.run(read(mirror, documents))
    build_index(Content(read_starter(TINY), PLACES, mirror), tmp_path / "index", WordEncoder, QUIET)
    return tmp_path / "index"


def test_a_qualification_is_a_kind_with_its_level_and_no_offering(index: Path) -> None:
    store = opened(index).educations
    (baker,) = (kind for kind in store.kinds() if kind.title == BAKER.title_sv)
    assert (baker.school_type, baker.seqf_level, baker.educations) == (QUALIFICATION, 5, 1)
    assert baker.title_en == BAKER.title_en
    assert baker.description == BAKER.description_sv
    assert store.offerings(baker.kind_id) == ()
    assert store.search("bageritekniker")[0].kind == baker
    assert {found.kind.school_type for found in store.search("bageritekniker", is_given=True)} == {"YH"}


def test_a_qualification_is_tied_to_its_skills_and_by_its_title(index: Path) -> None:
    store = opened(index).educations
    (tied,) = store.kinds_for(SKILL)
    assert (tied.kind.title, tied.origin, tied.probability) == (BAKER.title_sv, TieOrigin.ESCO_SKILL, 1.0)
    assert tied.kind.seqf_level == 5
    assert store.kinds_for(SKILL, is_given=True) == ()
    group = read_starter(TINY).groups[0]
    (named,) = store.kinds_for(group.concept_id)
    assert (named.kind.title, named.kind.seqf_level) == (group.titles.sv[0], 4)
    assert named.origin is TieOrigin.LINKER
    assert store.kinds_for(group.concept_id, is_given=True) == ()


def test_a_skill_that_the_index_does_not_know_ties_to_nothing(
    mirror: Mirror, documents: Path, tmp_path: Path
) -> None:
    asyncio.run(read(mirror, documents))
    build_index(Content(read_starter(TINY), PLACES, mirror), tmp_path / "index", WordEncoder, QUIET)
    store = opened(tmp_path / "index").educations
    (kind,) = store.kinds()
    assert {tie.concept_id for tie in store.ties_of(kind.kind_id)} == {"ISCED-F:07", "ISCED-F:0721"}


def test_qualifications_take_no_place_from_educations(index: Path) -> None:
    store = opened(index).educations
    assert {found.kind.school_type for found in store.search("kurs 0", limit=20)} >= {"YH", QUALIFICATION}
    assert [found.kind.school_type for found in store.search("kurs 0", is_given=True, limit=3)] == ["YH"] * 3
    assert len(store.search("kurs 0", is_given=True, limit=50)) == 4


async def test_a_person_is_offered_educations_and_no_qualifications(index: Path) -> None:
    search = EducationSearch(opened(index), None, Whereabouts(), "2026-12-01")
    for words in ("kurs 0", "bageritekniker"):
        found = await search.find(None, words)
        assert {education.system for education in found.educations} <= {"Susa-navet"}
    assert (await search.find(None, "kurs 0")).educations


def test_reports_and_checks_of_the_educations_leave_qualifications_out(index: Path) -> None:
    held_of_susa = read_held(index)
    assert held_of_susa.educations == len(held_of_susa.titles) == 4
    with Mirror(index / MIRROR_FILE) as mirror:
        assert sum(1 for _ in mirror.educations()) == 14
        snapshot = read_snapshot(index, mirror)
    assert {education.school_type for education in snapshot.educations} == {"YH"}
    assert {tied.kind.school_type for tied in snapshot.tied or ()} == {"YH"}


def ingest(index_dir: Path, folder: Path, qualifications: Path) -> subprocess.CompletedProcess[str]:
    arguments = ["--index-dir", str(index_dir), "build", "--source", "files", "--from", str(folder)]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "QUALIFICATIONS": str(qualifications)}
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        env=environment,
    )


def test_a_build_with_a_broken_file_reads_the_other_sources_and_names_it(tmp_path: Path) -> None:
    file = tmp_path / "cut.ttl"
    file.write_bytes((DATA / "one.ttl").read_bytes()[:900])
    built = ingest(tmp_path / "index", write_folder(tmp_path / "folder", rows()), file)
    assert built.returncode == 1
    assert "cut.ttl" in built.stderr
    assert "Traceback" not in built.stderr
    with Mirror(tmp_path / "index" / MIRROR_FILE) as mirror:
        assert len(held(mirror)) == 4


def test_a_build_whose_other_sources_cannot_be_read_reads_the_qualifications(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    built = ingest(tmp_path / "index", tmp_path / "folder", DATA / "one.ttl")
    assert built.returncode == 1
    with Mirror(tmp_path / "index" / MIRROR_FILE) as mirror:
        assert held(mirror) == [BAKER.title_sv]

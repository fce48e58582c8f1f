"""Fixtures for all tests."""

import os
from collections.abc import Iterator

import pytest

from assistant.settings import Settings
from tests import network
from tests.standin.files import SHARED_DIR, is_present, read_taxonomy
from tests.standin.server import StandIn

_PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})


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

"""How the composition root ties the product together."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.apis.clients import Clients
from assistant.build import build_application, make_clients
from assistant.domain.addresses import Addresses
from assistant.settings import Settings
from tests.live import settings_at
from tests.standin.server import StandIn


async def test_there_is_one_client_and_one_transport_for_each_source_but_the_bulk_one(
    standin: StandIn, tmp_path: Path
) -> None:
    clients = make_clients(settings_at(standin, tmp_path))
    sources = {field.name for field in fields(Addresses)} - {"susa"}
    assert {field.name for field in fields(Clients)} == sources | {"transports"}
    assert len(clients.transports) == len(sources)
    await clients.aclose()


async def test_every_client_asks_the_address_of_its_own_setting(standin: StandIn, tmp_path: Path) -> None:
    standin.reset()
    clients = make_clients(
        settings_at(standin, tmp_path, faults={"barometer": "503"}, timeout_s=0.5, deadline_s=1.0)
    )
    with pytest.raises(Exception, match="Yrkesbarometern"):
        await clients.barometer.rows()
    assert set(standin.requests) == {"/fault/503/barometer/prognoser/yrkesbarometer.json"}
    await clients.aclose()


async def test_without_live_sources_nothing_is_made_that_could_ask(index_dir: Path, tmp_path: Path) -> None:
    application = build_application(
        Settings(_env_file=None, live_sources=False, index_dir=index_dir, http_cache_dir=tmp_path)
    )
    assert application.clients is None
    await application.aclose()


async def test_with_live_sources_the_tools_have_the_clients(
    standin: StandIn, index_dir: Path, tmp_path: Path
) -> None:
    settings = settings_at(standin, tmp_path).model_copy(update={"index_dir": index_dir})
    application = build_application(settings)
    assert application.clients is not None
    await application.aclose()

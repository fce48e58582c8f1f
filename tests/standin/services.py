"""The services of the stand-in, each below the path that `Addresses.below` gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.routing import BaseRoute

from assistant.domain.addresses import Addresses
from tests.standin import barometer
from tests.standin.enrichments import routes as enrichments
from tests.standin.esco import routes as esco
from tests.standin.jobed import routes as jobed
from tests.standin.jobsearch import routes as jobsearch
from tests.standin.planned_educations import routes as planned_educations
from tests.standin.scb import routes as scb
from tests.standin.susa import routes as susa
from tests.standin.taxonomy import routes as taxonomy


@dataclass(frozen=True, slots=True)
class Service:
    """One public API: the field of `Addresses` that names it, and its routes below the base address."""

    name: str
    routes: Callable[[], list[BaseRoute]]

    @property
    def setting(self) -> str:
        return f"{self.name.upper()}_URL"

    @property
    def base_path(self) -> str:
        return base_path(self.name)


def base_path(name: str) -> str:
    """Path of a service's base address on the stand-in, such as `/scb/api/v2`."""
    address: str = getattr(Addresses.below("http://standin"), name)
    return urlsplit(address).path


SERVICES = (
    Service("taxonomy", taxonomy.routes),
    Service("jobsearch", jobsearch.routes),
    Service("historical_ads", jobsearch.historical_routes),
    Service("enrichments", enrichments.routes),
    Service("jobed", jobed.routes),
    Service("susa", susa.routes),
    Service("planned_educations", planned_educations.routes),
    Service("esco", esco.routes),
    Service("barometer", barometer.routes),
    Service("scb", scb.routes),
)

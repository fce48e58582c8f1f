"""The services of the stand-in, each below the path that `Addresses.below` gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.routing import BaseRoute

from assistant.domain.addresses import Addresses
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
    return urlsplit(getattr(Addresses.below("http://standin"), name)).path


SERVICES = (Service("taxonomy", taxonomy.routes),)

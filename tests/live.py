"""The product's own clients against the stand-in, each source well or failing in a way of its own."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from assistant.apis.clients import Clients
from assistant.apis.policies import policy_for
from assistant.apis.transport import TransportPolicy
from assistant.build import make_clients
from assistant.domain.addresses import Addresses
from assistant.settings import Settings
from tests.standin.server import StandIn

SOURCES = tuple(field.name for field in fields(Addresses))


def settings_at(
    standin: StandIn,
    cache_dir: Path,
    *,
    faults: Mapping[str, str] | None = None,
    timeout_s: float = 20.0,
    deadline_s: float = 30.0,
) -> Settings:
    """Settings that point every source at the stand-in; it reads its data when it is first asked.

    Args:
        standin: The running stand-in.
        cache_dir: Where answers are kept.
        faults: Fault mode by name of the source.
        timeout_s: Longest silence.
        deadline_s: Longest wait.
    """
    modes = faults or {}
    addresses = {
        f"{name}_url": standin.fault_url(modes[name], name) if name in modes else standin.url(name)
        for name in SOURCES
    }
    patience = {"http_cache_dir": cache_dir, "http_timeout_s": timeout_s, "http_deadline_s": deadline_s}
    return Settings(_env_file=None).model_copy(update={**patience, **addresses})


def clients_at(
    standin: StandIn,
    cache_dir: Path,
    *,
    faults: Mapping[str, str] | None = None,
    timeout_s: float = 20.0,
    deadline_s: float = 30.0,
) -> Clients:
    """The clients of `settings_at`; the caller closes them."""
    settings = settings_at(standin, cache_dir, faults=faults, timeout_s=timeout_s, deadline_s=deadline_s)
    return make_clients(settings, _as_patient_as_said)


def _as_patient_as_said(name: str, settings: Settings) -> TransportPolicy:
    """The product's policy, without the longer patience that it has with some sources."""
    policy = policy_for(name, settings)
    return replace(policy, timeout_s=settings.http_timeout_s, deadline_s=settings.http_deadline_s)

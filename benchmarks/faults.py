"""What the caller of every client sees of every fault, and after how long, as a Markdown table."""

import asyncio
import time
from dataclasses import dataclass, replace

from assistant.apis.policies import policy_for
from assistant.apis.transport import Transport, TransportPolicy
from assistant.errors import UpstreamError
from assistant.settings import Settings
from tests.apis.probes import FAULT_MODES, PROBES
from tests.standin.server import StandIn

_GOOD = "answer"
_WARM_UP_S = 300.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a caller saw: `answer` or the name of an error; after so many seconds."""

    what: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.what.removeprefix('Upstream')} {self.seconds:.2f}"


def fault_table() -> str:
    """Clients by faults, with the product's own patience, and the next call while the breaker is open."""
    modes = [fault.mode for fault in FAULT_MODES]
    rows = [["client", *modes, "next after slow, ms"], ["---"] * (len(modes) + 2)]
    with StandIn() as standin:
        for name in PROBES:
            rows.append(asyncio.run(_row(name, modes, standin)))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


async def _row(name: str, modes: list[str], standin: StandIn) -> list[str]:
    await _read_once(name, standin)
    cells = []
    next_ms = 0.0
    for mode in modes:
        standin.reset()
        transport = Transport(name, standin.fault_url(mode, name), _policy(name))
        cells.append(str(await _seen(name, transport)))
        if mode.startswith("slow"):
            next_ms = (await _seen(name, transport)).seconds * 1000
        await transport.aclose()
    return [name, *cells, f"{next_ms:.2f}"]


def _policy(name: str) -> TransportPolicy:
    # Answers on disk would hide the faults.
    return replace(policy_for(name, Settings(_env_file=None)), cache_file=None)


async def _read_once(name: str, standin: StandIn) -> None:
    """Let the stand-in read its data, so that its start is no fault."""
    policy = replace(_policy(name), timeout_s=_WARM_UP_S, deadline_s=_WARM_UP_S)
    transport = Transport(name, standin.url(name), policy)
    await PROBES[name](transport)
    await transport.aclose()


async def _seen(name: str, transport: Transport) -> Seen:
    started = time.perf_counter()
    what = _GOOD
    try:
        await PROBES[name](transport)
    except UpstreamError as error:
        # A client may have a kind of its own.
        what = next(
            kind.__name__ for kind in type(error).mro() if kind.__module__ == UpstreamError.__module__
        )
    return Seen(what, time.perf_counter() - started)

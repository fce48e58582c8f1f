"""What a conversation costs while every public source is silent."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

from assistant.agent.session import Session
from assistant.build import build_application
from assistant.domain.addresses import Addresses
from assistant.domain.conversation import AnswerEvent, UserInput
from assistant.settings import Settings
from benchmarks.figures import TEST_INDEX
from tests.standin.server import StandIn

# Each asks another source first, so that every one of them is waited for once.
_ASKED = (
    "jag var kock i 4 år i Syrien",
    "finns det jobb som kock i Malmö?",
    "vad tjänar en kock?",
    "behövs det kockar i Skåne?",
    "var kan jag plugga till kock i Malmö?",
)
_SILENT = "slow:60"


def outage_table() -> str:
    """The same questions twice, in a fresh process, as a Markdown table of seconds."""
    with StandIn() as standin, tempfile.TemporaryDirectory() as cache:
        first, second = asyncio.run(_asked_twice(standin, TEST_INDEX, Path(cache)))
    rows = ["| question | first, s | again, s |", "| --- | --- | --- |"]
    rows += [f"| {q} | {a:.2f} | {b:.2f} |" for q, a, b in zip(_ASKED, first, second, strict=True)]
    return "\n".join([*rows, json.dumps({"slowest_again_s": round(max(second), 3)})])


async def _asked_twice(standin: StandIn, index_dir: Path, cache_dir: Path) -> tuple[list[float], list[float]]:
    urls = {f"{name}_url": standin.fault_url(_SILENT, name) for name in Addresses.__dataclass_fields__}
    settings = Settings(_env_file=None).model_copy(
        update={**urls, "index_dir": index_dir, "http_cache_dir": cache_dir}
    )
    application = build_application(settings)
    application.warm_up()
    try:
        return await _seconds(application.new_session()), await _seconds(application.new_session())
    finally:
        await application.aclose()


async def _seconds(session: Session) -> list[float]:
    taken = []
    for message in _ASKED:
        started = time.perf_counter()
        async for event in session.send(UserInput(message=message)):
            if isinstance(event, AnswerEvent):
                taken.append(time.perf_counter() - started)
    return taken

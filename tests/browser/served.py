"""Our server on a free local port: in a thread with a scripted application, or as it is started for real."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from assistant.settings import PROJECT_DIR
from assistant.ui.server import create_app, import_chainlit
from tests.fakes import ScriptedApplication

_START_S = 120.0


def import_chainlit_quietly() -> None:
    """Import Chainlit; the packages that it pulls in warn of their own old ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_chainlit()


@contextmanager
def scripted_server(application: ScriptedApplication) -> Iterator[str]:
    """Serve a scripted application from this process; gives its address."""
    import_chainlit_quietly()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            create_app(application),  # type: ignore[arg-type]
            log_config=None,
            timeout_graceful_shutdown=1,
            ws="websockets-sansio",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), name="scripted")
        thread.start()
        try:
            yield _when_ready(f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(timeout=_START_S)


@dataclass(frozen=True)
class Running:
    """A server in a process of its own."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def running_server(
    index_dir: Path, folder: Path, settings: Mapping[str, str], port: int = 0
) -> Iterator[Running]:
    """Start `python -m assistant serve` in a folder of its own; what it wrote is in `server.log` there.

    Args:
        index_dir: The index to serve.
        folder: Where it runs, and what it may write to.
        settings: Further settings, by name.
        port: Where it listens; a free one if 0.
    """
    port = port or free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT_DIR),
        "PORT": str(port),
        "INDEX_DIR": str(index_dir),
        "HTTP_CACHE_DIR": str(folder / "http"),
        "DATABASE_URL": f"sqlite:///{folder / 'data' / 'conversations.sqlite'}",
        **settings,
    }
    log = folder / "server.log"
    with log.open("a", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "serve"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Running(_when_ready(f"http://127.0.0.1:{port}", log), process)
    finally:
        process.terminate()
        process.wait(timeout=_START_S)


@contextmanager
def real_server(index_dir: Path, folder: Path, sources: Mapping[str, str] | None = None) -> Iterator[str]:
    """The same by its address alone.

    Args:
        index_dir: The index to serve.
        folder: Where it runs.
        sources: Addresses of public sources, by setting; without them none is asked.
    """
    live = {"LIVE_SOURCES": str(bool(sources)).lower()}
    with running_server(index_dir, folder, {**live, **(sources or {})}) as running:
        yield running.address


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _when_ready(address: str, log: Path | None = None) -> str:
    give_up = time.monotonic() + _START_S
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return address
        except urllib.error.URLError:
            time.sleep(0.05)
    raise RuntimeError(f"no server at {address}: {log.read_text(encoding='utf-8') if log else ''}")

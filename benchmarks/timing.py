"""Times a function over many queries, and the processes of one thread in which that is done."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.settings import PROJECT_DIR

_ONE_THREAD = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
} | {"TOKENIZERS_PARALLELISM": "false"}
# Threads that wait busily for each other are slow beside anything else.
_ALWAYS = {"HF_HUB_OFFLINE": "1", "OMP_WAIT_POLICY": "passive"}


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of each query: by the clock, and of processor time in all threads."""

    wall_ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]


def timed(call: Callable[[str], object], queries: Sequence[str], *, warm_up: int = 5) -> Timing:
    """Time one call a query, after a few that are not counted."""
    for query in queries[:warm_up]:
        call(query)
    wall, cpu = [], []
    for query in queries:
        began, began_cpu = time.perf_counter(), time.process_time()
        call(query)
        cpu.append((time.process_time() - began_cpu) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return Timing(tuple(wall), tuple(cpu))


def percentile(milliseconds: Sequence[float], share: float) -> float:
    """The value that this share (0-100) of the queries does not exceed."""
    return float(np.percentile(np.asarray(milliseconds), share))


def of_rounds(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Each query's median over several rounds, so that one disturbed round does not count."""
    return [float(value) for value in np.median(np.asarray(rounds), axis=0)]


def resident_mb() -> int:
    """Memory of this process that is in use, mapped files with it, in MB."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def on_one_core() -> None:
    """Keep this process, with all threads that it will have, to one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def in_fresh_process(module: str, *arguments: str, one_thread: bool = True) -> Any:
    """Run a module, with one thread if told to; gives the JSON value of the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=PROJECT_DIR,
        env=os.environ | _ALWAYS | (_ONE_THREAD if one_thread else {}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def machine() -> str:
    """What the figures were measured on: cores, memory, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, load {load:.1f} at the start"


def folder_mb(folder: Path) -> int:
    """Size of all files in a folder, in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 2**20


def markdown(rows: Sequence[Sequence[object]]) -> str:
    """A table; the first row is its head."""
    head, *body = ([str(cell) for cell in row] for row in rows)
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body))

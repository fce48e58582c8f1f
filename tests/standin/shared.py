"""The shared folder: real data and recorded samples, beside the checkout."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED_DIR = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared")
JOBTECH_SAMPLES = SHARED_DIR / "api-samples" / "jobtech"
EDUCATION_SAMPLES = SHARED_DIR / "api-samples" / "education"


def is_present() -> bool:
    return (SHARED_DIR / "data").is_dir()


def read_json(path: Path) -> Any:
    """A JSON file, plain or gzip."""
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)


def read_rows(name: str) -> Iterator[dict[str, Any]]:
    """The objects of `data/<name>.jsonl.gz`."""
    with gzip.open(SHARED_DIR / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)

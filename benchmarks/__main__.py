"""Prints figures, one a line, then tables, and a JSON object of all figures last.

`python -m benchmarks [NAME ...]`; without names all figures, and the tables of growth and rivals.
"""

import json
import sys

from benchmarks.ablation import ablation_table
from benchmarks.bare import bare_encoder
from benchmarks.faults import fault_table
from benchmarks.figures import FIGURES
from benchmarks.growth import growth_table
from benchmarks.memory import memory_table
from benchmarks.outage import outage_table
from benchmarks.page import page_table
from benchmarks.rivals import rivals_table

TABLES = {
    "ablation": ablation_table,
    "bare": bare_encoder,
    "faults": fault_table,
    "growth": growth_table,
    "memory": memory_table,
    "outage": outage_table,
    "page": page_table,
    "rivals": rivals_table,
}
_OF_ALL = (*FIGURES, "growth", "rivals")


def main(names: list[str]) -> int:
    """Measure the named figures and tables."""
    unknown = set(names) - FIGURES.keys() - TABLES.keys()
    if unknown:
        known = ", ".join([*FIGURES, *TABLES])
        print(f"benchmarks: no such figure: {', '.join(sorted(unknown))}; there are {known}")
        return 1
    chosen = names or _OF_ALL
    found: dict[str, object] = {}
    for name in (name for name in chosen if name in FIGURES):
        found[name] = FIGURES[name]()
        print(f"{name}: {json.dumps(found[name])}", flush=True)
    for name in (name for name in chosen if name in TABLES):
        print(TABLES[name](), flush=True)
    if found:
        print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

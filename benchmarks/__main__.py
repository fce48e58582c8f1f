"""Prints one figure a line, and a JSON object of all last: `python -m benchmarks [NAME ...]`.

Tables are printed instead when they are named: `python -m benchmarks faults`.
"""

import json
import sys

from benchmarks.bare import bare_encoder
from benchmarks.faults import fault_table
from benchmarks.figures import FIGURES
from benchmarks.growth import growth_table
from benchmarks.outage import outage_table
from benchmarks.rivals import rivals_table

TABLES = {
    "bare": bare_encoder,
    "faults": fault_table,
    "growth": growth_table,
    "outage": outage_table,
    "rivals": rivals_table,
}


def main(names: list[str]) -> int:
    """Measure the named figures and tables, or all figures."""
    unknown = set(names) - FIGURES.keys() - TABLES.keys()
    if unknown:
        known = ", ".join([*FIGURES, *TABLES])
        print(f"benchmarks: no such figure: {', '.join(sorted(unknown))}; there are {known}")
        return 1
    for name in [name for name in names if name in TABLES]:
        print(TABLES[name](), flush=True)
    figures = [name for name in names if name in FIGURES]
    if names and not figures:
        return 0
    found: dict[str, object] = {}
    for name in figures or list(FIGURES):
        measured = FIGURES[name]()
        found[name] = measured
        print(f"{name}: {json.dumps(measured)}", flush=True)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Prints one figure a line, and a JSON object of all last: `python -m benchmarks [NAME ...]`."""

import json
import sys

from benchmarks.figures import FIGURES


def main(names: list[str]) -> int:
    """Measure the named figures, or all."""
    unknown = set(names) - FIGURES.keys()
    if unknown:
        print(f"benchmarks: no such figure: {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
        return 1
    found: dict[str, object] = {}
    for name in names or list(FIGURES):
        measured = FIGURES[name]()
        found[name] = measured
        print(f"{name}: {json.dumps(measured)}", flush=True)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

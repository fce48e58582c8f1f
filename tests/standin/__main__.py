"""Runs the stand-in by hand: `python -m tests.standin [--port 8901]`."""

import argparse
import sys

import uvicorn

from tests.standin.app import StandInApp
from tests.standin.services import SERVICES, base_path
from tests.standin.shared import SHARED_DIR, is_present


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=8901)
    port = parser.parse_args().port
    if not is_present():
        sys.exit(f"The shared data is not in {SHARED_DIR}; set SHARED_DIR.")
    origin = f"http://127.0.0.1:{port}"
    sys.stdout.write(
        "".join(f"{s.setting}={origin}{s.base_path}\n" for s in SERVICES)
        + f"With a fault, such as: TAXONOMY_URL={origin}/fault/slow:5{base_path('taxonomy')}\n"
        + "Faults: slow:SECONDS, flaky:COUNT, 429:SECONDS, 503, malformed, html, errors\n"
    )
    sys.stdout.flush()
    uvicorn.run(StandInApp(), host="127.0.0.1", port=port, lifespan="off", ws="none", log_level="warning")


if __name__ == "__main__":
    main()

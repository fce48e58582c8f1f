"""Runs the stand-in by hand: `python -m tests.standin [--port 8901]`."""

import argparse
import sys

import uvicorn

from tests.standin.app import StandInApp
from tests.standin.connections import OpenProtocol
from tests.standin.faults import DESCRIPTIONS
from tests.standin.services import SERVICES, base_path
from tests.standin.shared import SHARED_DIR, is_present


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=8901)
    port = parser.parse_args().port
    if not is_present():
        sys.exit(f"The shared data is not in {SHARED_DIR}; set SHARED_DIR.")
    sys.stdout.write(_help(f"http://127.0.0.1:{port}"))
    sys.stdout.flush()
    uvicorn.run(
        StandInApp(),
        host="127.0.0.1",
        port=port,
        http=OpenProtocol,
        loop="asyncio",
        lifespan="off",
        ws="none",
        log_level="warning",
    )


def _help(origin: str) -> str:
    lines = [
        "# Point the product at the stand-in:",
        *(f"{service.setting}={origin}{service.base_path}" for service in SERVICES),
        "",
        "# With a fault in the address:",
        f"TAXONOMY_URL={origin}/fault/slow:5{base_path('taxonomy')}",
        "# or on one request, in the header: X-Fault: slow:5",
        "",
        *(f"#   {name:<10} {description}" for name, description in DESCRIPTIONS.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

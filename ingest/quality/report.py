"""Makes the data-quality report: one page, and a CSV file for each measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ingest.mirror import MIRROR_FILE, Mirror
from ingest.quality.between_sources import between_sources
from ingest.quality.coverage import coverage
from ingest.quality.education_measures import educations, ties
from ingest.quality.hygiene import hygiene
from ingest.quality.measure import Measure
from ingest.quality.page import TABLES, render
from ingest.quality.skill_links import forecasts, skill_links
from ingest.quality.snapshot import Snapshot, read_snapshot
from ingest.quality.tables import write_tables
from ingest.quality.within_taxonomy import within_taxonomy

PAGE = "index.html"

_ALL = (
    coverage,
    skill_links,
    educations,
    ties,
    forecasts,
    between_sources,
    within_taxonomy,
    hygiene,
)


@dataclass(frozen=True, slots=True)
class Reported:
    """What was written: the page, how many measures, and how many of these have anything to mend."""

    page: Path
    measures: int
    defects: int


def measured(snapshot: Snapshot) -> tuple[Measure, ...]:
    """All measures of the sources that were read."""
    return tuple(chain.from_iterable(measures(snapshot) for measures in _ALL))


def make_report(index_dir: Path, out: Path, today: str = "") -> Reported:
    """Write the report on an index folder.

    Args:
        index_dir: Folder of the index, with the mirror of the sources. Without them the report says
            which sources were not read.
        out: Folder for the page and its tables; made when absent. Tables of an earlier report are replaced.
        today: ISO date of the report; that of today, in UTC, if empty.
    """
    file = index_dir / MIRROR_FILE
    if file.exists():
        with Mirror(file) as mirror:
            snapshot = read_snapshot(index_dir, mirror, today)
    else:
        snapshot = read_snapshot(index_dir, None, today)
    measures = measured(snapshot)
    defects = [measure for measure in measures if measure.count]
    for earlier in _earlier_tables(out):
        earlier.unlink()
    write_tables(defects, out / TABLES)
    (out / PAGE).write_text(render(snapshot, measures), encoding="utf-8")
    return Reported(out / PAGE, len(measures), len(defects))


def _earlier_tables(out: Path) -> Iterator[Path]:
    """Tables of an earlier report, of which some may have nothing to tell any more."""
    yield from sorted((out / TABLES).glob("*.csv"))

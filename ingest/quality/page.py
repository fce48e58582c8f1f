"""The report as one page of HTML that asks for nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ingest.quality.figures import number, percent
from ingest.quality.measure import Measure, Section, Severity, most_urgent
from ingest.quality.owners import OWNERS
from ingest.quality.plots import Bar, bars
from ingest.quality.snapshot import Snapshot

TABLES = "tabeller"
"""Folder of the CSV files, beside the page."""

EXAMPLES = 8
"""Most rows of a measure that the page itself shows."""

_TEMPLATE = "page.html.jinja"
_LONGEST_CELL = 120


@dataclass(frozen=True, slots=True)
class _Source:
    """A source in the page's table; empty texts where it was not read."""

    system: str
    owner: str
    version: str
    retrieved_at: str
    is_from_files: bool
    read: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class _Plot:
    """A picture with the text that stands under it."""

    svg: Markup
    caption: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """A measure as the page shows it."""

    measure: Measure
    plot: _Plot | None
    examples: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A section of the page; `overview` compares its measures."""

    section: Section
    anchor: str
    overview: _Plot | None
    overview_of: Sequence[Measure]
    shown: Sequence[_Shown]


def render(snapshot: Snapshot, measures: Sequence[Measure]) -> str:
    """The page.

    Args:
        snapshot: What the measures were counted in.
        measures: All; those without anything to mend are told in one line.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "percent": percent}
    return environment.get_template(_TEMPLATE).render(
        today=snapshot.today,
        sources=tuple(_sources(snapshot)),
        has_build=snapshot.tied is not None,
        versions={source.system: source.version for source in snapshot.versions},
        urgent=most_urgent(measures),
        urgent_plot=_urgent_plot(most_urgent(measures)),
        chapters=tuple(_chapters(measures)),
        clean=[measure for measure in measures if not measure.count],
        owners=_by_owner(measures),
        tables=TABLES,
        severity=Severity,
    )


def _sources(snapshot: Snapshot) -> Iterator[_Source]:
    versions = {version.system: version for version in snapshot.versions}
    totals = {total.system: total for total in snapshot.totals}
    for system in sorted({*OWNERS, *versions}):
        version, total = versions.get(system), totals.get(system)
        yield _Source(
            system=system,
            owner=OWNERS.get(system, system),
            version=version.version if version else "",
            retrieved_at=version.retrieved_at if version else "",
            is_from_files=system in snapshot.from_files,
            read=total.read if total else 0,
            set_aside=total.set_aside if total else 0,
        )


def _chapters(measures: Sequence[Measure]) -> Iterator[_Chapter]:
    for section in Section:
        own = [measure for measure in measures if measure.section is section]
        # How many skills occupations have is worth seeing, also when none is without.
        told = [m for m in own if m.count or any(part.count for part in m.parts)]
        is_coverage = section in (Section.JOBTECH, Section.ESCO)
        if own:
            yield _Chapter(
                section=section,
                anchor=section.name.lower(),
                overview=_overview(section, own) if is_coverage else None,
                overview_of=own if is_coverage else (),
                shown=[_Shown(measure, _parts_plot(measure), _examples(measure)) for measure in told],
            )


def _overview(section: Section, measures: Sequence[Measure]) -> _Plot:
    data = [Bar(measure.title, measure.share or 0.0, percent(measure.share)) for measure in measures]
    caption = "Andel av begreppen som saknar uppgiften. Kort stapel är bra."
    svg = bars(f"oversikt-{section.name.lower()}", f"{section.value}. {caption}", data)
    return _Plot(Markup(svg), caption)


def _parts_plot(measure: Measure) -> _Plot | None:
    if len(measure.parts) < 2:
        return None
    data = [
        Bar(part.label, part.count / part.total, f"{percent(part.count / part.total)} ({number(part.count)})")
        for part in measure.parts
    ]
    caption = f"Andel per {measure.parts_title}, och antal inom parentes."
    highest = max(data, key=lambda bar: bar.share)
    svg = bars(measure.id, f"{measure.title}. {caption} Högst: {highest.label}, {highest.text}.", data)
    return _Plot(Markup(svg), caption)


def _urgent_plot(urgent: Sequence[Measure]) -> _Plot | None:
    if not urgent:
        return None
    highest = urgent[0].score
    data = [
        Bar(f"{rank}. {measure.title}", measure.score / highest, number(round(measure.score)))
        for rank, measure in enumerate(urgent, 1)
    ]
    caption = "Poäng: antal berörda gånger vikt."
    svg = bars("sammanfattning", f"Det som skulle hjälpa mest. {caption}", data)
    return _Plot(Markup(svg), caption)


def _examples(measure: Measure) -> list[list[str]]:
    """The first rows, as texts that fit into a table."""
    return [[_shortened(str(cell)) for cell in row] for row in measure.rows[:EXAMPLES]]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _by_owner(measures: Sequence[Measure]) -> dict[str, list[Measure]]:
    """What each owner could mend, most urgent first."""
    owners: dict[str, list[Measure]] = {}
    for measure in most_urgent(measures, len(measures)):
        owners.setdefault(measure.owner, []).append(measure)
    return dict(sorted(owners.items()))

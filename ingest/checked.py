"""What a check compares: what was read of the sources, and what was found to differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.apis.susa import SERVICE as SUSA
from assistant.retrieval.stores.catalogue import read_catalogue
from assistant.retrieval.stores.manifest import current_build, read_manifest
from ingest.cleaning import ESCO, JOBTECH
from ingest.findings import FindingKind
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.records import ConceptRecord

LIMIT = 0.02
"""The share that may differ before it is drift."""

_GROUP = "ssyk-level-4"
_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Held:
    """What was read of the sources earlier.

    Attributes:
        versions: By source.
        concepts: By id, retired ones too.
        types: The taxonomy's types that were read; empty for all.
        titles: Of educations, by id.
        educations: How many educations were read, also those that could not be used.
        events: The same of education events.
    """

    versions: Mapping[str, str]
    concepts: Mapping[str, ConceptRecord]
    types: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    educations: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of one kind there are, here and at the source."""

    kind: str
    here: int
    there: int

    @property
    def drift(self) -> float:
        """Share that differs, 0-1."""
        return abs(self.here - self.there) / max(self.here, self.there, 1)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a record that is not the same at the source."""

    record_id: str
    field: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one source.

    Attributes:
        system: The source.
        version_here: That was read.
        version_there: That it has now; empty when it has no versions.
        counts: By kind.
        compared: Records that were compared field by field.
        differences: What was found in them.
        error: Why the source could not be read; empty when it could.
    """

    system: str
    version_here: str
    version_there: str = ""
    counts: tuple[Count, ...] = ()
    compared: int = 0
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def differing(self) -> int:
        """Records with a difference."""
        return len({difference.record_id for difference in self.differences})

    @property
    def drift(self) -> float:
        """The greatest share that differs, of any count or of the records compared; 0-1."""
        shares = [count.drift for count in self.counts]
        return max([*shares, self.differing / max(self.compared, 1)])

    @property
    def has_new_version(self) -> bool:
        """Whether the source has published another version since."""
        return self.version_there not in ("", self.version_here)


def read_held(index_dir: Path) -> Held:
    """What an index folder was made from: its mirror, else the occupation groups of the embedded data.

    Raises:
        IndexMissing: There is neither.
        IndexStale: There is no mirror, and the index is of another form.
    """
    file = index_dir / MIRROR_FILE
    if not file.exists():
        return _held_by_index(current_build(index_dir))
    with Mirror(file) as mirror:
        titles = {e.education_id: e.title_sv for e in mirror.educations() if e.system == SUSA}
        unused = Counter(finding.kind for finding in mirror.findings() if finding.system == SUSA)
        return Held(
            versions={version.system: version.version for version in mirror.versions()},
            concepts={c.concept_id: compared(c) for c in mirror.concepts(include_deprecated=True)},
            titles=titles,
            educations=len(titles) + unused[FindingKind.MISSING_LABEL],
            events=mirror.counts().get("education-event", 0) + unused[FindingKind.UNKNOWN_EDUCATION],
        )


def _held_by_index(build: Path) -> Held:
    catalogue = read_catalogue(build)
    groups = [
        ConceptRecord(id, _GROUP, JOBTECH, group.preferred_label.sv) for id, group in catalogue.groups.items()
    ]
    return Held(
        versions={s.system: s.version for s in read_manifest(build).sources if s.system == JOBTECH},
        concepts={concept.concept_id: concept for concept in groups},
        types=(_GROUP,),
    )


def compared(concept: ConceptRecord) -> ConceptRecord:
    """The concept with nothing but what is compared: all of them are held at once."""
    return ConceptRecord(
        concept.concept_id,
        concept.type,
        concept.system,
        concept.label_sv,
        concept.label_en if concept.system == ESCO else "",
        deprecated=concept.deprecated,
        replaced_by=concept.replaced_by,
    )


def exit_code(checked: Iterable[Checked], limit: float) -> int:
    """2 when a source could not be read, 1 when one has drifted beyond the limit, else 0."""
    checked = tuple(checked)
    if any(source.error for source in checked):
        return 2
    return int(any(source.drift > limit for source in checked))


def to_json(checked: Iterable[Checked], limit: float) -> dict[str, object]:
    """The form that `check --json` prints."""
    checked = tuple(checked)
    return {
        "limit": limit,
        "exit_code": exit_code(checked, limit),
        "sources": [
            {
                **asdict(source),
                "differing": source.differing,
                "drift": round(source.drift, 4),
                "has_new_version": source.has_new_version,
            }
            for source in checked
        ],
    }


def to_lines(checked: Iterable[Checked], limit: float) -> Iterator[str]:
    """The table that `check` prints, with the first differences of each source."""
    for source in checked:
        yield f"{source.system}, version {source.version_here}"
        if source.error:
            yield f"  NOT READ: {source.error}"
            continue
        if source.has_new_version:
            yield f"  newer version published: {source.version_there}"
        yield f"  {'':<24}{'here':>10}{'there':>10}{'differs':>10}"
        for count in source.counts:
            yield _line(count.kind, count.here, count.there, count.drift, limit)
        share = source.differing / max(source.compared, 1)
        yield _line("records compared", source.compared, source.compared - source.differing, share, limit)
        for difference in source.differences[:_EXAMPLES]:
            change = f"{difference.here!r} -> {difference.there!r}"
            yield f"    {difference.record_id} {difference.field}: {change}"
        if (more := len(source.differences) - _EXAMPLES) > 0:
            yield f"    and {more} more differences"


def _line(name: str, here: int, there: int, share: float, limit: float) -> str:
    mark = "  DRIFT" if share > limit else ""
    return f"  {name:<24}{here:>10}{there:>10}{share:>10.1%}{mark}"

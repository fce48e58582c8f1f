"""Everything that the measures look at, read once from the mirror and the build in service."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from assistant.domain.education import QUALIFICATION, EducationKind, EducationTie, TieOrigin
from assistant.errors import IndexMissing, IndexStale
from assistant.retrieval.stores.education_store import EducationStore
from assistant.retrieval.stores.manifest import SourceVersion, current_build, read_manifest
from assistant.retrieval.stores.vector_cache import VectorCache
from ingest.build import VECTOR_CACHE_FILE
from ingest.education_links import TitleLinker, probability
from ingest.education_ties import is_general
from ingest.findings import Finding, RunTotals
from ingest.mirror import Mirror
from ingest.records import ConceptRecord, EducationEventRecord, EducationRecord

Links: TypeAlias = Mapping[str, Sequence[str]]
OCCUPATION, GROUP, FIELD = "occupation-name", "ssyk-level-4", "occupation-field"
UNKNOWN_FIELD = "Utan yrkesområde"


@dataclass(frozen=True, slots=True)
class TiedEducation:
    """A kind of education and the concepts that it was tied to.

    Attributes:
        kind: Of education.
        ties: Surest first.
        education_ids: The educations that it stands for, as the source calls them.
        is_general: It teaches a general school subject, so that no occupation is to be expected.
        guess: Id of the occupation group that its title speaks for most, where the source gives codes
            of its own; empty when it was not looked for.
        guess_probability: How likely that one is, 0-1.
    """

    kind: EducationKind
    ties: tuple[EducationTie, ...]
    education_ids: tuple[str, ...]
    is_general: bool
    guess: str = ""
    guess_probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sources at one time; empty collections for what was not read.

    Attributes:
        today: ISO date, against which dates are old.
        concepts: All, retired ones too, by id.
        links: Targets by relation and source.
        educations: By id, without qualifications, which nobody gives.
        events: By id of the education.
        findings: What was wrong with the records as they were read.
        totals: What became of each source's records.
        versions: The sources that were read.
        from_files: Names of those that were read from files and not from their API.
        tied: Kinds of education in the build in service; None without one.
        replacements: The live concept that each retired one leads to.
    """

    today: str
    concepts: Mapping[str, ConceptRecord] = field(default_factory=dict)
    links: Mapping[str, Links] = field(default_factory=dict)
    educations: tuple[EducationRecord, ...] = ()
    events: Mapping[str, tuple[EducationEventRecord, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    totals: tuple[RunTotals, ...] = ()
    versions: tuple[SourceVersion, ...] = ()
    from_files: frozenset[str] = frozenset()
    tied: tuple[TiedEducation, ...] | None = None
    replacements: Mapping[str, str] = field(default_factory=dict)

    def live(self, *types: str) -> list[ConceptRecord]:
        """The concepts of some types that are not retired."""
        return [c for c in self.concepts.values() if c.type in types and not c.deprecated]

    def targets(self, relation: str, source_id: str, type: str = "") -> list[ConceptRecord]:
        """What relations of one name lead to, of one type or of all."""
        found = (self.concepts.get(id) for id in self.links.get(relation, {}).get(source_id, ()))
        return [concept for concept in found if concept and type in ("", concept.type)]

    def group_of(self, occupation_id: str) -> ConceptRecord | None:
        """The SSYK group of an occupation."""
        return next(iter(self.targets("broader", occupation_id, GROUP)), None)

    def field_of(self, concept_id: str) -> str:
        """Label of the occupation field of an occupation or a group."""
        group = self.group_of(concept_id)
        fields = self.targets("broader", group.concept_id if group else concept_id, FIELD)
        return fields[0].label_sv if fields else UNKNOWN_FIELD

    def occupations_of(self) -> dict[str, list[ConceptRecord]]:
        """The live occupations of each SSYK group, by its id."""
        found: dict[str, list[ConceptRecord]] = defaultdict(list)
        for occupation in self.live(OCCUPATION):
            if group := self.group_of(occupation.concept_id):
                found[group.concept_id].append(occupation)
        return found

    def has_read(self, system: str) -> bool:
        """Whether a source was read."""
        return any(version.system == system for version in self.versions)


def read_snapshot(index_dir: Path, mirror: Mirror | None, today: str = "") -> Snapshot:
    """Read the mirror whole, and the educations of the build in service.

    Takes some 250 MB for the whole taxonomy and ESCO. Without a mirror, or without a build, the rest is read.

    Args:
        index_dir: Folder of the index.
        mirror: The sources; None when there is none.
        today: ISO date; that of today, in UTC, if empty.
    """
    today = today or datetime.now(UTC).date().isoformat()
    tied = _read_tied(index_dir)
    if mirror is None:
        return Snapshot(today, tied=tied)
    versions = mirror.versions()
    return Snapshot(
        today=today,
        concepts={c.concept_id: c for c in mirror.concepts(include_deprecated=True)},
        links=_links(mirror),
        educations=tuple(e for e in mirror.educations() if e.school_type != QUALIFICATION),
        events=_by_education(mirror.all_events()),
        findings=tuple(mirror.findings()),
        totals=mirror.totals(),
        versions=versions,
        from_files=frozenset(v.system for v in versions if mirror.last_started(v.system, "files")),
        tied=tied,
        replacements=mirror.replacements(),
    )


def _links(mirror: Mirror) -> dict[str, Links]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for relation in mirror.relations():
        found[relation.relation][relation.source_id].append(relation.target_id)
    return {name: dict(sources) for name, sources in found.items()}


def _by_education(events: Iterable[EducationEventRecord]) -> dict[str, tuple[EducationEventRecord, ...]]:
    found: dict[str, list[EducationEventRecord]] = defaultdict(list)
    for event in events:
        found[event.education_id].append(event)
    return {education_id: tuple(given) for education_id, given in found.items()}


def _read_tied(index_dir: Path) -> tuple[TiedEducation, ...] | None:
    """The educations of the build in service; None without one that has any."""
    try:
        build = current_build(index_dir)
        manifest = read_manifest(build)
    except (IndexMissing, IndexStale):
        return None
    store = EducationStore(build)
    if not store.counts()["kind"]:
        return None
    cache = VectorCache(index_dir / VECTOR_CACHE_FILE, manifest.encoder)
    guesses = dict(_guesses(store, TitleLinker(build, cache, manifest.floor), cache))
    return tuple(
        TiedEducation(
            kind,
            store.ties_of(kind.kind_id),
            tuple(sorted({offering.education_id for offering in store.offerings(kind.kind_id)})),
            is_general(kind),
            *guesses.get(kind.kind_id, ("", 0.0)),
        )
        for kind in store.kinds()
        if kind.school_type != QUALIFICATION
    )


def _guesses(
    store: EducationStore, linker: TitleLinker, cache: VectorCache
) -> Iterator[tuple[str, tuple[str, float]]]:
    """What the titles of kinds with codes of their own speak for: kind id, then group id and probability."""
    kinds = [kind for id in store.kinds_tied_by(TieOrigin.SSYK_CODE) if (kind := store.kind(id))]
    vectors = cache.get(kind.title for kind in kinds)
    for kind in kinds:
        if kind.title in vectors:
            best = linker.candidates(kind.title, vectors[kind.title])[0]
            yield kind.kind_id, (best.group_id, probability(best))

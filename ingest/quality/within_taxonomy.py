"""Where one part of the taxonomy contradicts another."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ingest.cleaning import JOBTECH
from ingest.quality.disagreement import disagreement
from ingest.quality.measure import Measure, Part, Row, Severity
from ingest.quality.snapshot import OCCUPATION, Snapshot


def within_taxonomy(snapshot: Snapshot) -> Iterator[Measure]:
    """All contradictions within the taxonomy, and relations that lead to what is retired."""
    if not snapshot.has_read(JOBTECH):
        return
    yield _code_prefixes(snapshot)
    yield _same_labels(snapshot)
    yield _retired_targets(snapshot)
    # Some readers are not told of replacements at all, and then no concept seems to have one.
    if any(concept.replaced_by for concept in snapshot.concepts.values()):
        yield _without_successor(snapshot)


def _code_prefixes(snapshot: Snapshot) -> Measure:
    """SSYK codes that do not begin with the code of the group above."""
    groups = [(level, group) for level in (2, 3, 4) for group in snapshot.live(f"ssyk-level-{level}")]
    found: list[Row] = []
    for level, group in groups:
        above = snapshot.targets("broader", group.concept_id, f"ssyk-level-{level - 1}")
        if not above or any(group.code[:-1] != parent.code for parent in above):
            codes = ", ".join(parent.code for parent in above) or "ingen"
            found.append((group.concept_id, group.code, group.label_sv, codes))
    return disagreement(
        found,
        len(groups),
        id="ssyk-kod-mot-overgrupp",
        title="SSYK-grupper vars kod inte stämmer med gruppen ovanför",
        texts=(
            "Koden utan sin sista siffra är inte koden för gruppen ovanför, eller så finns ingen grupp där.",
            "Rätta koden eller relationen till gruppen ovanför.",
            "SSYK-grupper på nivå 2–4",
        ),
        columns=("id", "SSYK", "benämning", "kod ovanför"),
    )


def _same_labels(snapshot: Snapshot) -> Measure:
    """Live occupations, or skills, with the same label."""
    concepts = snapshot.live(OCCUPATION, "skill")
    labels = Counter((concept.type, concept.label_sv.casefold()) for concept in concepts)
    found: list[Row] = [
        (concept.concept_id, concept.label_sv, concept.type)
        for concept in sorted(concepts, key=lambda concept: (concept.label_sv.casefold(), concept.concept_id))
        if concept.label_sv and labels[concept.type, concept.label_sv.casefold()] > 1
    ]
    return disagreement(
        found,
        len(concepts),
        id="samma-benamning",
        title="Yrken och kompetenser med samma benämning",
        texts=(
            "Två eller flera begrepp i bruk av samma typ heter lika, bortsett från stora och små bokstäver.",
            "Slå ihop dem, eller skilj dem åt i benämningen.",
            "yrkesbenämningar och kompetenser",
        ),
        columns=("id", "benämning", "typ"),
    )


def _retired_targets(snapshot: Snapshot) -> Measure:
    """Relations from a live concept to a retired one."""
    found: list[Row] = []
    by_relation: Counter[str] = Counter()
    for name, sources in sorted(snapshot.links.items()):
        for source_id, targets in sources.items():
            source = snapshot.concepts.get(source_id)
            if not source or source.deprecated:
                continue
            by_relation[name] += len(targets)
            for target in snapshot.targets(name, source_id):
                if target.deprecated:
                    successor = snapshot.replacements.get(target.concept_id, "")
                    row = (source_id, source.label_sv or source.label_en, name)
                    found.append((*row, target.concept_id, target.label_sv or target.label_en, successor))
    retired = Counter(str(row[2]) for row in found)
    parts = [Part(name, retired[name], total) for name, total in by_relation.most_common() if retired[name]]
    measure = disagreement(
        found,
        by_relation.total(),
        id="pekar-pa-avvecklat",
        title="Relationer från begrepp i bruk till avvecklade begrepp",
        texts=(
            "Begreppet som relationen leder till är avvecklat. Gäller alla källors relationer.",
            "Peka om relationen till det som ersätter begreppet, eller ta bort den.",
            "relationer från begrepp i bruk",
        ),
        columns=("id", "benämning", "relation", "avvecklat id", "avvecklad benämning", "ersätts av"),
        systems=tuple(version.system for version in snapshot.versions),
    )
    return replace(measure, parts=tuple(parts), parts_title="slag av relation")


def _without_successor(snapshot: Snapshot) -> Measure:
    retired = [c for c in snapshot.concepts.values() if c.deprecated and c.type in (OCCUPATION, "skill")]
    found: list[Row] = [
        (concept.concept_id, concept.label_sv, concept.type)
        for concept in retired
        if concept.concept_id not in snapshot.replacements
    ]
    return disagreement(
        found,
        len(retired),
        id="avvecklade-utan-ersattning",
        title="Avvecklade yrken och kompetenser som inget ersätter",
        texts=(
            "Begreppet är avvecklat, och ingen kedja av ersättningar leder till ett begrepp i bruk.",
            "Ange vad som ersätter begreppet, så att sparade profiler kan följa med.",
            "avvecklade yrkesbenämningar och kompetenser",
        ),
        columns=("id", "benämning", "typ"),
        severity=Severity.GAP,
    )

"""A small mirror without a defect, to plant defects in; every record in it is invented."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ingest.cleaning import ESCO, JOBTECH, Read
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.records import (
    ConceptRecord,
    EducationEventRecord,
    EducationRecord,
    RelationRecord,
    SubjectCode,
)
from ingest.sources.taxonomy_records import OPEN_FILES

SUSA = "Susa-navet"
TODAY = "2026-11-22"
LATER, EARLIER = "2027-01-11", "2025-01-13"
URI = "http://data.europa.eu/esco/"
FIELD, GROUP, OCCUPATION, SKILL = "fild_001_aaa", "grup_004_aaa", "occu_001_aaa", "skil_001_aaa"
ISCO, BAROMETER, BRIDGE = "isco_001_aaa", "baro_001_aaa", "brid_001_aaa"
ESCO_OCCUPATION, ESCO_SKILL = f"{URI}occupation/1", f"{URI}skill/1"

Records = dict[str, list[Read]]
"""Records by source."""


def concept(id: str, type: str, **others: object) -> ConceptRecord:
    system = ESCO if id.startswith(URI) else JOBTECH
    base = ConceptRecord(
        id,
        type,
        system,
        label_sv=f"Begrepp {id.rsplit('/')[-1]} {type}",
        label_en=f"Concept {type}",
        alternative_sv=(f"Annat ord {id}",),
        definition_sv="En påhittad definition.",
    )
    return replace(base, **others)  # type: ignore[arg-type]


def relation(source: str, name: str, target: str, system: str = "") -> RelationRecord:
    return RelationRecord(source, name, target, system or (ESCO if source.startswith(URI) else JOBTECH))


def education(number: int, **others: object) -> EducationRecord:
    base = EducationRecord(
        f"i.{number}",
        SUSA,
        title_sv=f"Kurs {number}",
        description_sv=f"Om kurs {number}.",
        school_type="AUB",
        subjects=(SubjectCode("AUB_Subject", "5321"),),
    )
    return replace(base, **others)  # type: ignore[arg-type]


def event(number: int, **others: object) -> EducationEventRecord:
    base = EducationEventRecord(
        f"e.{number}",
        f"i.{number}",
        SUSA,
        provider="Påhittad skola",
        towns=("Umeå",),
        municipality_codes=("2480",),
        start=LATER,
    )
    return replace(base, **others)  # type: ignore[arg-type]


def healthy() -> Records:
    """Records of four sources in which no measure finds anything."""
    jobtech: list[Read] = [
        concept(FIELD, "occupation-field"),
        *(concept(f"grup_00{n}_aaa", f"ssyk-level-{n}", code="5321"[:n]) for n in (1, 2, 3, 4)),
        *(relation(f"grup_00{n}_aaa", "broader", f"grup_00{n - 1}_aaa") for n in (2, 3, 4)),
        concept(OCCUPATION, "occupation-name"),
        concept(SKILL, "skill"),
        concept(ISCO, "isco-level-4", code="5321"),
        concept(BAROMETER, "barometer-occupation"),
        concept(BRIDGE, "jobtech-esco-skill", label_sv="Kunna svetsa", esco_uri=ESCO_SKILL),
        relation(GROUP, "broader", FIELD),
        relation(GROUP, "related", ISCO),
        relation(OCCUPATION, "broader", GROUP),
        relation(OCCUPATION, "barometer", BAROMETER),
        relation(OCCUPATION, "exact_match", ESCO_OCCUPATION),
        relation(SKILL, "exact_match", ESCO_SKILL),
    ]
    esco: list[Read] = [
        concept(ESCO_OCCUPATION, "esco-occupation", code="5321.1"),
        concept(ESCO_SKILL, "esco-skill", label_sv="kunna svetsa"),
        relation(ESCO_OCCUPATION, "essential_skill", ESCO_SKILL),
    ]
    return {
        JOBTECH: jobtech,
        ESCO: esco,
        OPEN_FILES: [relation(GROUP, "has_skill", SKILL, OPEN_FILES)],
        SUSA: [education(1), event(1)],
    }


def write(index_dir: Path, records: Records) -> Path:
    """Put all records into the mirror of an index folder, as one whole sync of each source."""
    with Mirror(index_dir / MIRROR_FILE) as mirror:
        for system, read in records.items():
            put(mirror, system, read)
        mirror.settle()
    return index_dir


def put(mirror: Mirror, system: str, read: Iterable[Read], key: str = "live 1") -> None:
    mirror.begin(system, key)
    mirror.put_page(system, "end", read)
    mirror.finish(system, "30", TODAY)

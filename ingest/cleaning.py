"""Repairs records, or sets them aside; every repair and every loss leaves a finding.

Pure functions of one record. What takes more than one record to see (unknown ends, cycles, doubles) is
found by the mirror.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import TypeAlias

from ingest.findings import LONGEST_DETAIL, Action, Finding, FindingKind
from ingest.records import (
    ConceptRecord,
    EducationEventRecord,
    EducationRecord,
    Record,
    RelationRecord,
    Removal,
)
from ingest.repairs import Repair, repaired_address, repaired_date, repaired_label, repaired_text

JOBTECH = "JobTech Taxonomy"
ESCO = "ESCO"

MIRRORED_TYPES = frozenset(
    """
    occupation-name ssyk-level-1 ssyk-level-2 ssyk-level-3 ssyk-level-4 occupation-field
    occupation-collection skill skill-headline job-title keyword isco-level-4 region municipality country
    language sun-education-field-1 sun-education-field-2 sun-education-field-3 sun-education-field-4
    sun-education-level-1 sun-education-level-2 sun-education-level-3 barometer-occupation
    jobtech-esco-occupation jobtech-esco-skill esco-occupation esco-skill isco-group esco-skill-group
    """.split()
)
"""Types of concepts that are kept. `jobtech-esco-*` are JobTech's own concepts for those of ESCO."""

RELATIONS = frozenset(
    """
    broader related member_of barometer exact_match close_match broad_match narrow_match substitutes
    has_skill has_skill_calculated has_license has_vocational_qualification similar_occupation
    similar_occupation_other_group labour_flow_to essential_skill optional_skill
    """.split()
)

_JOBTECH_ID = re.compile(r"[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}")
_ESCO_URI = re.compile(r"http://data\.europa\.eu/esco/[\w.-]+/[\w.-]+", re.ASCII)
_OTHER_ID = re.compile(r"[\w.:-]{1,200}")
_HIGHEST_SEQF = 8
_HIGHEST_PACE = 200


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of a source that does not have the source's form; `record_id` says where it is."""

    record_id: str
    system: str
    reason: str


Read: TypeAlias = Record | Unreadable


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A record as it is to be kept, `None` if it is set aside, and what was found."""

    record: Record | None
    findings: tuple[Finding, ...] = ()


def record_id(record: Read) -> str:
    """What findings call a record."""
    match record:
        case ConceptRecord():
            return record.concept_id
        case RelationRecord():
            return f"{record.source_id} {record.relation} {record.target_id}"
        case EducationRecord():
            return record.education_id
        case EducationEventRecord():
            return record.event_id
        case Removal() | Unreadable():
            return record.record_id


def clean(record: Read, system: str) -> Cleaned:
    """Repair a record of a source, or set it aside.

    Args:
        record: As the source has it.
        system: The source that is being read; a record that names another one is set aside.
    """
    if isinstance(record, Unreadable):
        return _aside(record, FindingKind.UNREADABLE, record.reason)
    if record.system != system:
        return _aside(replace(record, system=system), FindingKind.WRONG_SYSTEM, record.system)
    return _clean(record)


@singledispatch
def _clean(record: Record) -> Cleaned:
    raise TypeError(type(record))


@_clean.register
def _clean_concept(record: ConceptRecord) -> Cleaned:
    if not _is_concept_id(record.concept_id):
        return _aside(record, FindingKind.WRONG_ID)
    if record.type not in MIRRORED_TYPES:
        return _aside(record, FindingKind.NOT_MIRRORED, record.type)
    notes = _Notes(record)
    label_sv = notes.label("label_sv", record.label_sv)
    label_en = notes.label("label_en", record.label_en)
    if not (label_sv or label_en):
        return _aside(record, FindingKind.MISSING_LABEL, record.type)
    cleaned = replace(
        record,
        label_sv=label_sv,
        label_en=label_en,
        alternative_sv=notes.alternatives("alternative_sv", record.alternative_sv, label_sv),
        alternative_en=notes.alternatives("alternative_en", record.alternative_en, label_en),
        definition_sv=notes.text("definition_sv", record.definition_sv),
        definition_en=notes.text("definition_en", record.definition_en),
        code=record.code.strip(),
        esco_uri=notes.esco_uri(record.esco_uri),
        replaced_by=notes.concept_ids("replaced_by", record.replaced_by),
    )
    return Cleaned(cleaned, notes.found())


@_clean.register
def _clean_relation(record: RelationRecord) -> Cleaned:
    if record.relation not in RELATIONS:
        return _aside(record, FindingKind.UNKNOWN_RELATION, record.relation)
    if not (_is_concept_id(record.source_id) and _is_concept_id(record.target_id)):
        return _aside(record, FindingKind.WRONG_ID)
    if record.source_id == record.target_id:
        return _aside(record, FindingKind.SELF_RELATION)
    if record.percentage is None or 0 <= record.percentage <= 100:
        return Cleaned(record)
    notes = _Notes(record)
    notes.add(FindingKind.OUT_OF_RANGE, f"percentage {record.percentage}")
    return Cleaned(replace(record, percentage=None), notes.found())


@_clean.register
def _clean_education(record: EducationRecord) -> Cleaned:
    if not _OTHER_ID.fullmatch(record.education_id):
        return _aside(record, FindingKind.WRONG_ID)
    notes = _Notes(record)
    title_sv = notes.label("title_sv", record.title_sv)
    title_en = notes.label("title_en", record.title_en)
    if not (title_sv or title_en):
        return _aside(record, FindingKind.MISSING_LABEL)
    cleaned = replace(
        record,
        title_sv=title_sv,
        title_en=title_en,
        description_sv=notes.text("description_sv", record.description_sv),
        credits=notes.label("credits", record.credits),
        seqf_level=notes.number("seqf_level", record.seqf_level, _HIGHEST_SEQF),
        url=notes.address("url", record.url),
    )
    return Cleaned(cleaned, notes.found())


@_clean.register
def _clean_event(record: EducationEventRecord) -> Cleaned:
    if not (_OTHER_ID.fullmatch(record.event_id) and record.education_id):
        return _aside(record, FindingKind.WRONG_ID)
    notes = _Notes(record)
    cleaned = replace(
        record,
        provider=notes.label("provider", record.provider),
        towns=tuple(filter(None, (notes.label("towns", town) for town in record.towns))),
        start=notes.date("start", record.start),
        end=notes.date("end", record.end),
        apply_from=notes.date("apply_from", record.apply_from),
        apply_by=notes.date("apply_by", record.apply_by),
        pace_percent=notes.number("pace_percent", record.pace_percent, _HIGHEST_PACE),
        url=notes.address("url", record.url),
    )
    return Cleaned(cleaned, notes.found())


@_clean.register
def _clean_removal(record: Removal) -> Cleaned:
    return Cleaned(record) if record.record_id else _aside(record, FindingKind.WRONG_ID)


def _is_concept_id(text: str) -> bool:
    return bool(_JOBTECH_ID.fullmatch(text) or _ESCO_URI.fullmatch(text))


def _aside(record: Read, kind: FindingKind, detail: str = "") -> Cleaned:
    return Cleaned(None, (_finding(record, kind, Action.SET_ASIDE, detail),))


def _finding(record: Read, kind: FindingKind, action: Action, detail: str) -> Finding:
    # Ids too come from outside, and a hostile one may be of any length.
    return Finding(record.system, record_id(record)[:LONGEST_DETAIL], kind, action, detail[:LONGEST_DETAIL])


class _Notes:
    """Repairs the fields of one record and remembers what was wrong: one finding a kind."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._details: dict[FindingKind, list[str]] = {}

    def add(self, kind: FindingKind, detail: str) -> None:
        details = self._details.setdefault(kind, [])
        if detail not in details:
            details.append(detail)

    def found(self) -> tuple[Finding, ...]:
        return tuple(
            _finding(self._record, kind, Action.REPAIRED, ", ".join(details))
            for kind, details in self._details.items()
        )

    def label(self, field: str, text: str) -> str:
        return self._noted(field, repaired_label(text))

    def text(self, field: str, text: str) -> str:
        return self._noted(field, repaired_text(text))

    def date(self, field: str, text: str) -> str:
        return self._noted(field, repaired_date(text))

    def address(self, field: str, text: str) -> str:
        return self._noted(field, repaired_address(text))

    def alternatives(self, field: str, labels: Iterable[str], preferred: str) -> tuple[str, ...]:
        """Alternative labels, without empty ones, repeated ones and the preferred one."""
        kept: dict[str, str] = {}
        for label in labels:
            text = self.label(field, label)
            if text.casefold() == preferred.casefold() or text.casefold() in kept:
                self.add(FindingKind.REDUNDANT_ALTERNATIVE, f"{field}: {text}")
            elif text:
                kept[text.casefold()] = text
        return tuple(kept.values())

    def number(self, field: str, number: int, highest: int) -> int:
        if 0 <= number <= highest:
            return number
        self.add(FindingKind.OUT_OF_RANGE, f"{field} {number}")
        return 0

    def esco_uri(self, uri: str) -> str:
        if not uri or _ESCO_URI.fullmatch(uri):
            return uri
        self.add(FindingKind.WRONG_ID, f"esco_uri {uri}")
        return ""

    def concept_ids(self, field: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        for wrong in (id for id in ids if not _is_concept_id(id)):
            self.add(FindingKind.WRONG_ID, f"{field} {wrong}")
        return tuple(id for id in ids if _is_concept_id(id))

    def _noted(self, field: str, repair: Repair) -> str:
        for kind in repair.kinds:
            self.add(kind, field)
        return repair.text

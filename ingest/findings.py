"""What was wrong with the data of the sources, and the report of it: `ingest-report.json`."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

EXAMPLES = 20
"""Most examples of one kind in the report."""

LONGEST_DETAIL = 200


class FindingKind(StrEnum):
    """What is wrong with a record."""

    UNREADABLE = "unreadable"
    WRONG_ID = "wrong_id"
    WRONG_SYSTEM = "wrong_system"
    MISSING_LABEL = "missing_label"
    NOT_MIRRORED = "not_mirrored"
    UNKNOWN_RELATION = "unknown_relation"
    SELF_RELATION = "self_relation"
    UNKNOWN_CONCEPT = "unknown_concept"
    UNKNOWN_EDUCATION = "unknown_education"
    END_SET_ASIDE = "end_set_aside"
    CYCLE = "cycle"
    DUPLICATE_ID = "duplicate_id"
    DUPLICATE_LABEL = "duplicate_label"
    REDUNDANT_ALTERNATIVE = "redundant_alternative"
    REMOVED_AGAIN = "removed_again"
    LOST_REPLACEMENT = "lost_replacement"
    HTML = "html"
    MOJIBAKE = "mojibake"
    CONTROL_CHARACTERS = "control_characters"
    WHITESPACE = "whitespace"
    NOT_NORMALISED = "not_normalised"
    TOO_LONG = "too_long"
    MALFORMED_DATE = "malformed_date"
    OPEN_DATE = "open_date"
    OUT_OF_RANGE = "out_of_range"
    BAD_ADDRESS = "bad_address"


class Action(StrEnum):
    """What was done about it."""

    REPAIRED = "repaired"
    SET_ASIDE = "set_aside"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with one record.

    Attributes:
        system: The source.
        record_id: Id of the record; for a relation its source, name and target.
        kind: What is wrong.
        action: What was done.
        detail: More on it, such as the field; at most 200 characters.
    """

    system: str
    record_id: str
    kind: FindingKind
    action: Action
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RunTotals:
    """What became of the records of a source's last sync: `read` = kept + set aside + removals.

    Attributes:
        system: The source.
        read: Records that it gave.
        kept: Of these, those that are in the mirror.
        set_aside: Of these, those that are not, each with a finding that says why.
        removals: Of these, those that said that another record is gone.
        disappeared: Records of earlier syncs that it no longer has.
        is_partial: It was asked for changes alone.
    """

    system: str
    read: int
    kept: int
    set_aside: int
    removals: int
    disappeared: int
    is_partial: bool


class Findings(Protocol):
    """Where findings and totals are kept."""

    def findings(self) -> Iterable[Finding]:
        """All findings, ordered by source, kind and record."""
        ...

    def totals(self) -> tuple[RunTotals, ...]:
        """What became of each source's records."""
        ...


def write_report(kept: Findings, path: Path) -> None:
    """Write the report in one step: by source, kind and action the count, and up to 20 examples."""
    groups: dict[tuple[str, str, str], _Group] = {}
    for finding in kept.findings():
        key = (finding.system, finding.kind.value, finding.action.value)
        groups.setdefault(key, _Group(0, [])).add(finding)
    report = {
        "totals": [asdict(totals) for totals in kept.totals()],
        "findings": [
            {"system": system, "kind": kind, "action": action, **asdict(group)}
            for (system, kind, action), group in sorted(groups.items())
        ],
    }
    pending = path.with_name(f"{path.name}.pending")
    pending.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(pending, path)


@dataclass(slots=True)
class _Group:
    count: int
    examples: list[dict[str, str]]

    def add(self, finding: Finding) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append({"record_id": finding.record_id, "detail": finding.detail})

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ingest.findings import EXAMPLES, Action, Finding, FindingKind, RunTotals, write_report

SYSTEM = "JobTech Taxonomy"


class Kept:
    """Findings and totals as the mirror gives them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings = tuple(findings)

    def findings(self) -> Iterable[Finding]:
        return self._findings

    def totals(self) -> tuple[RunTotals, ...]:
        return (RunTotals(SYSTEM, 100, 70, 30, 0, 2, is_partial=False),)


def finding(number: int, kind: FindingKind, action: Action) -> Finding:
    return Finding(SYSTEM, f"occu_{number:03d}_aaa", kind, action, "label_sv")


def test_the_report_counts_by_kind_and_gives_some_examples(tmp_path: Path) -> None:
    file = tmp_path / "ingest-report.json"
    write_report(
        Kept(
            [finding(n, FindingKind.MISSING_LABEL, Action.SET_ASIDE) for n in range(30)]
            + [finding(1, FindingKind.HTML, Action.REPAIRED)]
        ),
        file,
    )
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["totals"] == [
        {
            "system": SYSTEM,
            "read": 100,
            "kept": 70,
            "set_aside": 30,
            "removals": 0,
            "disappeared": 2,
            "is_partial": False,
        }
    ]
    counts = Counter({(row["kind"], row["action"]): row["count"] for row in report["findings"]})
    assert counts == {("missing_label", "set_aside"): 30, ("html", "repaired"): 1}
    examples = {row["kind"]: row["examples"] for row in report["findings"]}
    assert len(examples["missing_label"]) == EXAMPLES
    assert examples["html"] == [{"record_id": "occu_001_aaa", "detail": "label_sv"}]
    assert [path.name for path in tmp_path.iterdir()] == ["ingest-report.json"]


def test_a_report_replaces_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "ingest-report.json"
    write_report(Kept([finding(1, FindingKind.HTML, Action.REPAIRED)]), file)
    write_report(Kept([]), file)
    assert json.loads(file.read_text(encoding="utf-8"))["findings"] == []

"""The measures of calibration, against values worked out by hand."""

from pathlib import Path

import pytest

from assistant.evaluation.calibration import Judged, evaluate_calibration, figures
from assistant.evaluation.phrases import read_phrases
from assistant.retrieval.knowledge import Knowledge


def test_links_that_are_right_as_often_as_said_have_no_error() -> None:
    told = figures([Judged(1.0, True)] * 10 + [Judged(0.0, False)] * 10)
    assert (told["ece"], told["brier"]) == (0, 0)
    assert (told["accuracy"], told["asked"], told["accuracy_not_asked"]) == (0.5, 0.5, 1)


def test_bins_are_of_equal_mass() -> None:
    # Ten bins of two: nine say 0.9 and are right always, one says 0.4 and is right half the time.
    told = figures([Judged(0.9, True)] * 18 + [Judged(0.4, True), Judged(0.4, False)])
    assert told["ece"] == pytest.approx(0.9 * 0.1 + 0.1 * 0.1)
    assert told["brier"] == pytest.approx((18 * 0.01 + 0.36 + 0.16) / 20)
    assert told["asked"] == pytest.approx(0.1)


def test_nothing_to_judge_is_no_error() -> None:
    assert figures([])["ece"] == 0


def test_phrases_are_judged_over_all_and_by_language(knowledge: Knowledge, tmp_path: Path) -> None:
    table = tmp_path / "phrases.tsv"
    table.write_text(
        "query_id\tlang\tphrase\tssyk\nq1\tsv\tlastbilsförare\t8332\n"
        "q2\ten\ttruck driver\t8332\nq3\ten\t?!\t8332\n",
        encoding="utf-8",
    )
    told = evaluate_calibration(knowledge.linker, read_phrases(table))
    assert set(told) >= {"n", "ece", "brier", "asked", "accuracy_not_asked", "sv", "en"}
    assert told["n"] == 3
    assert told["asked"] == pytest.approx(1 / 3, abs=1e-4)
    assert told["accuracy_not_asked"] == 1

"""Scores of a ranking to probabilities, and how they are fitted."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.domain.language import Language
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.trained.calibration import DEPTH, Calibration
from ingest.training.calibration import Ranked, fit_calibration
from ingest.training.queries import QueryKind, SyntheticQuery

_MADE = 60


@dataclass(frozen=True)
class Case:
    name: str
    scores: tuple[float, ...]


CASES = (
    Case("clear", (0.9, 0.4, 0.3)),
    Case("a tie", (0.6, 0.6, 0.6, 0.6)),
    Case("hopeless", (0.05, 0.04)),
    Case("alone", (0.7,)),
    Case("nothing", ()),
    Case("all zero", (0.0, 0.0)),
    Case("more than are looked at", (0.5,) * (DEPTH + 3)),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_probabilities_fall_with_the_score_and_add_up_to_at_most_one(case: Case) -> None:
    likely = Calibration().probabilities(case.scores)
    assert len(likely) == len(case.scores)
    assert all(0 <= probability <= 1 for probability in likely)
    assert sum(likely) <= 1 + 1e-9
    assert all(better >= worse for better, worse in pairwise(likely))


def test_a_clear_link_is_likelier_than_a_tie_and_a_tie_than_a_hopeless_one() -> None:
    clear, tie, hopeless = (Calibration().probabilities(case.scores)[0] for case in CASES[:3])
    assert clear > tie > hopeless


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    calibration = Calibration((1.0, -2.5, 0.25, 0.0), (0.5, 1.0, 2.0, 3.0, -4.0))
    calibration.save(tmp_path)
    assert Calibration.load(tmp_path) == calibration


def _queries() -> list[SyntheticQuery]:
    return [
        SyntheticQuery(f"{i}", Language.SV, frozenset({"right"}), f"title {i}", QueryKind.PLAIN)
        for i in range(_MADE)
    ]


@pytest.mark.parametrize(("right_every", "low", "high"), [(1, 0.9, 1.0), (2, 0.4, 0.6), (10, 0.0, 0.25)])
def test_the_fit_says_how_often_links_of_a_score_are_right(right_every: int, low: float, high: float) -> None:
    def rank(text: str, without: str) -> Ranked:
        best, other = ("right", "wrong") if int(text) % right_every == 0 else ("wrong", "other")
        return ((best, 0.5), (other, 0.25))

    calibration = fit_calibration(_queries(), rank)
    assert low <= calibration.probabilities((0.5, 0.25, *([0.0] * (DEPTH - 2))))[0] <= high
    assert calibration == fit_calibration(_queries(), rank)


def test_without_queries_the_default_stays() -> None:
    assert fit_calibration((), lambda text, without: ()) == Calibration()


def test_words_that_name_work_are_likelier_than_words_that_do_not(knowledge: Knowledge) -> None:
    named, vague, other = (
        knowledge.linker.occupations(said, top_k=10)
        for said in ("lastbilsförare", "jobbade med lite av varje", "det regnar i dag")
    )
    assert named[0].probability > 0.9
    assert max(vague[0].probability, other[0].probability) < 0.6
    for links in (named, vague, other):
        assert sum(link.probability for link in links) <= 1 + 1e-9


def test_a_link_is_as_likely_however_many_are_asked_for(knowledge: Knowledge) -> None:
    few, many = (knowledge.linker.occupations("worked in a kitchen", top_k=k) for k in (1, 12))
    assert few[0].probability == many[0].probability
    assert many[-1].probability == 0

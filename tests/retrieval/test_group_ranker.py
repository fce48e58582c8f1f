"""What ranks groups: the trade before the place, masking, and features of links."""

from dataclasses import dataclass

import numpy as np
import pytest

from assistant.retrieval.group_ranker import trade_of
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.stores.group_titles import group_titles
from assistant.retrieval.trained.group_classifier import buckets_of


@dataclass(frozen=True)
class Case:
    said: str
    trade: str


TRADES = (
    Case("welder in a shipyard", "welder"),
    Case("kassabiträde i livsmedelsbutik", "kassabiträde"),
    Case("jobbade på restaurang", ""),
    Case("welder", ""),
    Case("in a shipyard", ""),
    Case("", ""),
)


@pytest.mark.parametrize("case", TRADES, ids=lambda case: case.said)
def test_the_trade_stands_before_the_place(case: Case) -> None:
    assert trade_of(case.said) == case.trade


def test_a_trade_outweighs_the_place_it_was_done_at(knowledge: Knowledge) -> None:
    for said, ssyk in (("welder in a shipyard", "7212"), ("Kassabiträde i livsmedelsbutik", "5230")):
        assert knowledge.linker.occupations(said, top_k=1)[0].ssyk_code == ssyk


def test_a_phrase_without_a_word_links_to_nothing(knowledge: Knowledge) -> None:
    assert knowledge.linker.occupations("!?") == ()


def test_a_title_that_is_left_out_says_nothing(knowledge: Knowledge) -> None:
    told = knowledge.linker.occupations("svetsare", top_k=1)[0]
    masked = {c.concept_id: c for c in knowledge.linker.occupations("svetsare", without="svetsare")}
    assert masked[told.concept_id].score < told.score


def test_each_group_has_the_best_of_its_passages() -> None:
    titles = group_titles([(2, 1, 0.5), (0, 1, 1.0), (1, 3, 1.0)])
    scores = np.array([0.2, 0.7, 0.8], dtype=np.float32)
    assert titles.best(scores, 4).tolist() == pytest.approx([0, 0.4, 0, 0.7])
    assert titles.of_group(1).tolist() == [0, 2]
    assert titles.of_group(0).tolist() == titles.of_group(2).tolist() == []


def test_units_are_the_same_whatever_the_spelling_of_case_and_space() -> None:
    assert buckets_of("  SVETSARE ").tolist() == buckets_of("svetsare").tolist()
    assert buckets_of("").tolist() == []

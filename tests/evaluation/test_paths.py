"""The measure of suggested paths: what is hidden stays hidden, and figures count what they say."""

from pathlib import Path

import pytest

from assistant.domain.concept import OccupationGroup
from assistant.errors import EvaluationDataError
from assistant.evaluation.paths import profile_figures, read_profiles
from assistant.evaluation.transitions import (
    Found,
    first_ten,
    held_out_figures,
    typical_person,
    without_relations_of,
)
from assistant.guidance.matching import Matcher
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.stores.catalogue import Catalogue
from ingest.documents import to_catalogue
from ingest.sources.starter import read_starter

COOK, KITCHEN_HELP = "5120", "9412"
SOURCES = "5120 8332 9111 2221 7111 2512 6111 2341 5311 4322 3112 5223".split()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return to_catalogue(read_starter())


def group(catalogue: Catalogue, code: str) -> OccupationGroup:
    found = catalogue.group_by_ssyk(code)
    assert found is not None
    return found


def test_nothing_that_knows_the_answer_is_left(catalogue: Catalogue) -> None:
    cook = group(catalogue, COOK)
    hidden = without_relations_of(catalogue, cook.concept_id)
    own = hidden[cook.concept_id]
    assert (own.evidence.flows, own.evidence.similar, own.neighbour_ids) == ((), (), ())
    assert own.skill_ids == cook.skill_ids
    for other in hidden.values():
        known = {*other.evidence.flows, *other.evidence.similar, *other.neighbour_ids}
        assert cook.concept_id not in known, other.ssyk_code
    help_before = group(catalogue, KITCHEN_HELP).evidence.flows
    assert cook.concept_id in help_before
    assert len(hidden[group(catalogue, KITCHEN_HELP).concept_id].evidence.flows) == len(help_before) - 1


def test_a_hidden_relation_is_missed_by_who_knew_only_that(catalogue: Catalogue) -> None:
    source = group(catalogue, "0110")
    person = typical_person(catalogue, source)
    seen = first_ten(Matcher(catalogue.groups, catalogue.skills), person)
    hidden = Matcher(without_relations_of(catalogue, source.concept_id), catalogue.skills)
    targets = set(source.evidence.flows)
    assert len(targets & set(seen)) > len(targets & set(first_ten(hidden, person)))


def test_the_ranking_beats_both_baselines_by_a_third_also_on_a_few(catalogue: Catalogue) -> None:
    figures = held_out_figures(catalogue, sources=SOURCES)
    assert figures["n"] == sum(
        len(getattr(group(catalogue, code).evidence, name))
        for code in SOURCES
        for name in ("flows", "similar")
    )
    baselines = figures["baselines"]
    assert isinstance(baselines, dict)
    for baseline in baselines.values():
        for name in ("recall@10", "mrr"):
            ours = figures[name]
            assert isinstance(ours, float)
            assert 4 / 3 * baseline[name] <= ours <= 1, name


def test_figures_count_pairs_and_first_places() -> None:
    both = Found(3, 2, (1.0,)) + Found(1, 0, (0.0,))
    assert both.figures() == {"n": 4, "recall@10": 0.5, "mrr": 0.5}
    assert Found().figures() == {"n": 0, "recall@10": 0.0, "mrr": 0.0}


ROWS = """
{"id": "a cook", "profile": {"experiences": [{"ssyk": "5120", "years": 4}]}, "expected": ["9412"]}
{"id": "a nurse", "profile": {"experiences": [{"ssyk": "2221", "country": null}]}, "forbidden": ["2221"]}
{"id": "a title", "profile": {"experiences": [{"title": "kock", "skills": ["mat"]}]}, "expected": ["5120"]}

{"id": "a wish", "profile": {"wishes": ["busschaufför"]}, "expected": ["8331"]}
{"id": "nothing", "profile": {}, "expected": ["2211"]}
"""


def test_profiles_are_measured_the_way_that_the_product_takes(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "profiles.jsonl"
    file.write_text(ROWS, encoding="utf-8")
    matcher = Matcher(knowledge.catalogue.groups, knowledge.catalogue.skills)
    figures = profile_figures(knowledge, matcher, read_profiles(file))
    assert figures["n"] == 5
    assert figures["recall@10"] == 0.6
    assert figures["missed"] == ["a nurse", "nothing"]
    assert figures["violations"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "JSON"), ('{"id": "x", "expected": "9412"}', "expected"), ('{"profile": {}}', "id")],
)
def test_a_row_in_another_form_is_refused(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "profiles.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationDataError, match=said):
        read_profiles(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationDataError, match="none"):
        read_profiles(tmp_path / "none.jsonl")

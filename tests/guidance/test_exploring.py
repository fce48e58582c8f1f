from dataclasses import dataclass, replace

import pytest

from assistant.domain.concept import EducationLevel, Feature, GroupEvidence
from assistant.domain.language import Language
from assistant.domain.source import Source
from assistant.guidance.exploring import (
    Explorer,
    Wanted,
    least_swedish,
    most_ads,
    varied,
    with_reasons,
)
from assistant.guidance.market import NamedLanguages
from assistant.guidance.matching import Matcher, match_input
from assistant.guidance.paths import PathExplainer
from assistant.guidance.statement import Statement
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.people import group, person, worked

NOBODY = match_input(person())


@pytest.fixture
def explorer(catalogue: Catalogue, matcher: Matcher) -> Explorer:
    return Explorer(catalogue.groups, matcher)


@dataclass(frozen=True)
class Like:
    id: str
    features: frozenset[Feature]
    unwanted: frozenset[Feature]
    found: frozenset[str]


OUT, KIND, SOLD = (
    frozenset({Feature.OUTDOORS}),
    frozenset({Feature.OUTDOORS, Feature.ANIMALS}),
    frozenset({Feature.CUSTOMERS}),
)
LIKES = (
    Like("one feature", OUT, frozenset(), frozenset({"a", "b"})),
    Like("all of several", KIND, frozenset(), frozenset({"b"})),
    Like("without another", OUT, frozenset({Feature.ANIMALS}), frozenset({"a"})),
    Like("only without", frozenset(), SOLD, frozenset({"a", "b"})),
    Like("nothing is like that", KIND, KIND, frozenset()),
)


@pytest.mark.parametrize("case", LIKES, ids=lambda case: case.id)
def test_work_is_found_by_what_it_is_like(case: Like, catalogue: Catalogue) -> None:
    model = group(catalogue, "9111")
    groups = {
        name: replace(model, concept_id=name, ssyk_code=code, features=features, neighbour_ids=())
        for name, code, features in (("a", "1111", OUT), ("b", "2222", KIND), ("c", "3333", SOLD))
    }
    explorer = Explorer(groups, Matcher(groups, catalogue.skills))
    found = explorer.find(Wanted(features=case.features, unwanted=case.unwanted), NOBODY)
    assert {one.group.concept_id for one in found} == case.found


def test_near_groups_are_in_the_order_in_which_data_agree(catalogue: Catalogue) -> None:
    model = group(catalogue, "9111")
    evidence = GroupEvidence(flows=("b", "c"), similar=("b",), substitutes={"d": 25, "c": 75})
    groups = {name: replace(model, concept_id=name, neighbour_ids=()) for name in "bcd"}
    groups["a"] = replace(model, concept_id="a", neighbour_ids=("d",), evidence=evidence)
    explorer = Explorer(groups, Matcher(groups, catalogue.skills))
    found = explorer.find(Wanted(near=(groups["a"],)), NOBODY)
    # b is first in two lists; what the others are named by is weaker.
    ids = [one.group.concept_id for one in found]
    assert (ids[0], set(ids)) == ("b", {"b", "c", "d"})
    assert {one.near.concept_id for one in found if one.near} == {"a"}


def test_what_the_person_has_done_or_does_not_want_is_left_out(
    explorer: Explorer, catalogue: Catalogue
) -> None:
    cook, cleaner = group(catalogue, "5120"), group(catalogue, "9111")
    known = match_input(person(worked(catalogue, "5120")))
    found = explorer.find(Wanted(without=frozenset({cleaner.concept_id})), known)
    ids = [one.group.concept_id for one in found]
    assert len(ids) == len(catalogue.groups) - 2
    assert not {cook.concept_id, cleaner.concept_id} & set(ids)


@pytest.mark.parametrize("level", list(EducationLevel), ids=str)
def test_no_more_school_than_is_wanted(level: EducationLevel, explorer: Explorer) -> None:
    found = explorer.find(Wanted(most_education=level), NOBODY)
    assert found
    assert all(one.group.education.level.order <= level.order for one in found)


def test_those_who_have_told_nothing_are_shown_the_easiest_ways_first(explorer: Explorer) -> None:
    found = explorer.find(Wanted(), NOBODY)
    levels = [one.group.education.level.order for one in found if one.path.score == 0]
    assert levels[:20] == [0] * 20
    assert found == explorer.find(Wanted(), NOBODY)


def test_few_ads_say_nothing_of_languages(explorer: Explorer, catalogue: Catalogue) -> None:
    one, two, three = (group(catalogue, code) for code in ("9111", "5120", "8332"))
    found = [f for f in explorer.find(Wanted(), NOBODY) if f.group in (one, two, three)]
    named = {
        one.concept_id: NamedLanguages(200, 100, 10),
        two.concept_id: NamedLanguages(50, 5, 0),
        three.concept_id: NamedLanguages(4, 0, 0),
    }
    assert [f.group for f in least_swedish(found, named)] == [two, one]
    assert least_swedish(found, {}) == ()


def test_most_ads_come_first(explorer: Explorer, catalogue: Catalogue) -> None:
    few, many = group(catalogue, "9111"), group(catalogue, "5120")
    found = [f for f in explorer.find(Wanted(), NOBODY) if f.group in (few, many)]
    assert [f.group for f in most_ads(found, {many.concept_id: 3, few.concept_id: 1})] == [many, few]


def test_what_is_shown_is_varied(explorer: Explorer) -> None:
    shown = varied(explorer.find(Wanted(), NOBODY), 8)
    minor = [one.group.ssyk_code[:3] for one in shown]
    assert len(shown) == 8
    assert max(map(minor.count, minor)) == 2


def test_reasons_come_before_those_of_the_path_and_bring_their_sources(
    explorer: Explorer, explainer: PathExplainer
) -> None:
    found = explorer.find(Wanted(), NOBODY)[0]
    card, sources = explainer.card(found.path, Language.SV)
    reason = Source("features:x", "Vägvisare", "x", "https://example.org", "1", "2026", "Ute.")
    shown, all_sources = with_reasons(card, sources, (Statement(f"Ute. {reason.token}", reason),))
    assert shown.why == f"Ute. {reason.token} {card.why}".strip()
    assert all_sources == (reason, *sources)
    assert shown.source_ids == tuple(source.source_id for source in all_sources)

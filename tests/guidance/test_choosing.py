"""Choices that differ in kind, and when to ask at all."""

from dataclasses import dataclass
from itertools import combinations

import pytest

from assistant.domain.concept import ConceptType
from assistant.domain.language import Bilingual
from assistant.guidance.choosing import MOST_OFFERED, Sureness, differing, sureness
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.stores.catalogue import Catalogue


def _link(catalogue: Catalogue, ssyk: str, probability: float) -> LinkedConcept:
    group = catalogue.group_by_ssyk(ssyk)
    assert group is not None
    label, kind = group.preferred_label, ConceptType.OCCUPATION_GROUP
    return LinkedConcept(1, group.concept_id, kind, label, ssyk, probability, label.sv, probability)


def _codes(catalogue: Catalogue, links: list[tuple[str, float]], said: str) -> list[str]:
    concepts = [_link(catalogue, *link) for link in links]

    def are_near(one: str, other: str) -> bool:
        groups = catalogue.groups
        return other in groups[one].neighbour_ids or one in groups[other].neighbour_ids

    return [concept.ssyk_code for concept in differing(concepts, said, are_near)]


# Four kinds of drivers, a warehouse worker and a postman.
_DRIVERS = [("8332", 0.3), ("8321", 0.2), ("8331", 0.15), ("8329", 0.1), ("9320", 0.08), ("4420", 0.07)]


def test_choices_differ_in_kind(catalogue: Catalogue) -> None:
    chosen = _codes(catalogue, _DRIVERS, "delivered parcels")
    assert chosen[0] == "8332"
    assert {"9320", "4420"} <= set(chosen), "not four kinds of drivers"


def test_whoever_says_driver_chooses_among_drivers(catalogue: Catalogue) -> None:
    assert _codes(catalogue, _DRIVERS, "I was a driver")[:3] == ["8332", "8321", "8331"]


def test_at_most_four_are_offered_and_the_best_is_always_among_them(catalogue: Catalogue) -> None:
    codes = ("5120", "9111", "2512", "7212", "5321", "2221")
    chosen = _codes(catalogue, [(code, 0.15) for code in codes], "something")
    assert len(chosen) == MOST_OFFERED
    assert chosen[0] == "5120"
    assert _codes(catalogue, [("5120", 0.001)], "something") == ["5120"]
    assert _codes(catalogue, [], "something") == []


def test_what_is_hardly_likely_is_not_offered(catalogue: Catalogue) -> None:
    assert _codes(catalogue, [("5120", 0.95), ("9111", 0.004), ("2512", 0.001)], "kock") == ["5120"]


@dataclass(frozen=True)
class Case:
    probability: float
    sureness: Sureness


CASES = (Case(0.97, Sureness.SURE), Case(0.5, Sureness.UNSURE), Case(0.05, Sureness.UNLIKELY))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sureness)
def test_how_sure_a_link_is(case: Case, catalogue: Catalogue) -> None:
    assert sureness([_link(catalogue, "5120", case.probability)]) is case.sureness


def test_without_links_nothing_is_likely() -> None:
    assert sureness(()) is Sureness.UNLIKELY


def test_no_two_choices_have_the_same_name(catalogue: Catalogue) -> None:
    links = [(group.ssyk_code, 0.04) for group in list(catalogue.groups.values())[::18]]
    chosen = _codes(catalogue, links, "anything")
    assert all(one != other for one, other in combinations(chosen, 2))


def test_labels_that_nearly_agree_repeat_each_other(catalogue: Catalogue) -> None:
    one, other, third = (_link(catalogue, code, 0.2) for code in ("5120", "2221", "7212"))
    twin = LinkedConcept(2, "twin", one.type, Bilingual(one.preferred_label.sv, "x"), "9999", 0.2, "", 0.2)
    chosen = differing([one, twin, other, third], "something", lambda a, b: False)
    assert [concept.concept_id for concept in chosen][-1] == "twin"

"""The linker and its retrievers on the starter index."""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.domain.concept import ConceptType
from assistant.domain.language import Language
from assistant.evaluation.phrases import evaluate_phrases, read_phrases
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.linker import LONGEST_QUERY


@dataclass(frozen=True)
class Case:
    said: str
    ssyk: str


OCCUPATIONS = (
    Case("lastbilsförare", "8332"),
    Case("truck driver", "8332"),
    Case("I drove a truck for 7 years in Syria", "8332"),
    Case("kok i restorang", "5120"),
    Case("cook", "5120"),
    Case("städade på hotell", "9111"),
    Case("sjuksköterska", "2221"),
    Case("nurse", "2221"),
    Case("stadare", "9111"),
    Case("svetsare", "7212"),
    Case("jag var hairdresser", "5141"),
    Case("programmerare", "2512"),
    Case("sydde kläder", "7531"),
    Case("stayed home with my children", "5311"),
)


@pytest.mark.parametrize("case", OCCUPATIONS, ids=lambda case: case.said)
def test_a_phrase_finds_its_group(case: Case, knowledge: Knowledge) -> None:
    assert knowledge.linker.occupations(case.said, top_k=1)[0].ssyk_code == case.ssyk


def test_concepts_come_best_first_and_say_why(knowledge: Knowledge) -> None:
    found = knowledge.linker.occupations("truck driver", top_k=5)
    assert [concept.rank for concept in found] == [1, 2, 3, 4, 5]
    assert all(better.score >= worse.score for better, worse in pairwise(found))
    assert all(0 <= concept.score <= 1 for concept in found)
    assert found[0].type is ConceptType.OCCUPATION_GROUP
    group = knowledge.catalogue.groups[found[0].concept_id]
    assert found[0].because in (*group.titles[Language.SV], *group.titles[Language.EN])


def test_skills_are_found_in_both_languages(knowledge: Knowledge) -> None:
    for said in ("ritningsläsning", "reading drawings"):
        skill = knowledge.linker.skills(said, top_k=1)[0]
        assert (skill.type, skill.preferred_label.sv, skill.ssyk_code) == (
            ConceptType.SKILL,
            "Ritningsläsning",
            "",
        )


EMPTY = ("", "   ", "😀😀", "!?!", "\n")


@pytest.mark.parametrize("said", EMPTY, ids=repr)
def test_without_words_nothing_is_found(said: str, knowledge: Knowledge) -> None:
    assert knowledge.linker.occupations(said) == ()
    assert knowledge.linker.skills(said) == ()


def test_any_text_is_answered(knowledge: Knowledge) -> None:
    for said in ("厨师", "سائق", "'; DROP TABLE skill; --", "x" * 10_000, "7 years in Syria", "\x00kock"):
        assert len(knowledge.linker.occupations(said, top_k=3)) in (0, 3)


def test_a_long_text_is_cut(knowledge: Knowledge) -> None:
    said = "kock ".ljust(LONGEST_QUERY, "x")
    assert knowledge.linker.occupations(said + " svetsare" * 50) == knowledge.linker.occupations(said)


def test_the_same_phrase_finds_the_same(knowledge: Knowledge) -> None:
    first = knowledge.linker.occupations("jag lagade bilar")
    assert knowledge.linker.occupations("jag lagade bilar") == first


def test_skills_are_sorted_by_what_was_described(knowledge: Knowledge) -> None:
    group = knowledge.catalogue.group_by_ssyk("5120")
    assert group is not None
    skills = knowledge.catalogue.skills_of(group)
    for skill in skills[:3]:
        nearest = knowledge.linker.nearest_first(skills, skill.preferred_label.sv)
        assert nearest[0] == skill
        assert set(nearest) == set(skills)
    assert knowledge.linker.nearest_first(skills, "") == skills


def test_neighbours_are_near_in_both_directions(knowledge: Knowledge) -> None:
    group = next(iter(knowledge.catalogue.groups.values()))
    neighbour = group.neighbour_ids[0]
    assert knowledge.linker.are_near(group.concept_id, neighbour)
    assert knowledge.linker.are_near(neighbour, group.concept_id)
    assert not knowledge.linker.are_near(group.concept_id, group.concept_id)


@pytest.mark.shared
def test_phrases_of_newcomers_find_their_groups(knowledge: Knowledge, shared_dir: Path) -> None:
    figures = evaluate_phrases(
        knowledge.linker, read_phrases(shared_dir / "eval" / "newcomer_phrases_dev.tsv")
    )
    for language in Language:
        assert figures[language]["n"] >= 30
        assert figures[language]["accuracy@1"] >= 0.65
        assert figures[language]["accuracy@5"] >= 0.85


def test_the_figures_are_counted_by_rank(knowledge: Knowledge, tmp_path: Path) -> None:
    rows = ("sv\tkock\t5120", "sv\tkock\t0000", "en\tnurse\t0000,2221")
    file = tmp_path / "phrases.tsv"
    file.write_text("lang\tphrase\tssyk\n" + "\n".join(rows), encoding="utf-8")
    figures = evaluate_phrases(knowledge.linker, read_phrases(file))
    assert figures["sv"] == {"n": 2, "accuracy@1": 0.5, "accuracy@3": 0.5, "accuracy@5": 0.5}
    assert figures["en"]["accuracy@1"] == 1


def test_every_group_is_found_by_its_own_label(knowledge: Knowledge) -> None:
    groups = list(knowledge.catalogue.groups.values())[::8]
    found = [
        group.concept_id in {c.concept_id for c in knowledge.linker.occupations(group.preferred_label.sv)}
        for group in groups
    ]
    assert sum(found) / len(found) > 0.95


def test_a_hit_shows_the_passage_that_fits_best(knowledge: Knowledge) -> None:
    hit = knowledge.guides.retrieve("validering", top_k=1)[0]
    assert hit == replace(hit, rank=1, owner_id="validation")
    assert "validering" in hit.passage.text.lower()
    assert set(knowledge.guides.score_owners("validering")) == set(knowledge.catalogue.guides)
    assert knowledge.guides.score_owners("!") == {}

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.language import Bilingual, Language
from assistant.retrieval.stores.concept_store import (
    ConceptStore,
    StoredConcept,
    StoredRelation,
    write_concepts,
)

JOBTECH, ESCO = "JobTech Taxonomy", "ESCO"
COOK = StoredConcept(
    "occu_cook",
    "occupation-name",
    JOBTECH,
    Bilingual("Kock", "Cook"),
    {Language.SV: ("Köksmästare", "Kallskänk"), Language.EN: ()},
    Bilingual("Lagar mat.", ""),
    "",
    "",
)
BAKER = replace(COOK, concept_id="occu_baker", preferred_label=Bilingual("Bagare", "Baker"))
GROUP = replace(
    COOK,
    concept_id="grup_cook",
    type="ssyk-level-4",
    preferred_label=Bilingual("Kockar", ""),
    alternative_labels={Language.SV: (), Language.EN: ()},
    code="5120",
)
CHEF = replace(GROUP, concept_id="http://esco/1", type="esco-occupation", system=ESCO, code="")
RELATIONS = (
    StoredRelation("occu_cook", "broader", "grup_cook"),
    StoredRelation("occu_baker", "broader", "grup_cook"),
    StoredRelation("occu_cook", "substitutes", "occu_baker", rank=1, percentage=75),
    StoredRelation("occu_cook", "substitutes", "http://esco/1", rank=0),
    StoredRelation("occu_cook", "substitutes", "occu_gone", rank=2),
    StoredRelation("occu_cook", "substitutes", "occu_baker", rank=7, percentage=25),
)


@pytest.fixture
def store(tmp_path: Path) -> ConceptStore:
    replacements = {"occu_retired": "occu_cook"}
    write_concepts(tmp_path, (COOK, BAKER, GROUP, CHEF), RELATIONS, replacements)
    return ConceptStore(tmp_path)


def test_a_concept_comes_back_whole(store: ConceptStore) -> None:
    assert store.concept("occu_cook") == COOK
    assert store.concept("nowhere") is None
    assert store.concepts_by_code("ssyk-level-4", "5120") == (GROUP,)
    assert store.concepts_by_code("ssyk-level-3", "5120") == ()
    assert list(store.concepts("occupation-name")) == [BAKER, COOK]
    assert store.counts() == {"esco-occupation": 1, "occupation-name": 2, "ssyk-level-4": 1}


def test_relations_are_looked_up_from_both_ends_in_order(store: ConceptStore) -> None:
    found = store.relations_of("occu_cook", "substitutes")
    assert [(r.target_id, r.percentage) for r in found] == [
        ("http://esco/1", None),
        ("occu_baker", 75),
        ("occu_gone", None),
    ]
    assert store.sources_of("occu_baker", "substitutes") == (RELATIONS[2],)
    assert store.relations_of("occu_cook", "related") == ()


def test_only_live_concepts_are_reached(store: ConceptStore) -> None:
    assert store.targets("occu_cook", "substitutes") == (CHEF, BAKER)
    assert store.sources("grup_cook", "broader") == (BAKER, COOK)
    assert store.occupation_names_of("grup_cook") == (BAKER, COOK)
    assert store.group_of("occu_baker") == GROUP
    assert store.group_of("grup_cook") is None


def test_a_retired_concept_leads_to_the_one_in_its_place(store: ConceptStore) -> None:
    assert store.resolve("occu_cook") == "occu_cook"
    assert store.resolve("occu_retired") == "occu_cook"
    assert store.concept("occu_retired") is None
    assert store.resolve("nowhere") is None

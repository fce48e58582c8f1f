from dataclasses import replace
from pathlib import Path

import pytest

from assistant.apis.esco import NOTICE, EscoHit, EscoText
from assistant.domain.language import Bilingual, Language
from assistant.guidance.esco import SYSTEM, esco_source, esco_statement, groups_of
from assistant.guidance.statement import Voice
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.stores.concept_store import (
    ConceptStore,
    StoredConcept,
    StoredRelation,
    write_concepts,
)
from tests.guidance.cited import assert_held_by_its_source

# ESCO v1.2.0.
NURSE = EscoHit(
    uri="http://data.europa.eu/esco/occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50",
    label=EscoText("nurse responsible for general care", Language.EN),
    labels=Bilingual("sjuksköterska, grundutbildad", "nurse responsible for general care"),
    isco_code="2221",
    matched="",
)


def test_a_concept_is_cited_at_its_own_page(voice: Voice) -> None:
    said = esco_statement(NURSE, "occupation", voice)
    assert said.source is not None
    assert "European Commission" in said.source.system == SYSTEM
    assert "European Commission" in NOTICE
    assert "8d3e8aaa-791b-4c75-a465-f3f827028f50" in said.source.url
    assert said.source.version == "v1.2.0"
    assert "sjuksköterska, grundutbildad" in said.source.quote
    assert "2221" in said.source.quote
    assert_held_by_its_source(said)


def test_a_label_that_is_missing_leaves_no_gap(voice: Voice) -> None:
    bare = replace(NURSE, labels=Bilingual("", ""), isco_code="")
    assert esco_source(bare, voice).quote == "nurse responsible for general care"


@pytest.fixture
def with_isco(knowledge: Knowledge, tmp_path: Path) -> Knowledge:
    """The index with the way from one ISCO group to one of ours, and to one that we have not."""
    group = knowledge.catalogue.group_by_ssyk("2221")
    assert group is not None
    isco = StoredConcept(
        "aaaa_bbb_ccc",
        "isco-level-4",
        "JobTech Taxonomy",
        Bilingual("Sjuksköterskor", ""),
        {},
        Bilingual("", ""),
        "2221",
        "",
    )
    relations = [
        StoredRelation(group.concept_id, "related_isco", isco.concept_id),
        StoredRelation("xxxx_yyy_zzz", "related_isco", isco.concept_id),
    ]
    write_concepts(tmp_path, [isco], relations, {})
    return replace(knowledge, concepts=ConceptStore(tmp_path))


def test_the_isco_code_leads_to_our_groups_where_the_index_knows_the_way(with_isco: Knowledge) -> None:
    other = replace(NURSE, uri="x", isco_code="9999")
    without = replace(NURSE, uri="y", isco_code="")
    assert [group.ssyk_code for group in groups_of([NURSE, NURSE, other, without], with_isco)] == ["2221"]


def test_without_the_way_there_are_no_groups(knowledge: Knowledge, tmp_path: Path) -> None:
    write_concepts(tmp_path, [], [], {})
    assert groups_of([NURSE], replace(knowledge, concepts=ConceptStore(tmp_path))) == ()

from pathlib import Path

import pytest

from assistant.retrieval.passage import (
    OWN_TYPES,
    Passage,
    PassageType,
    parse_section_owner_id,
    section_owner_id,
)
from assistant.retrieval.stores.catalogue import read_catalogue, write_catalogue
from ingest.documents import names_qualification, own_passages, to_catalogue
from ingest.sources.places import read_places
from ingest.sources.starter import STARTER_DIR, read_starter
from tests.ingest.building import TINY


@pytest.mark.parametrize("starter", [TINY, STARTER_DIR], ids=["tiny", "starter"])
def test_a_catalogue_survives_writing_and_reading(starter: Path, tmp_path: Path) -> None:
    catalogue = to_catalogue(read_starter(starter), read_places())
    write_catalogue(tmp_path, catalogue)
    again = read_catalogue(tmp_path)
    assert again.groups == catalogue.groups
    assert again.skills == catalogue.skills
    assert again.guides == catalogue.guides
    assert again.places == catalogue.places
    assert again.routes == catalogue.routes
    assert again.routes
    assert len(again.places) == 21 + 290


def test_a_group_has_its_facts_in_order() -> None:
    catalogue = to_catalogue(read_starter(TINY))
    nurse = catalogue.group_by_ssyk("9004")
    assert nurse is not None
    assert [skill.preferred_label.en for skill in catalogue.skills_of(nurse)][:2] == ["Loading", "Driving"]
    assert [catalogue.groups[group_id].ssyk_code for group_id in nurse.neighbour_ids] == ["9003", "9002"]
    assert nurse.regulation is not None
    assert nurse.regulation.authority == "Socialstyrelsen"
    assert catalogue.group_by_ssyk("0000") is None


def test_every_owner_has_passages_in_both_languages() -> None:
    records = read_starter()
    catalogue = to_catalogue(records)
    by_type: dict[PassageType, list[Passage]] = {}
    for passage in own_passages(records, catalogue):
        by_type.setdefault(passage.type, []).append(passage)
    assert tuple(by_type) == OWN_TYPES
    for passage_type, passages in by_type.items():
        owners = {passage.owner_id for passage in passages}
        for language in ("sv", "en"):
            assert {p.owner_id for p in passages if p.language == language} == owners, passage_type
        # Papers are never matched with what somebody says they can do, so they need no vector.
        papers = {s.concept_id for s in catalogue.skills.values() if s.is_qualification}
        assert {p.owner_id for p in passages if p.embedded} == owners - papers, passage_type


def test_papers_are_told_from_abilities() -> None:
    for label in ("Legitimation som läkare", "Truckkort", "Läkarexamen", "B-körkort", "Gesällbrev, frisör"):
        assert names_qualification(label), label
    for label in ("Matlagning", "Truckvana", "Dokumentation inom hälso- och sjukvård", "Patientutbildningar"):
        assert not names_qualification(label), label


def test_the_id_of_a_section_names_its_page() -> None:
    assert parse_section_owner_id(section_owner_id("sfi", 2)) == ("sfi", 2)

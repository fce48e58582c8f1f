from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.apis.clients import Clients
from assistant.domain.concept import OccupationGroup
from assistant.domain.education import EducationKind, EducationTie, Offering, TieOrigin
from assistant.domain.language import Bilingual
from assistant.domain.place import Place, PlaceType
from assistant.guidance.education_search import EducationSearch, job_title
from assistant.guidance.whereabouts import Whereabouts
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.concept_store import (
    ConceptStore,
    StoredConcept,
    StoredRelation,
    write_concepts,
)
from assistant.retrieval.stores.education_store import EducationStore, EducationWriter, add_ties
from tests.live import clients_at
from tests.standin.server import StandIn

TODAY = "2026-01-20"
MALMO = Place("oYPt_yRA_Smm", PlaceType.MUNICIPALITY, "1280", "Malmö", "12")
# What one calls a person in the group, after the first words of its label.
TITLES = {
    "2221": "sjuksköterska",
    "5120": "kock",
    "5321": "undersköterska",
    "7212": "svetsare",
    "8332": "lastbilsförare",
    "9111": "städare",
}


@pytest.mark.parametrize("ssyk_code", TITLES)
def test_a_group_is_asked_for_by_what_one_person_is_called(ssyk_code: str, catalogue: Catalogue) -> None:
    group = catalogue.group_by_ssyk(ssyk_code)
    assert group is not None
    assert job_title(group) == TITLES[ssyk_code]


def test_a_group_without_titles_is_asked_for_by_its_label(catalogue: Catalogue) -> None:
    group = catalogue.group_by_ssyk("5120")
    assert group is not None
    assert job_title(replace(group, titles={})) == "Kockar och kallskänkor"


@pytest.fixture
def cooks(catalogue: Catalogue) -> OccupationGroup:
    group = catalogue.group_by_ssyk("5120")
    assert group is not None
    return group


def made_up_offering(event_id: str, **changes: object) -> Offering:
    offering = Offering(
        education_id="i.1",
        event_id=event_id,
        kind_id="k.cook",
        system="Susa-navet",
        title="Kock",
        provider="Exempelskolan",
        towns=("Malmö",),
        municipality_codes=("1280",),
        is_distance=False,
        start="2026-08-17",
        end="",
        apply_from="",
        apply_by="2026-04-15",
        pace_percent=100,
        languages=(),
        url="https://exempel.se/kock",
    )
    return replace(offering, **changes)  # type: ignore[arg-type]


@pytest.fixture
def whole(knowledge: Knowledge, cooks: OccupationGroup, tmp_path: Path) -> Knowledge:
    """The index with one kind of education for cooks, and their occupation in the taxonomy."""
    kind = EducationKind("k.cook", "Kock", "", "", "YH", "", "program", "400 yhp", 5, 3)
    offerings = [
        made_up_offering("e.near"),
        made_up_offering("e.far", education_id="i.2", municipality_codes=("2480",), towns=("Umeå",)),
        made_up_offering("e.over", education_id="i.3", apply_by="2025-04-15"),
    ]
    tie = EducationTie(cooks.concept_id, TieOrigin.SSYK_CODE, 1.0)
    guess = EducationTie("other_group", TieOrigin.LINKER, 0.2)
    with EducationWriter(tmp_path) as writer:
        writer.add(kind, [], offerings)
    add_ties(tmp_path, [("k.cook", tie), ("k.cook", guess)])
    # JobTech Taxonomy, version 30.
    cook = StoredConcept(
        "vaGm_SXV_qKm",
        "occupation-name",
        "JobTech Taxonomy",
        Bilingual("Kock, storhushåll", ""),
        {},
        Bilingual("", ""),
        "",
        "",
    )
    write_concepts(tmp_path, [cook], [StoredRelation(cook.concept_id, "broader", cooks.concept_id)], {})
    return replace(
        knowledge,
        concepts=ConceptStore(tmp_path),
        educations=EducationStore(tmp_path, lambda: None),
    )


@pytest.fixture
async def clients(standin: StandIn, tmp_path: Path) -> AsyncIterator[Clients]:
    """Clients of sources that are all down at once."""
    faults = {"jobed": "503", "planned_educations": "503"}
    made = clients_at(standin, tmp_path / "cache", faults=faults, timeout_s=0.5, deadline_s=1.0)
    yield made
    await made.aclose()


async def test_the_index_answers_without_any_source(whole: Knowledge, cooks: OccupationGroup) -> None:
    found = await EducationSearch(whole, None, Whereabouts(), TODAY).find(cooks, "")
    assert [education.record_id for education in found.educations] == ["e.near", "e.far"]
    assert not found.asked
    first = found.educations[0]
    assert (first.form, first.length, first.place_names) == ("YH", "400 yh", ("Malmö",))


async def test_the_index_knows_the_place(whole: Knowledge, cooks: OccupationGroup) -> None:
    found = await EducationSearch(whole, None, Whereabouts("Malmö", MALMO), TODAY).find(cooks, "")
    assert [education.record_id for education in found.educations] == ["e.near"]


async def test_what_the_index_has_stands_when_the_sources_are_down(
    whole: Knowledge, cooks: OccupationGroup, clients: Clients
) -> None:
    found = await EducationSearch(whole, clients, Whereabouts(), TODAY).find(cooks, "")
    assert [education.record_id for education in found.educations] == ["e.near", "e.far"]
    assert {reached.system for reached in found.asked if reached.is_missing} == {
        "JobEd Connect",
        "Planned Educations",
    }


async def test_an_occupation_of_the_index_is_asked_for_by_its_id_and_else_by_title(
    whole: Knowledge, knowledge: Knowledge, cooks: OccupationGroup, clients: Clients, standin: StandIn
) -> None:
    standin.reset()
    await EducationSearch(whole, clients, Whereabouts(), TODAY).find(cooks, "")
    assert any(path.endswith("/match-by-occupation") for path in standin.requests)
    assert not any(path.endswith("/match-by-jobtitle") for path in standin.requests)


async def test_words_that_mean_nothing_find_nothing(whole: Knowledge) -> None:
    found = await EducationSearch(whole, None, Whereabouts(), TODAY).find(None, "qqqq zzzz")
    assert not found.educations

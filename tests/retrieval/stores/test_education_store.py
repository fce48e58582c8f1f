from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.domain.education import EducationKind, EducationTie, Offering, TieOrigin
from assistant.domain.place import Place, PlaceType
from assistant.retrieval.stores.education_store import EducationStore, EducationWriter, add_ties

KIND = EducationKind("kind-a", "Kock", "", "", "YH", "", "program", "400 yhp", 5, 1)
OTHER = replace(KIND, kind_id="kind-b", title="Bagare")
OFFERING = Offering(
    *("i.1", "e.1", "kind-a", "Susa-navet", "Kock", "Skolan", ("Malmö",), ("1280",)),
    *(False, "2027-01-11", "2027-06-01", "2026-09-01", "2026-12-01", 100, ("swe",), "https://skola.se"),
)
MALMO = Place("m", PlaceType.MUNICIPALITY, "1280", "Malmö", "12")
SKANE = Place("s", PlaceType.REGION, "12", "Skåne län", "12")
UMEA = Place("u", PlaceType.MUNICIPALITY, "2480", "Umeå", "24")


def offering(number: int, **others: object) -> Offering:
    return replace(OFFERING, event_id=f"e.{number}", **others)  # type: ignore[arg-type]


OFFERINGS = (
    offering(1),
    offering(2, start="2026-12-01", apply_by="", municipality_codes=("1281",), towns=("Lund",)),
    offering(3, start="", apply_by="", is_distance=True, municipality_codes=(), towns=()),
)


@pytest.fixture
def store(tmp_path: Path) -> EducationStore:
    with EducationWriter(tmp_path) as writer:
        writer.add(KIND, [("AUB_Subject", "5120")], OFFERINGS)
        writer.add(replace(KIND, description="Du lagar mat.", title_en="Chef"), [], [])
        writer.add(OTHER, [], [])
    ties = (
        ("kind-a", EducationTie("group", TieOrigin.SSYK_CODE, 1.0)),
        ("kind-a", EducationTie("group", TieOrigin.LINKER, 0.7)),
        ("kind-b", EducationTie("group", TieOrigin.LINKER, 0.7)),
        ("kind-b", EducationTie("another", TieOrigin.LINKER, 0.9)),
    )
    add_ties(tmp_path, ties)
    return EducationStore(tmp_path)


def test_educations_of_one_kind_are_counted_and_the_first_text_is_kept(store: EducationStore) -> None:
    merged = replace(KIND, educations=2, description="Du lagar mat.", title_en="Chef")
    assert list(store.kinds()) == [merged, OTHER]
    assert store.kind("kind-a") == merged
    assert store.kind("kind-c") is None
    assert store.counts() == {"kind": 2, "offering": 3, "tie": 3}
    assert list(store.subjects()) == [("kind-a", "AUB_Subject", "5120")]


def test_the_surest_kinds_of_a_concept_come_first(store: EducationStore) -> None:
    assert [(t.kind.title, t.probability) for t in store.kinds_for("group")] == [
        ("Kock", 1.0),
        ("Bagare", 0.7),
    ]
    assert [t.kind.title for t in store.kinds_for("group", least_probability=0.8)] == ["Kock"]
    assert [t.kind.title for t in store.kinds_for("group", limit=1)] == ["Kock"]
    assert [tie.concept_id for tie in store.ties_of("kind-b")] == ["another", "group"]
    assert store.kinds_tied_by(TieOrigin.SSYK_CODE) == ("kind-a",)


@dataclass(frozen=True)
class Case:
    id: str
    expected: tuple[str, ...]
    place: Place | None = None
    on_date: str = ""


CASES = (
    Case("all, soonest first", ("e.2", "e.1", "e.3")),
    Case("in a municipality, or at a distance", ("e.1", "e.3"), place=MALMO),
    Case("in a region", ("e.2", "e.1", "e.3"), place=SKANE),
    Case("in another place", ("e.3",), place=UMEA),
    Case("on the last day to apply", ("e.2", "e.1", "e.3"), on_date="2026-12-01"),
    Case("after the last day and the start", ("e.3",), on_date="2026-12-02"),
    Case("both", ("e.3",), place=MALMO, on_date="2027-12-02"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_offerings_are_narrowed_by_place_and_date(case: Case, store: EducationStore) -> None:
    found = store.offerings("kind-a", place=case.place, on_date=case.on_date)
    assert tuple(offering.event_id for offering in found) == case.expected


def test_an_offering_comes_back_whole(store: EducationStore) -> None:
    assert store.offerings("kind-a", place=MALMO)[0] == OFFERING
    assert store.offerings("kind-b") == ()


def test_without_passages_nothing_is_found(store: EducationStore) -> None:
    assert store.search("kock") == ()

from dataclasses import dataclass, replace

import pytest

from assistant.apis.jobed import Execution, JobEdEducation
from assistant.domain.education import EducationKind, Offering
from assistant.domain.language import Language
from assistant.domain.place import Place, PlaceType
from assistant.guidance.educations import (
    SHOWN_EDUCATIONS,
    OfferedEducation,
    chosen,
    education_statement,
    from_jobed,
    from_offering,
)
from assistant.guidance.statement import Voice
from assistant.guidance.whereabouts import Whereabouts
from assistant.prompts import load_texts
from assistant.retrieval.places.names import PlaceFinder
from tests.guidance.cited import assert_held_by_its_source

TODAY = "2026-11-22"
MALMO = Place("oYPt_yRA_Smm", PlaceType.MUNICIPALITY, "1280", "Malmö", "12")
SKANE = Place("CaRE_1nn_cSU", PlaceType.REGION, "12", "Skåne län", "12")
# Made-up educations.
COOK = OfferedEducation(
    record_id="e.1",
    system="Planned Educations",
    title="Kock",
    provider="Exempelskolan",
    form="YH",
    area_codes=("1280",),
    place_names=("Malmö",),
    is_distance=False,
    start="2027-01-11",
    pace_percent=100,
    url="https://exempel.se/kock",
    length="400 yh",
    apply_by="2026-12-01",
)
JOBED = JobEdEducation(
    education_id="i.1",
    title="Kock",
    description="",
    form="yh",
    type="program",
    code="",
    provider="Exempelskolan",
    municipality_codes=("1280",),
    region_codes=("12",),
    paces_percent=(50, 100),
    languages=("swe",),
    is_distance=False,
    executions=(
        Execution("2025-01-11", ""),
        Execution("2027-01-11T00:00:00", ""),
        Execution("2028-01-11", ""),
    ),
    credits=400.0,
    credit_system="yh",
    url="",
    expires="2027-06-30",
)
OFFERING = Offering(
    education_id="i.1",
    event_id="e.1",
    kind_id="k.1",
    system="Susa-navet",
    title="Kock",
    provider="Exempelskolan",
    towns=("Malmö",),
    municipality_codes=("1280",),
    is_distance=False,
    start="2027-01-11",
    end="",
    apply_from="",
    apply_by="2026-12-01",
    pace_percent=100,
    languages=(),
    url="",
)
KIND = EducationKind("k.1", "Kock", "", "", "YH", "", "program", "400 yhp", 5, 1)


@dataclass(frozen=True)
class Case:
    id: str
    education: OfferedEducation
    is_over: bool


OVER = (
    Case("still open", COOK, False),
    Case("last day today", replace(COOK, apply_by=TODAY), False),
    Case("last day was yesterday", replace(COOK, apply_by="2026-11-21"), True),
    Case("has begun", replace(COOK, apply_by="", start="2026-08-20"), True),
    Case(
        "begins at any time", replace(COOK, apply_by="", start="2026-08-20", starts_continuously=True), False
    ),
    Case("begun, but still open", replace(COOK, start="2026-08-20"), False),
    Case("no dates", replace(COOK, apply_by="", start=""), False),
    Case("no longer described", replace(COOK, apply_by="", start="", expires="2026-06-30"), True),
)


@pytest.mark.parametrize("case", OVER, ids=lambda case: case.id)
def test_what_one_can_no_longer_apply_for_is_left_out(case: Case) -> None:
    shown, total = chosen([case.education], Whereabouts(), TODAY)
    assert (len(shown), total) == ((0, 0) if case.is_over else (1, 1))


def named(title: str, **changes: object) -> OfferedEducation:
    return replace(COOK, record_id=title, title=title, **changes)  # type: ignore[arg-type]


NEAR = named("near")
IN_COUNTY = named("county", area_codes=("1281",))
IN_REGION_ONLY = named("region", area_codes=("12",))
AT_DISTANCE = named("distance", area_codes=("2480",), is_distance=True)
FAR = named("far", area_codes=("2480",))
NOWHERE = named("nowhere", area_codes=(), is_distance=None)
ALL = (FAR, AT_DISTANCE, NOWHERE, IN_COUNTY, NEAR, IN_REGION_ONLY)


def titles(place: Place | None, *found: OfferedEducation) -> list[str]:
    return [education.title for education in chosen(found, Whereabouts("x", place), TODAY, limit=9)[0]]


def test_the_place_comes_first_then_its_county_then_distance_then_the_rest() -> None:
    assert titles(MALMO, *ALL) == ["near", "county", "region", "distance", "far", "nowhere"]
    assert titles(SKANE, *ALL) == ["county", "near", "region", "distance", "far", "nowhere"]


def test_among_equals_the_sooner_comes_first_and_the_undated_last() -> None:
    later, undated = named("later", start="2027-08-20"), named("undated", start="")
    assert titles(None, undated, later, NEAR) == ["near", "later", "undated"]


def test_distance_from_the_place_itself_is_still_distance() -> None:
    assert titles(MALMO, replace(NEAR, title="on screen", record_id="x", is_distance=True), NEAR) == [
        "near",
        "on screen",
    ]


def test_the_same_education_of_two_sources_is_shown_once() -> None:
    same_id = replace(COOK, system="Susa-navet", title="Kock, 400 yhp")
    same_name = replace(COOK, record_id="other", system="JobEd Connect", title="KOCK")
    known_by_both = replace(COOK, record_id="i.9", title="Kock igen", education_ids=("e.1",))
    shown, total = chosen([COOK, same_id, same_name, known_by_both], Whereabouts(), TODAY)
    assert (len(shown), total) == (1, 1)


def test_another_start_counts_but_gives_way_to_other_educations() -> None:
    again = replace(COOK, record_id="e.2", start="2027-08-20", apply_by="")
    other = replace(COOK, record_id="e.3", title="Bagare", start="2028-01-10", apply_by="")
    shown, total = chosen([COOK, again, other], Whereabouts(), TODAY)
    assert [education.record_id for education in shown] == ["e.1", "e.3", "e.2"]
    assert total == 3


def test_few_are_shown_of_many() -> None:
    many = [named(f"course {n}") for n in range(40)]
    shown, total = chosen(many, Whereabouts(), TODAY)
    assert (len(shown), total) == (SHOWN_EDUCATIONS, 40)


def test_jobed_gives_the_next_start_and_the_place_by_name(places: PlaceFinder) -> None:
    education = from_jobed(JOBED, places, TODAY)
    assert (education.start, education.place_names, education.form) == ("2027-01-11", ("Malmö",), "YH")
    assert (education.pace_percent, education.length, education.expires) == (100, "400 yh", "2027-06-30")
    assert education.url.startswith("https://jobed-connect-api.jobtechdev.se/")


def test_jobed_without_anything_survives(places: PlaceFinder) -> None:
    bare = replace(
        JOBED, municipality_codes=(), region_codes=(), paces_percent=(), executions=(), credits=None, form="?"
    )
    education = from_jobed(replace(bare, is_distance=None, expires="", provider=""), places, TODAY)
    assert (education.start, education.pace_percent, education.length) == ("", 0, "")


def test_an_education_of_the_index_is_the_same_as_its_event_elsewhere(places: PlaceFinder) -> None:
    stored = from_offering(OFFERING, KIND, places)
    assert (stored.record_id, stored.education_ids, stored.form) == ("e.1", ("i.1",), "YH")
    assert stored.url == "https://api.skolverket.se/susa-navet/emil3/educationInfos/i.1"
    shown, _ = chosen([stored, from_jobed(JOBED, places, TODAY), COOK], Whereabouts(), TODAY)
    assert len(shown) == 1


def test_an_education_is_told_with_all_that_one_asks_for(voice: Voice) -> None:
    said = education_statement(COOK, voice)
    for part in ("Kock", "Exempelskolan", "Malmö", "100 %", "400 ", "2027-01-11", "2026-12-01"):
        assert part in said.text
    assert said.source is not None
    assert (said.source.url, said.source.system) == ("https://exempel.se/kock", "Planned Educations")
    assert_held_by_its_source(said)


def test_what_is_not_known_is_left_out(voice: Voice) -> None:
    bare = replace(
        COOK, provider="", form="", place_names=(), start="", pace_percent=0, length="", apply_by=""
    )
    said = education_statement(bare, voice)
    assert said.text.startswith("Kock. [#")
    assert_held_by_its_source(said)


FORMS = ("AUB", "FHS", "HS", "KKU", "NY", "SFI", "VUXGR", "VUXGY", "VUXGRAN", "VUXGYAN", "VUXSFI", "YH")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_education_has_plain_words(form: str) -> None:
    for language in Language:
        voice = Voice(load_texts(), language, TODAY)
        said = education_statement(replace(COOK, form=form), voice).text
        assert f", {form}," not in said
        assert_held_by_its_source(education_statement(replace(COOK, form=form), voice))


def test_a_form_that_nobody_knows_is_said_as_it_is(voice: Voice) -> None:
    assert "Ny skolform" in education_statement(replace(COOK, form="Ny skolform"), voice).text

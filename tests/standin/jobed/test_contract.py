"""The stand-in against the recorded answers."""

from typing import Any

import httpx
import pytest

from tests.standin.jobed.data import FORMS, sample
from tests.standin.server import StandIn

pytestmark = pytest.mark.shared


def answer(standin: StandIn, method: str, path: str, **parameters: str | int) -> Any:
    response = httpx.request(method, standin.url("jobed") + path, params=parameters, timeout=30)
    assert response.status_code == 200
    return response.json()


def paths(value: Any, path: str = "") -> set[tuple[str, str]]:
    """Every leaf as its path and type; lists are one step, and what is `null` has no type."""
    if isinstance(value, dict):
        return {leaf for name, below in value.items() for leaf in paths(below, f"{path}.{name}")}
    if isinstance(value, list):
        return {leaf for below in value for leaf in paths(below, f"{path}[]")}
    return set() if value is None else {(path, type(value).__name__)}


def test_the_recorded_educations_are_given_as_they_are(standin: StandIn) -> None:
    recorded = sample("educations_search_hits__field_subset")["result"]
    assert answer(standin, "GET", "/educations", query="BIM-verktyg")["result"] == recorded[:1]
    assert answer(standin, "GET", "/educations", query="undersköterska kombination")["result"] == recorded[1:]


def test_the_recorded_match_is_given_as_it_is(standin: StandIn) -> None:
    recorded = sample("educations_match_by_jobtitle_hit__field_subset")["hits"]
    found = answer(standin, "POST", "/educations/match-by-jobtitle", jobtitle="Träarbetare")
    assert found["hits"][:1] == recorded


def test_the_recorded_answer_to_a_text_is_given_as_it_is(standin: StandIn) -> None:
    found = answer(standin, "POST", "/occupations/match-by-text", input_text="CSS, HTML, JavaScript")
    assert found == sample("occupations_match_by_text")


def test_generated_educations_have_the_recorded_shape(standin: StandIn) -> None:
    found = answer(standin, "GET", "/educations", limit=100, offset=2)
    recorded = paths(sample("educations_search_hits__field_subset")["result"])
    assert len(found["result"]) == 100
    assert paths(found["result"]) <= recorded


def test_generated_matches_have_the_recorded_shape(standin: StandIn) -> None:
    found = answer(
        standin, "POST", "/educations/match-by-jobtitle", jobtitle="Lastbilsförare m.fl.", limit=100
    )
    recorded = paths(sample("educations_match_by_jobtitle_hit__field_subset")["hits"])
    lists = {("[].eventSummary.municipalityCode[]", "str"), ("[].eventSummary.regionCode[]", "str")}
    assert paths(found["hits"]) <= recorded | lists


def test_generated_answers_to_a_text_have_the_recorded_shape(standin: StandIn) -> None:
    found = answer(standin, "POST", "/occupations/match-by-text", input_text="kock i restaurang")
    for row in found["related_occupations"]:
        del row["metadata"]
    recorded = paths(sample("occupations_match_by_text"))
    assert found["related_occupations"]
    assert paths(found) - {(".identified_keywords_for_input.occupations[]", "str")} <= recorded


def test_every_form_of_the_rows_is_one_of_the_api(standin: StandIn) -> None:
    forms = answer(standin, "GET", "/searchparameters/education_forms")
    assert set(FORMS.values()) <= {form["key"] for form in forms}


@pytest.mark.parametrize("form", ["yrkeshögskola", "YH", "komvux", ""])
def test_an_unknown_form_finds_nothing_and_says_nothing(form: str, standin: StandIn) -> None:
    assert answer(standin, "GET", "/educations", education_form=form) == {"hits": 0, "result": []}

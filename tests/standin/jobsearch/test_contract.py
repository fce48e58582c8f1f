"""The stand-in against the recorded answers."""

from typing import Any

import httpx
import pytest

from tests.standin.jobsearch.ads import recorded
from tests.standin.server import StandIn

RECORDED_AD = "28746073"

pytestmark = pytest.mark.shared


def answer(standin: StandIn, path: str, **parameters: str | int) -> Any:
    response = httpx.get(standin.url("jobsearch") + path, params=parameters, timeout=30)
    assert response.status_code == 200
    return response.json()


def shape(value: Any) -> Any:
    """The names of all fields, at any depth."""
    return {name: shape(below) for name, below in value.items()} if isinstance(value, dict) else None


def leaves(value: Any, path: str = "") -> set[tuple[str, str]]:
    """Every leaf as its path and type; what is `null` has no type."""
    if isinstance(value, dict):
        return {leaf for name, below in value.items() for leaf in leaves(below, f"{path}.{name}")}
    if isinstance(value, list):
        return {leaf for below in value for leaf in leaves(below, f"{path}[]")}
    return set() if value is None else {(path, type(value).__name__)}


def test_the_recorded_ad_is_given_as_it_is(standin: StandIn) -> None:
    assert answer(standin, f"/ad/{RECORDED_AD}") == recorded("ad_2024__redacted")


def test_made_up_ads_have_the_recorded_shape(standin: StandIn) -> None:
    ads = answer(standin, "/search", limit=100)["hits"]
    known = shape(recorded("ad_2024__redacted")) | {"relevance": None}
    objects = ("description", "employer", "workplace_address", "application_details", "must_have")
    for ad in ads:
        assert ad.keys() == known.keys()
        assert all(shape(ad[name]) == known[name] for name in objects)
    types = leaves(recorded("ad_2024__redacted")) | {(".relevance", "float")}
    assert leaves(ads[0]) <= types


def test_counts_have_the_recorded_shape(standin: StandIn) -> None:
    sample = recorded("search_stats_occupation_name_limit0")
    found = answer(standin, "/search", stats="occupation-name", limit=0)
    assert shape(found) == shape(sample)
    assert found["hits"] == []
    (stats,) = found["stats"]
    assert stats["type"] == "occupation-name"
    assert len(stats["values"]) == 5
    assert leaves(stats["values"]) == leaves(sample["stats"][0]["values"])


def test_completions_have_the_recorded_shape(standin: StandIn) -> None:
    found = answer(standin, "/complete", q="sjuk")
    assert leaves(found) == leaves(recorded("complete_skill"))


@pytest.mark.parametrize(("name", "value", "largest"), [("offset", 2001, 2000), ("limit", 101, 100)])
def test_too_much_is_refused_in_the_services_words(
    standin: StandIn, name: str, value: int, largest: int
) -> None:
    for service in ("jobsearch", "historical_ads"):
        response = httpx.get(standin.url(service) + "/search", params={name: value})
        message = f"Invalid argument: {value}. argument must be within the range 0 - {largest}"
        assert response.status_code == 400
        assert response.json() == {"errors": {name: message}, "message": "Input payload validation failed"}


def test_an_unknown_ad_is_not_found_in_the_services_words(standin: StandIn) -> None:
    response = httpx.get(standin.url("jobsearch") + "/ad/1")
    assert (response.status_code, response.json()) == (404, {"message": "Ad not found"})


def test_a_concept_that_nobody_knows_finds_nothing(standin: StandIn) -> None:
    found = answer(standin, "/search", **{"occupation-group": "AAAA_aaa_aaa"})
    assert (found["total"], found["hits"]) == ({"value": 0}, [])


def test_a_value_may_be_taken_away(standin: StandIn) -> None:
    stockholm = "AvNB_uwa_6n6"
    totals = [
        answer(standin, "/search", limit=0, **wanted)["total"]["value"]
        for wanted in ({}, {"municipality": stockholm}, {"municipality": f"-{stockholm}"})
    ]
    assert totals[0] == totals[1] + totals[2]
    assert all(totals)

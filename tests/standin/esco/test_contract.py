"""Holds the stand-in to what was recorded of the real service."""

import httpx
import pytest

from tests.standin.server import StandIn
from tests.standin.shared import EDUCATION_SAMPLES, read_json

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared_dir")]

SAMPLES = EDUCATION_SAMPLES / "esco"
PROJECT_MANAGEMENT = "http://data.europa.eu/esco/skill/7111b95d-0ce3-441a-9d92-4c75d05c4388"


async def get(standin: StandIn, target: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"{standin.url('esco')}{target}&selectedVersion=v1.2.0")


async def test_the_recorded_search_is_answered_in_the_same_form(standin: StandIn) -> None:
    recorded = read_json(SAMPLES / "search-skill-project-management-excerpt.json")
    answer = await get(standin, "/search?text=project+management&language=en&type=skill")
    body = answer.json()
    assert answer.headers["content-type"] == "application/json;charset=UTF-8"
    assert recorded.keys() <= body.keys()
    for known, given in zip(recorded["_embedded"]["results"], body["_embedded"]["results"], strict=False):
        assert known.keys() <= given.keys()
        assert known["_links"]["self"].keys() <= given["_links"]["self"].keys()
    assert body["_embedded"]["results"][0]["uri"] == PROJECT_MANAGEMENT


async def test_a_word_of_several_is_enough_for_a_hit(standin: StandIn) -> None:
    known = read_json(SAMPLES / "search-skill-project-management-excerpt.json")["_embedded"]["results"]
    answer = await get(standin, "/search?text=project+management&language=en&type=skill&limit=500")
    found = {hit["uri"] for hit in answer.json()["_embedded"]["results"]}
    assert {hit["uri"] for hit in known} <= found


async def test_a_resource_has_the_recorded_form(standin: StandIn) -> None:
    template = read_json(SAMPLES / "resource-shape-template.json")
    answer = await get(standin, "/search?type=occupation&text=software+developer&language=en&full=true")
    resource = answer.json()["_embedded"]["results"][0]
    absent = {"_comment", "preferredTerm", "alternativeTerms"}
    assert template.keys() - absent <= resource.keys()
    assert template["_links"].keys() - {"narrowerOccupation", "regulatedProfessionNote"} <= {
        *resource["_links"],
        "broaderOccupation",
        "broaderIscoGroup",
    }
    assert (
        resource["_links"]["hasEssentialSkill"][0].keys() <= template["_links"]["hasEssentialSkill"][0].keys()
    )


async def test_an_unknown_type_is_refused_with_the_official_body(standin: StandIn) -> None:
    answer = await get(standin, "/search?type=taxonom")
    assert answer.status_code == 400
    assert answer.json() == read_json(SAMPLES / "error-400-official-doc.json")


async def test_a_request_without_a_version_is_refused(standin: StandIn) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{standin.url('esco')}/search?type=skill")
    assert answer.status_code == 400

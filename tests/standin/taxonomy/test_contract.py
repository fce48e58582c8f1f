"""The stand-in against answers that were recorded from the real API.

The recordings are of late 2025 and the stand-in has version 30, of June 2026; the labels that changed in
between are listed here, and any other difference is a defect of the stand-in.
"""

import json
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.standin.server import StandIn
from tests.standin.shared import SHARED_DIR
from tests.standin.taxonomy.data import RELATIONS

Node = dict[str, Any]

RENAMED = {
    "Datapedagog/IT-pedagog": "IT-pedagog",
    "Automationstekniker, tillverkningsindustri": "Automationstekniker, industri",
}

pytestmark = pytest.mark.shared


def sample(name: str) -> Any:
    path = SHARED_DIR / "api-samples/jobtech" / f"taxonomy_{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def get(standin: StandIn, path: str, **parameters: str) -> Any:
    response = httpx.get(standin.url() + path, params=parameters)
    assert response.status_code == 200
    return response.json()


def ask(standin: StandIn, query: str) -> Any:
    return get(standin, "/graphql", query=query)


def fields_of(nodes: list[Node]) -> str:
    """The selection of fields that asks for nodes of this shape."""
    wanted = []
    for name in sorted({name for node in nodes for name in node}):
        children = [child for node in nodes if name in RELATIONS for child in node[name]]
        types = json.dumps(sorted({child["type"] for child in children}))
        below = f"(type: {types}, include_deprecated: true) {fields_of(children)}" if children else ""
        wanted.append(name + below)
    return "{ " + " ".join(wanted) + " }"


def assert_holds(recorded: list[Node], found: list[Node], *, whole: bool) -> None:
    """Every recorded concept is found, with the same fields and values."""
    by_id = {node["id"]: node for node in found}
    assert {node["id"] for node in recorded} <= by_id.keys()
    assert not whole or len(recorded) == len(found)
    for node in recorded:
        same = by_id[node["id"]]
        assert node.keys() == same.keys()
        for name, value in node.items():
            if name in RELATIONS:
                assert_holds(value, same[name], whole=whole)
            else:
                assert RENAMED.get(value, value) == same[name], (node["id"], name)


@dataclass(frozen=True)
class Case:
    """`whole`: the recorded relations were not trimmed, and nothing deprecated is to be added."""

    id: str
    whole: bool = True


RECORDED = (
    Case("countries__trim6"),
    Case("keywords_related__trim10"),
    Case("languages__trim6"),
    Case("occupation_collection_related__trim8", whole=False),
    Case("occupation_experience_years"),
    Case("regions__trim6"),
    Case("skills__trim25"),
    Case("ssyk4_narrower_occupations__trim8", whole=False),
    Case("ssyk4_related_isco__trim4"),
    Case("ssyk_hierarchy__trim2", whole=False),
    Case("ssyk_level_1"),
    Case("substitutability__trim6"),
    Case("sun_field_hierarchy__trim2", whole=False),
    Case("sun_level_hierarchy__trim2", whole=False),
    Case("wage_types"),
    Case("worktime_extent"),
)


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case.id)
def test_recorded_concepts_come_back_the_same(case: Case, taxonomy_standin: StandIn) -> None:
    recorded = sample(f"graphql_{case.id}")["data"]["concepts"]
    ids = json.dumps([node["id"] for node in recorded])
    answer = ask(taxonomy_standin, f"{{ concepts(id: {ids}) {fields_of(recorded)} }}")
    assert answer.keys() == {"data"}
    assert_holds(recorded, answer["data"]["concepts"], whole=case.whole)


def test_recorded_concept_types_come_back_the_same(taxonomy_standin: StandIn) -> None:
    answer = ask(taxonomy_standin, "{ concept_types { id label_en label_sv } }")
    assert answer == sample("graphql_concept_types")


def test_recorded_versions_are_among_the_versions(taxonomy_standin: StandIn) -> None:
    answer = ask(taxonomy_standin, "query V { versions { id timestamp } }")
    recorded = sample("graphql_versions__official_doc_excerpt")["data"]["versions"]
    assert all(version in answer["data"]["versions"] for version in recorded)


def test_the_documented_esco_concept_comes_back_the_same(taxonomy_standin: StandIn) -> None:
    documented = sample("graphql_esco_concept__official_doc")
    answer = ask(taxonomy_standin, f'{{ concepts(id: "{documented["id"]}") {fields_of([documented])} }}')
    assert answer["data"]["concepts"] == [documented]


def test_an_occupation_leads_to_its_match_in_esco(taxonomy_standin: StandIn) -> None:
    query = '{ concepts(id: "HtLv_4EJ_o5r") { exact_match { id type esco_uri } } }'
    assert ask(taxonomy_standin, query)["data"]["concepts"] == [
        {
            "exact_match": [
                {
                    "id": "v2kx_tST_Zy2",
                    "type": "esco-occupation",
                    "esco_uri": "http://data.europa.eu/esco/occupation/0d93706d-32fd-4de3-aa08-be1003e325da",
                }
            ]
        }
    ]


def test_a_limit_and_one_field_give_the_documented_shape(taxonomy_standin: StandIn) -> None:
    answer = ask(taxonomy_standin, '{ concepts(type: "occupation-name", limit: 5) { preferred_label } }')
    documented = sample("graphql_limit5__official_doc")["data"]["concepts"]
    found = answer["data"]["concepts"]
    assert [node.keys() for node in found] == [node.keys() for node in documented]


def test_recorded_suggestions_are_suggested(taxonomy_standin: StandIn) -> None:
    recorded = sample("rest_autocomplete_svetsning_skill")
    found = get(
        taxonomy_standin, "/suggesters/autocomplete", **{"query-string": "svetsning", "type": "skill"}
    )
    assert {frozenset(row) for row in found} == {frozenset(row) for row in recorded}
    # Of the 14 recorded, four are still live; the others were merged or left the taxonomy before version 30.
    still_live = {"ynW8_Jr4_5tT", "FfhY_CoE_CpR", "Q1D1_Pdc_rnT", "WBnc_JXj_MvY"}
    assert still_live == {row["taxonomy/id"] for row in recorded} & {row["taxonomy/id"] for row in found}
    assert "Robotsvetsning" not in {row["taxonomy/preferred-label"] for row in found}


@dataclass(frozen=True)
class QueryCase:
    id: str
    arguments: str
    found: list[str]


QUERIES = (
    QueryCase("unknown id", 'id: "AAAA_aaa_aaa"', []),
    QueryCase("one id as text", 'id: "6YE1_gAC_R2G"', ["Heltid"]),
    QueryCase("offset and limit", 'type: ["worktime-extent"], offset: 1, limit: 1', ["Deltid"]),
    QueryCase("version as number", 'id: ["6YE1_gAC_R2G"] version: 30', ["Heltid"]),
    QueryCase("version as text", 'id: ["6YE1_gAC_R2G"] version: "30"', ["Heltid"]),
    QueryCase("deprecated unasked", 'id: ["2uZ6_mbA_Zo5"]', []),
    QueryCase(
        "deprecated",
        'id: ["2uZ6_mbA_Zo5"], include_deprecated: true',
        ["Besiktningsingenjör, försäkring"],
    ),
)


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case.id)
def test_arguments_select_concepts(case: QueryCase, taxonomy_standin: StandIn) -> None:
    answer = ask(taxonomy_standin, f"{{ concepts({case.arguments}) {{ preferred_label }} }}")
    assert [node["preferred_label"] for node in answer["data"]["concepts"]] == case.found


def test_what_is_missing_is_null_or_an_empty_list(taxonomy_standin: StandIn) -> None:
    fields = "definition deprecated alternative_labels replaced_by { id } exact_match { id }"
    answer = ask(taxonomy_standin, f'{{ concepts(id: "17FS_XzU_AQ4") {{ {fields} }} }}')
    assert answer["data"]["concepts"] == [
        {
            "definition": None,
            "deprecated": None,
            "alternative_labels": [],
            "replaced_by": [],
            "exact_match": [],
        }
    ]


def test_relations_can_be_filtered_and_renamed(taxonomy_standin: StandIn) -> None:
    query = """
    { concepts(id: "13md_uyV_BNG") {          # IT operations technicians
        field: broader(type: "occupation-field") { preferred_label }
        narrower(limit: 1) { type }
    } }
    """
    assert ask(taxonomy_standin, query)["data"]["concepts"] == [
        {"field": [{"preferred_label": "Data/IT"}], "narrower": [{"type": "occupation-name"}]}
    ]


REFUSED = {
    "unknown field": '{ concepts(id: "6YE1_gAC_R2G") { colour } }',
    "unknown root": "{ occupations { id } }",
    "unknown argument": '{ concepts(label: "Heltid") { id } }',
    "relation without fields": '{ concepts(id: "13md_uyV_BNG") { narrower } }',
    "fields of a scalar": '{ concepts(id: "13md_uyV_BNG") { id { id } } }',
    "limit as text": '{ concepts(limit: "5") { id } }',
    "another version": "{ concepts(version: 1) { id } }",
    "variable": "query Q($id: String) { concepts(id: $id) { id } }",
    "unclosed": '{ concepts(id: "6YE1_gAC_R2G") { id }',
    "nothing": "",
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED.keys())
def test_a_query_that_cannot_be_answered_gives_errors(query: str, taxonomy_standin: StandIn) -> None:
    answer = ask(taxonomy_standin, query)
    assert answer.keys() == {"errors"}
    assert all(error["message"] for error in answer["errors"])


def test_rest_finds_concepts_by_label_and_type(taxonomy_standin: StandIn) -> None:
    parameters = {"preferred-label": "heltid", "type": "worktime-extent wage-type", "limit": "3"}
    assert get(taxonomy_standin, "/main/concepts", **parameters) == [
        {
            "taxonomy/id": "6YE1_gAC_R2G",
            "taxonomy/type": "worktime-extent",
            "taxonomy/preferred-label": "Heltid",
        }
    ]


def test_rest_knows_no_unknown_id(taxonomy_standin: StandIn) -> None:
    assert get(taxonomy_standin, "/main/concepts", id="AAAA_aaa_aaa") == []


def test_rest_gives_versions_in_ascending_order(standin: StandIn) -> None:
    rows = get(standin, "/main/versions")
    assert all(row.keys() == {"taxonomy/version", "taxonomy/timestamp"} for row in rows)
    assert [row["taxonomy/version"] for row in rows] == sorted(row["taxonomy/version"] for row in rows)

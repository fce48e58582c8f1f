from dataclasses import dataclass
from typing import Any

import pytest

from assistant.apis.jsonstat import Dataset, read_dataset
from assistant.errors import UpstreamMalformed
from tests.standin.shared import EDUCATION_SAMPLES, read_json


def read(raw: object) -> Dataset:
    return read_dataset(raw, service="SCB", operation="test")


def dataset(**changes: Any) -> dict[str, Any]:
    """Two regions by two years: 1 and 2 in the north, 3 and 4 in the south."""
    plain = {
        "version": "2.0",
        "class": "dataset",
        "label": "Antal",
        "id": ["Region", "Kon", "Tid"],
        "size": [2, 1, 2],
        "dimension": {
            "Region": {"label": "region", "category": {"index": {"N": 0, "S": 1}, "label": {"N": "norr"}}},
            "Kon": {"label": "kön", "category": {"label": {"1+2": "totalt"}}},
            "Tid": {"label": "år", "category": {"index": {"2023": 0, "2024": 1}}},
        },
        "role": {"time": ["Tid"]},
        "value": [1, 2, 3, 4],
    }
    return plain | changes


@pytest.mark.shared
def test_the_documented_answer_is_read(shared_dir: object) -> None:
    found = read(read_json(EDUCATION_SAMPLES / "scb" / "scb-data-tab638-jsonstat2.json"))
    assert found.label == "Folkmängden efter region, år och tabellinnehåll"
    assert found.source == "Statistikmyndigheten SCB"
    assert (found.time_codes, found.metric_codes) == (("Tid",), ("ContentsCode",))
    assert found.value({"Region": "0180", "Tid": "2024"}) == 988943
    assert found.value({"Region": "1480", "Tid": "2023", "ContentsCode": "BE0101N1"}) == 600151


@pytest.mark.shared
def test_the_official_metadata_is_read(shared_dir: object) -> None:
    found = read(read_json(EDUCATION_SAMPLES / "scb" / "pxapi2-spec-dataset-meta.json"))
    age = next(dimension for dimension in found.dimensions if dimension.code == "Alder")
    assert (age.labels["tot"], age.total_code) == ("totalt ålder", "tot")
    assert found.values == {}


@dataclass(frozen=True)
class Form:
    name: str
    changes: dict[str, Any]
    south_2023: float | None = 3


FORMS = (
    Form("plain", {}),
    Form("values by cell", {"value": {"0": 1, "2": 3}}),
    Form("no value in that cell", {"value": {"0": 1}}, None),
    Form("null", {"value": [1, 2, None, 4]}, None),
    Form("a mark instead of a figure", {"value": [1, 2, "..", 4]}, None),
    Form("not a number", {"value": [1, 2, "NaN", 4]}, None),
    Form("a figure as text", {"value": [1, 2, "3", 4]}),
    Form("no values at all", {"value": None}, None),
    Form("no role, no label", {"role": None, "label": None}),
    Form("one status for all", {"status": "p"}),
    Form("unknown fields", {"extension": {"px": {"decimals": 0}}, "note": ["x"]}),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_of_the_same_table_is_read(form: Form) -> None:
    found = read(dataset(**form.changes))
    assert found.value({"Region": "S", "Tid": "2023"}) == form.south_2023


def test_categories_may_be_a_list() -> None:
    raw = dataset()
    raw["dimension"]["Region"] = {"category": {"index": ["N", "S"], "label": {"S": "söder"}}}
    found = read(raw)
    assert dict(found.dimensions[0].labels) == {"N": "N", "S": "söder"}
    assert found.dimensions[0].label == "Region"
    assert found.value({"Region": "S", "Tid": "2024"}) == 4


def test_categories_are_ordered_by_their_places() -> None:
    raw = dataset()
    raw["dimension"]["Region"]["category"]["index"] = {"S": 1, "N": 0}
    assert list(read(raw).dimensions[0].labels) == ["N", "S"]


def test_marks_are_kept() -> None:
    found = read(dataset(value=[1, 2, None, 4], status={"2": ".."}))
    assert found.status == {2: ".."}


@pytest.mark.parametrize(
    "selection",
    [{"Region": "S"}, {"Region": "V", "Tid": "2023"}, {"Region": "S", "Tid": "2023", "Kon": "1"}],
    ids=["variable left out", "unknown value", "another value than the only one"],
)
def test_a_cell_that_is_not_there_is_never_guessed(selection: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        read(dataset()).value(selection)


MALFORMED = {
    "no object": [1, 2],
    "nothing": None,
    "text": "dataset",
    "no variables": dataset(id=None),
    "sizes do not fit": dataset(size=[2, 1, 3]),
    "too few sizes": dataset(size=[2, 2]),
    "more values than cells": dataset(value=[1, 2, 3, 4, 5]),
    "a cell before the first": dataset(value={"-1": 5}),
    "values that are no list": dataset(value="1 2 3"),
    "a cell without a number": dataset(value={"a": 5}),
    "a variable not described": dataset(id=["Region", "Kon", "Alder"]),
    "a variable without values": dataset(dimension={"Region": {}, "Kon": {}, "Tid": {}}),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_does_not_fit_together_is_malformed(raw: object) -> None:
    with pytest.raises(UpstreamMalformed):
        read(raw)

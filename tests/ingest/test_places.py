from pathlib import Path

import pytest

from assistant.domain.place import PlaceType
from assistant.errors import StarterDataError
from ingest.sources.places import read_places
from tests.standin.shared import read_json, read_rows

SMALL = """
regions:
  - code: "12"
    id: CaRE_1nn_cSU
    name: Skåne län
    also: [Skåne]
    municipalities:
      - {code: "1280", id: oYPt_yRA_Smm, name: Malmö, also: [Rosengård]}
      - {code: "1281", id: muSY_tsR_vDZ, name: Lund}
"""


def test_all_regions_and_municipalities_are_there() -> None:
    places = [entry.place for entry in read_places()]
    regions = [place for place in places if place.type is PlaceType.REGION]
    municipalities = [place for place in places if place.type is PlaceType.MUNICIPALITY]
    assert (len(regions), len(municipalities)) == (21, 290)
    assert all(place.region_code == place.code for place in regions)
    assert all(place.region_code == place.code[:2] for place in municipalities)
    assert {place.region_code for place in municipalities} == {place.code for place in regions}


def test_towns_and_districts_are_named() -> None:
    others = [name for entry in read_places() for name in entry.names[1:]]
    assert len(others) > 150


def test_a_region_stands_before_its_municipalities() -> None:
    last = ""
    for entry in read_places():
        if entry.place.type is PlaceType.REGION:
            last = entry.place.code
        assert entry.place.region_code == last


@pytest.mark.shared
def test_ids_and_names_are_those_of_the_taxonomy(shared_dir: Path) -> None:
    snapshot = read_json(shared_dir / "data/official/jobtech_v30_2026-06/taxonomy-snapshot.json.gz")
    places = {entry.place.concept_id: entry.place for entry in read_places()}
    by_code = {place.code: place for place in places.values()}
    expected = {
        one["conceptId"]: (one["label"], region["conceptId"])
        for region in snapshot["regions"]
        for one in (region, *region["municipalities"])
    }
    assert expected == {
        place.concept_id: (place.name, by_code[place.region_code].concept_id) for place in places.values()
    }


@pytest.mark.shared
@pytest.mark.usefixtures("shared_dir")
def test_codes_are_those_of_the_job_ads() -> None:
    names = {entry.place.code: entry.place.name for entry in read_places()}
    seen = {
        (row["municipality_code"], row["municipality"])
        for row in read_rows("job_ads_sample")
        if isinstance(row.get("municipality_code"), str)
    }
    assert len(seen) == 283
    assert all(names[code] == name for code, name in seen)


def test_a_small_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "places.yaml"
    file.write_text(SMALL, encoding="utf-8")
    region, malmo, lund = read_places(file)
    assert (region.place.type, region.names) == (PlaceType.REGION, ("Skåne län", "Skåne"))
    assert (malmo.place.region_code, malmo.names) == ("12", ("Malmö", "Rosengård"))
    assert lund.names == ("Lund",)


BROKEN = {
    "another region's code": ('"1281"', '"0181"', "code 0181 is not in Skåne län"),
    "a code twice": ('"1281"', '"1280"', "twice: code 1280"),
    "an id twice": ("muSY_tsR_vDZ", "oYPt_yRA_Smm", "twice: id oYPt_yRA_Smm"),
    "a name twice": ("name: Lund", "name: rosengård", "twice: municipality rosengård"),
    "a code that is a number": ('"1280"', "1280", "code"),
    "no id": ("id: muSY_tsR_vDZ", "id: Lund", "id"),
    "an unknown key": ("also: [Rosengård]", "alias: [Rosengård]", "alias"),
    "no municipalities": ("municipalities:", "municipalities: []\n    x:", "municipalities"),
    "not YAML": ("regions:", "regions: [", "places.yaml"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused(name: str, tmp_path: Path) -> None:
    right, wrong, reason = BROKEN[name]
    file = tmp_path / "places.yaml"
    file.write_text(SMALL.replace(right, wrong), encoding="utf-8")
    with pytest.raises(StarterDataError, match=reason):
        read_places(file)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "places.yaml"
    file.write_bytes(SMALL.encode("latin-1"))
    with pytest.raises(StarterDataError):
        read_places(file)

"""The ads, in the shape of the recorded one."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.standin.shared import JOBTECH_SAMPLES, SHARED_DIR, read_json, read_rows

Ad = dict[str, Any]

_SWEDEN = {"country": "Sverige", "country_code": "199", "country_concept_id": "i46j_HmG_v64"}
_TYPES = frozenset("region municipality occupation-name ssyk-level-4 employment-type worktime-extent".split())


def recorded(name: str) -> Any:
    """A recorded answer of JobSearch."""
    return read_json(JOBTECH_SAMPLES / f"jobsearch_{name}.json")


@cache
def read_ads() -> dict[str, Ad]:
    """Every ad by its id, the newest first."""
    concepts = _Concepts()
    template = json.dumps(emptied(recorded("ad_2024__redacted")))
    ads = [recorded("ad_2024__redacted")]
    for row in read_rows("job_ads_sample"):
        known = {name: None if value != value else value for name, value in row.items()}
        ads.append(_ad(known, concepts, json.loads(template)))
    return {ad["id"]: ad for ad in sorted(ads, key=lambda ad: ad["publication_date"], reverse=True)}


class _Concepts:
    """What the taxonomy knows of the words in the sample."""

    def __init__(self) -> None:
        rows = [row for row in read_rows("jobtech_concepts") if row["type"] in _TYPES and row.get("label_sv")]
        self._by_label = {(row["type"], row["label_sv"]): row["id"] for row in rows}
        # No file of the shared folder has the durations; one was recorded.
        lasting = recorded("ad_2024__redacted")["duration"]
        self._by_label["employment-duration", lasting["label"]] = lasting["concept_id"]
        self._groups = {row["ssyk"]: row for row in rows if row["type"] == "ssyk-level-4"}
        snapshot = read_json(SHARED_DIR / "data/official/jobtech_v30_2026-06/taxonomy-snapshot.json.gz")
        self._field_of = {
            group["conceptId"]: field
            for field in snapshot["occupationFields"]
            for group in field["occupationGroups"]
        }

    def id_of(self, type: str, label: str | None) -> str | None:
        return self._by_label.get((type, label or ""))

    def named(self, type: str, label: str | None) -> Ad | None:
        return _concept(self.id_of(type, label), label) if label else None

    def group(self, ssyk: str | None) -> Ad | None:
        row = self._groups.get(ssyk)
        return _concept(row["id"], row["label_sv"], ssyk) if row else None

    def field(self, ssyk: str | None) -> Ad | None:
        field = self._field_of.get(self._groups[ssyk]["id"]) if ssyk in self._groups else None
        return _concept(field["conceptId"], field["label"]) if field else None


def _concept(concept_id: str | None, label: str, legacy_id: str | None = None) -> Ad:
    return {"concept_id": concept_id, "label": label, "legacy_ams_taxonomy_id": legacy_id}


def _ad(row: Ad, concepts: _Concepts, ad: Ad) -> Ad:
    municipality_code = row.get("municipality_code") or ""
    occupation_id = row.get("occupation_concept_id") or concepts.id_of("occupation-name", row["occupation"])
    deadline = row.get("application_deadline")
    ad |= {
        "id": row["id"],
        "webpage_url": f"https://arbetsformedlingen.se/platsbanken/annonser/{row['id']}",
        "headline": row["headline"],
        "application_deadline": deadline,
        "number_of_vacancies": row.get("number_of_vacancies"),
        "employment_type": concepts.named("employment-type", row.get("employment_type")),
        "duration": concepts.named("employment-duration", row.get("duration")),
        "working_hours_type": concepts.named("worktime-extent", row.get("working_hours_type")),
        "occupation": _concept(occupation_id, row["occupation"]),
        "occupation_group": concepts.group(row.get("ssyk")),
        "occupation_field": concepts.field(row.get("ssyk")),
        "publication_date": row["publication_date"].replace(" ", "T"),
        "last_publication_date": deadline,
        "removed": False,
    }
    ad["description"]["text"] = row.get("text")
    ad["employer"]["name"] = row.get("employer")
    ad["workplace_address"] |= _SWEDEN | {
        "municipality": row.get("municipality"),
        "municipality_code": municipality_code or None,
        "municipality_concept_id": concepts.id_of("municipality", row.get("municipality")),
        "region": row.get("region"),
        "region_code": municipality_code[:2] or None,
        "region_concept_id": concepts.id_of("region", row.get("region")),
        "coordinates": [None, None],
    }
    return ad


def emptied(value: Any) -> Any:
    """The same shape with nothing in it: lists empty, the rest `null`."""
    if isinstance(value, dict):
        return {name: emptied(below) for name, below in value.items()}
    return [] if isinstance(value, list) else None


def concept_ids(ad: Ad, field: str) -> Iterator[str]:
    """The ids by which a parameter of the search, such as `region`, finds an ad."""
    place = ad["workplace_address"]
    concept = ad.get(field.replace("-", "_")) or {}
    found = (
        concept.get("concept_id"),
        place.get(f"{field}_concept_id"),
        # Places may be asked for by their codes too.
        place.get(f"{field}_code"),
    )
    return (one for one in found if one)

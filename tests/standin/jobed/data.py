"""Educations, occupations and terms behind the answers."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.settings import PROJECT_DIR
from assistant.yaml_text import parse_yaml
from tests.standin.enrichments.dictionary import mentions
from tests.standin.shared import JOBTECH_SAMPLES, read_json, read_rows
from tests.standin.taxonomy.data import Selection
from tests.standin.taxonomy.files import read_taxonomy

FORMS = {
    "aub": "af arbetsmarknadsutbildning",
    "folkhögskola": "fhs",
    "grundläggande vuxenutbildning": "vuxgr",
    "gymnasial vuxenutbildning": "vuxgy",
    "yrkeshögskoleutbildning": "yh",
}
"""School forms of the rows, as the codes of the API; rows of other forms are left out."""

_CREDITS = {"vuxgy": "vp", "vuxgr": "vp", "yh": "yh"}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation with its group."""

    concept_id: str
    label: str
    ssyk: str
    group_id: str
    group_label: str


@dataclass(frozen=True, slots=True)
class Education:
    """An education in the nested shape, and the SSYK codes it leads to."""

    nested: dict[str, Any]
    ssyk: frozenset[str] = field(default_factory=frozenset)

    @property
    def title(self) -> str:
        return str(self.nested["education"]["title"][0]["content"])

    def flat(self) -> dict[str, Any]:
        """The same in the shape of a match."""
        education = self.nested["education"]
        providers = self.nested["providerSummary"]["providers"]
        description = education.get("description") or [{"content": None}]
        return {
            "id": self.nested["id"],
            "code": education.get("code"),
            "education_provider_name": providers[0] if providers else None,
            "education_title": self.title,
            "education_type": education.get("configuration", {}).get("code"),
            "education_form": education["form"]["code"],
            "education_description": description[0]["content"],
            "providerSummary": self.nested["providerSummary"],
            "eventSummary": self.nested["eventSummary"],
        }


def sample(name: str) -> Any:
    """A recorded answer."""
    return read_json(JOBTECH_SAMPLES / f"jobed_{name}.json")


@cache
def read_educations() -> dict[str, Education]:
    """All educations by id, the two recorded ones first."""
    recorded = sample("educations_search_hits__field_subset")["result"]
    educations = {row["id"]: Education(row) for row in recorded}
    for place, row in enumerate(read_rows("educations_sample")):
        if row.get("type") in FORMS:
            education = Education(_nested(row, place), frozenset(row.get("ssyk", ())))
            educations.setdefault(education.nested["id"], education)
    return educations


def _nested(row: dict[str, Any], place: int) -> dict[str, Any]:
    # The rows have no id of Susa-navet's.
    identifier = row.get("id") or f"standin.{place}"
    form = FORMS[row["type"]]
    education: dict[str, Any] = {
        "identifier": identifier,
        "title": [{"lang": "swe", "content": row["title"]}],
        "form": {"code": form, "type": "C_SchoolType"},
        "urls": [{"lang": "swe", "content": row["url"]}] if row.get("url") else [],
    }
    if row.get("description"):
        education["description"] = [{"lang": "swe", "content": f"<p>{row['description']}</p>"}]
    if row.get("code"):
        education["code"] = row["code"]
    if row.get("credits"):
        system = {"code": _CREDITS.get(form, form), "type": "C_Credits"}
        education["credits"] = {"system": system, "credits": round(float(row["credits"]))}
    return {
        "id": identifier,
        "education": education,
        "providerSummary": {"providers": [row["provider"]] if row.get("provider") else []},
        "eventSummary": _events(row),
    }


def _events(row: dict[str, Any]) -> dict[str, Any]:
    code = read_municipality_codes().get(row.get("location", "").casefold())
    return {
        "municipalityCode": [code] if code else [],
        "regionCode": [code[:2]] if code else [],
        "paceOfStudyPercentage": [round(float(row["pace_percent"]))] if row.get("pace_percent") else [],
        "executions": [{"start": row["start"], "end": row.get("end")}] if row.get("start") else [],
        "distance": float(row.get("distance", "0")) > 0,
    }


@cache
def read_municipality_codes() -> dict[str, str]:
    """SCB's codes of municipalities by name in lower case; the shared data has none."""
    text = (PROJECT_DIR / "ingest" / "starter" / "places.yaml").read_text(encoding="utf-8")
    return {
        municipality["name"].casefold(): municipality["code"]
        for region in parse_yaml(text)["regions"]
        for municipality in region["municipalities"]
    }


@cache
def read_occupations() -> dict[str, Occupation]:
    """Live occupations by id."""
    taxonomy = read_taxonomy()
    groups = {group.concept_id: group for group in taxonomy.select(Selection(types=("ssyk-level-4",)))}
    return {
        occupation.concept_id: Occupation(
            concept_id=occupation.concept_id,
            label=occupation.preferred_label,
            ssyk=str(group.scalars.get("ssyk_code_2012")),
            group_id=group.concept_id,
            group_label=group.preferred_label,
        )
        for occupation in taxonomy.select(Selection(types=("occupation-name",)))
        for parent_id in occupation.relations.get("broader", {})
        if (group := groups.get(parent_id))
    }


@cache
def read_ad_terms() -> dict[str, list[dict[str, Any]]]:
    """Terms found in ads, by SSYK code."""
    terms = defaultdict(list)
    for row in read_rows("ad_terms_by_ssyk"):
        terms[row["ssyk"]].append(row)
    return terms


def occupation_called(title: str) -> Occupation | None:
    """The occupation with this label, else the first whose label begins with it."""
    occupations = read_occupations().values()
    wanted = title.strip().casefold()
    called = [o for o in occupations if o.label.casefold() == wanted]
    return next(
        iter(called or [o for o in occupations if wanted and o.label.casefold().startswith(wanted)]), None
    )


def educations_for(occupation: Occupation) -> Iterator[Education]:
    """Educations that lead to the occupation's group, or have its name in their title."""
    name = occupation.label.casefold()
    for education in read_educations().values():
        if occupation.ssyk in education.ssyk or name in education.title.casefold():
            yield education


def occupations_for(text: str) -> tuple[dict[str, list[str]], list[tuple[Occupation, float]]]:
    """Terms recognised in a text, and occupations by the share of them that their ads name."""
    terms: dict[str, list[str]] = {"competencies": [], "occupations": []}
    for mention in mentions(text):
        if mention.entry.kind in terms and mention.term not in terms[mention.entry.kind]:
            terms[mention.entry.kind].append(mention.term)
    named = {*terms["competencies"], *terms["occupations"]}
    shares = {ssyk: _share_named(rows, named) for ssyk, rows in read_ad_terms().items()}
    scored = [
        (occupation, round(shares.get(occupation.ssyk, 0.0) + 10 * _is_called(occupation, named), 4))
        for occupation in read_occupations().values()
    ]
    return terms, sorted(
        ((occupation, score) for occupation, score in scored if score > 0),
        key=lambda row: (-row[1], row[0].concept_id),
    )


def _share_named(rows: list[dict[str, Any]], named: set[str]) -> float:
    """How much of what the ads of a group ask for is named."""
    counts = [(int(row["count"]), row["term"].casefold() in named) for row in rows]
    return sum(count for count, is_named in counts if is_named) / sum(count for count, _ in counts)


def _is_called(occupation: Occupation, named: set[str]) -> bool:
    names = re.split(r"[/,]", occupation.label.casefold())
    return any(name.strip() in named for name in names)


def has_words(text: str, query: str) -> bool:
    """Whether every word of the query begins a word of the text."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return all(any(w.startswith(q.casefold()) for w in words) for q in _WORD.findall(query))

"""JSON Resume: what is told is in its place, with ids, and the official schema takes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.dossier import Dossier
from assistant.exports.json_resume import json_resume
from assistant.prompts import Texts
from tests.exports.carried import CLOSE_URI, EMPTY, FULL, IN_BOTH
from tests.exports.official import json_resume_validator

SELF_REPORTED = "self-reported"


def resume(dossier: Dossier, texts: Texts) -> dict[str, Any]:
    return json_resume(dossier, texts)


@dataclass(frozen=True)
class Case:
    id: str
    dossier: Dossier


CASES = (Case("full", FULL), Case("both languages", IN_BOTH), Case("nothing told", EMPTY))


@pytest.mark.shared
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_official_schema_takes_it(case: Case, texts: Texts, shared_dir: Path) -> None:
    assert list(json_resume_validator(shared_dir).iter_errors(json_resume(case.dossier, texts))) == []


def test_paid_work_is_work_and_the_rest_is_volunteer(texts: Texts) -> None:
    made = resume(FULL, texts)
    assert [item["position"] for item in made["work"]] == ["Snickare", "eget bygge"]
    assert [item["position"] for item in made["volunteer"]] == ["hjälpte grannar", "tog hand om barn"]
    assert made["work"][0] == {
        "position": "Snickare",
        "summary": "Arbete med lön. 4 år. Syrien",
        "highlights": ["Takläggning", "Yrkesbevis, träarbetare"],
        "x-kind": "paid",
        "x-years": 4,
        "x-country": "SY",
        "x-ssyk": "7111",
        "x-taxonomy-concept-id": "Grup_aaa_001",
        "x-taxonomy-url": (
            "https://taxonomy.api.jobtechdev.se/v1/taxonomy/main/concepts"
            "?id=Grup_aaa_001&include-deprecated=true"
        ),
        "x-esco-uri": "http://data.europa.eu/esco/isco/C7115",
        "x-esco-match": "related",
        "x-evidence": SELF_REPORTED,
    }


def test_each_skill_stands_once_and_what_is_on_paper_is_a_certificate(texts: Texts) -> None:
    made = resume(FULL, texts)
    assert [item["name"] for item in made["skills"]] == ["Ritningsläsning", "Bygga vindskydd", "Takläggning"]
    assert [item["name"] for item in made["certificates"]] == ["Yrkesbevis, träarbetare", "Körkort B"]
    roofing = made["skills"][-1]
    assert (roofing["x-esco-uri"], roofing["x-esco-match"]) == (CLOSE_URI, "close")


def test_names_in_the_second_language_are_keywords(texts: Texts) -> None:
    made = resume(IN_BOTH, texts)
    assert made["work"][0]["position"] == "Carpenter"
    assert (made["skills"][-1]["name"], made["skills"][-1]["keywords"]) == ("Roofing", ["Takläggning"])
    assert made["meta"]["x-language"] == "en"


def test_no_school_is_no_education_and_all_is_self_reported(texts: Texts) -> None:
    made = resume(FULL, texts)
    assert [item.get("area") for item in made["education"]] == ["bygg", "kurs i heta arbeten"]
    parts = ("work", "volunteer", "education", "certificates", "skills", "languages")
    assert all(item["x-evidence"] == SELF_REPORTED for part in parts for item in made[part])
    assert resume(EMPTY, texts).keys() == {"$schema", "basics", "meta"}

"""Open Badges 3.0: what becomes a badge, what each says of itself, and that the official schema takes it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.dossier import Dossier
from assistant.domain.language import Language
from assistant.exports.open_badges import open_badges
from assistant.prompts import Texts
from tests.exports.carried import CLOSE_URI, EMPTY, EXACT_URI, FULL, IN_BOTH
from tests.exports.official import expanded_badge, open_badge_validator, read_json


@dataclass(frozen=True)
class Case:
    id: str
    dossier: Dossier


CASES = (
    Case("one language", FULL),
    Case("both languages", IN_BOTH),
    Case("own words in another language", replace(FULL, languages=(Language.EN,))),
)


def badges(dossier: Dossier, texts: Texts) -> list[dict[str, Any]]:
    return open_badges(dossier, texts)


def achievements(dossier: Dossier, texts: Texts) -> dict[str, dict[str, Any]]:
    """The achievements by name."""
    made = (badge["credentialSubject"]["achievement"] for badge in badges(dossier, texts))
    return {achievement["name"]: achievement for achievement in made}


@pytest.mark.usefixtures("_official_badges")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_official_schema_and_contexts_take_each_badge(case: Case, texts: Texts) -> None:
    for badge in open_badges(case.dossier, texts):
        assert list(open_badge_validator().iter_errors(badge)) == []
        (expanded,) = expanded_badge(badge)
        kinds = expanded["@type"]
        assert "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential" in kinds


@pytest.mark.usefixtures("_official_badges")
def test_the_official_schema_refuses_a_badge_without_criteria(texts: Texts) -> None:
    badge = badges(FULL, texts)[0]
    del badge["credentialSubject"]["achievement"]["criteria"]
    assert list(open_badge_validator().iter_errors(badge))


@pytest.mark.shared
@pytest.mark.parametrize("sample", ["basicOpenBadgeCredential", "skillAssertionCase"])
def test_a_badge_has_what_the_official_samples_have(sample: str, texts: Texts, shared_dir: Path) -> None:
    official = read_json(shared_dir / f"api-samples/education/formats/ob3-{sample}.json")
    ours = achievements(FULL, texts)["Takläggning"]
    # Pictures, the maker of a catalogue, evidence and schemas are of those who issue to others.
    left_out = {"image", "creator", "evidence", "credentialSchema"}
    assert official.keys() - left_out <= badges(FULL, texts)[0].keys()
    assert official["credentialSubject"]["achievement"].keys() - left_out <= ours.keys()


def test_skills_and_certificates_and_courses_become_badges_but_no_whole_education(texts: Texts) -> None:
    kinds = {name: each["achievementType"] for name, each in achievements(FULL, texts).items()}
    assert kinds == {
        "Ritningsläsning": "Competency",
        "Bygga vindskydd": "Competency",
        "Takläggning": "Competency",
        "Yrkesbevis, träarbetare": "Certificate",
        "Körkort B": "License",
        "kurs i heta arbeten": "Course",
    }
    assert open_badges(EMPTY, texts) == []


def test_the_person_is_issuer_and_subject_and_nothing_is_proven(texts: Texts) -> None:
    for badge in badges(FULL, texts):
        assert badge["issuer"]["id"] == badge["credentialSubject"]["id"]
        assert badge.keys().isdisjoint({"proof", "evidence"})
        narrative = badge["credentialSubject"]["achievement"]["criteria"]["narrative"]
        assert "Ingen har kontrollerat" in narrative
        assert "egen uppgift" in badge["name"]
        assert badge["validFrom"] == "2026-11-22T10:00:00Z"


def test_two_exports_have_no_id_in_common(texts: Texts) -> None:
    first, second = (ids(badges(FULL, texts)) for _ in range(2))
    assert first
    assert first.isdisjoint(second)


def ids(found: Any) -> set[str]:
    """All ids within, but for addresses of other people's concepts."""
    if isinstance(found, list):
        return {each for item in found for each in ids(item)}
    if not isinstance(found, dict):
        return set()
    own = {found["id"]} if "id" in found else set()
    return own | {each for item in found.values() for each in ids(item)}


def test_a_skill_is_aligned_to_the_taxonomy_and_to_esco_as_near_as_it_is(texts: Texts) -> None:
    made = achievements(FULL, texts)
    by_framework = [
        {each["targetFramework"]: each for each in made[name]["alignment"]}
        for name in ("Takläggning", "Ritningsläsning", "Bygga vindskydd")
    ]
    close, exact, unknown = by_framework
    assert close["JobTech Taxonomy"]["targetCode"] == "Skil_aaa_001"
    assert close["ESCO"]["targetUrl"] == CLOSE_URI
    assert "ligger nära" in close["ESCO"]["targetDescription"]
    assert exact["ESCO"]["targetUrl"] == EXACT_URI
    assert "targetDescription" not in exact["ESCO"]
    assert unknown.keys() == {"JobTech Taxonomy"}


def test_both_languages_stand_side_by_side(texts: Texts) -> None:
    made = achievements(IN_BOTH, texts)
    assert "Roofing / Takläggning" in made
    assert "inLanguage" not in made["Roofing / Takläggning"]
    # The person's own words are not translated.
    assert made["kurs i heta arbeten"]["inLanguage"] == "sv"

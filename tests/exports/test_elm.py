"""The European Digital Credential: held to the official context and profile, unsigned and self-reported."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from rdflib import Graph

from assistant.domain.dossier import Dossier
from assistant.exports.elm import elm_credential
from assistant.prompts import Texts
from tests.exports.carried import CLOSE_URI, FULL, IN_BOTH
from tests.exports.edc_profile import breaches
from tests.exports.official import expanded_elm, read_json

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Case:
    id: str
    dossier: Dossier


CASES = (Case("one language", FULL), Case("both languages", IN_BOTH))


def credential(dossier: Dossier, texts: Texts) -> dict[str, Any]:
    return elm_credential(dossier, texts)


def graph_of(expanded: list[Any]) -> Graph:
    return Graph().parse(data=jsonld.to_rdf(expanded, {"format": "application/n-quads"}), format="nt")


@pytest.mark.shared
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_official_context_and_profile_take_it(case: Case, texts: Texts, shared_dir: Path) -> None:
    graph = graph_of(expanded_elm(credential(case.dossier, texts), shared_dir))
    assert list(breaches(graph)) == []


@dataclass(frozen=True)
class Spoilt:
    id: str
    path: tuple[str, ...]


SPOILT = (
    Spoilt("no display", ("displayParameter",)),
    Spoilt("no title", ("displayParameter", "title")),
    Spoilt("no date", ("issued",)),
    Spoilt("no claims", ("credentialSubject", "hasClaim")),
)


@pytest.mark.shared
@pytest.mark.parametrize("case", SPOILT, ids=lambda case: case.id)
def test_the_profile_refuses_one_with_a_part_missing(case: Spoilt, texts: Texts, shared_dir: Path) -> None:
    made = credential(FULL, texts)
    part = made
    for name in case.path[:-1]:
        part = part[name]
    del part[case.path[-1]]
    assert list(breaches(graph_of(expanded_elm(made, shared_dir))))


@pytest.mark.shared
def test_it_has_the_parts_of_the_official_sample(texts: Texts, shared_dir: Path) -> None:
    sample = read_json(shared_dir / "api-samples/education/elm/elm-credential-sample.jsonld")
    made = credential(FULL, texts)
    # It never expires, and nothing proves it.
    assert sample.keys() - {"expirationDate", "validUntil", "evidence"} <= made.keys()
    assert sample["@context"] == made["@context"]
    assert sample["type"] == made["type"]
    claim = sample["credentialSubject"]["hasClaim"]
    assert all(claim.keys() <= each.keys() for each in made["credentialSubject"]["hasClaim"])


def test_the_person_says_it_and_nobody_has_signed_it(texts: Texts) -> None:
    made = credential(IN_BOTH, texts)
    person = made["issuer"]["id"]
    assert made["issuer"] == {"id": person, "type": "Person"}
    assert made["credentialSubject"]["id"] == person
    assert "proof" not in made
    told = made["displayParameter"]["description"]
    assert "not signed" in told["en"]
    assert "inte signerad" in told["sv"]
    for claim in made["credentialSubject"]["hasClaim"]:
        assert claim["awardedBy"]["awardingBody"]["id"] == person
        assert "Nobody has checked" in claim["description"]["en"]


def test_claims_are_skills_papers_and_education_with_their_concepts(texts: Texts) -> None:
    claims = {
        claim["title"]["sv"]: claim for claim in credential(FULL, texts)["credentialSubject"]["hasClaim"]
    }
    assert [*claims] == [
        "Ritningsläsning",
        "Bygga vindskydd",
        "Takläggning",
        "Yrkesbevis, träarbetare",
        "Körkort B",
        "Gymnasium: bygg",
        "kurs i heta arbeten",
    ]
    outcome = claims["Takläggning"]["specifiedBy"]["learningOutcome"]
    assert outcome["relatedESCOSkill"]["id"] == CLOSE_URI
    assert "id=Skil_aaa_001" in outcome["relatedSkill"]["id"]
    assert "relatedSkill" not in claims["Körkort B"]["specifiedBy"]["learningOutcome"]


def test_its_pictures_are_the_pages_of_the_document(texts: Texts) -> None:
    details = credential(FULL, texts)["displayParameter"]["individualDisplay"]["displayDetail"]
    assert [detail["page"] for detail in details] == [*range(1, len(details) + 1)]
    assert all(base64.b64decode(detail["image"]["content"]).startswith(_PNG) for detail in details)


def test_two_exports_have_no_id_of_the_person_in_common(texts: Texts) -> None:
    first, second = (credential(FULL, texts) for _ in range(2))
    assert first["issuer"]["id"] not in json.dumps(second)

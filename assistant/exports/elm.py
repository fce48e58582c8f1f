"""A person's skills and education as a European Digital Credential (European Learning Model 3), unsigned.

The person is both issuer and subject. A European Digital Credential proper is sealed by an organisation, and
its profile asks the issuer for a legal identifier; a person has none to give, and none is made up. So this
is the model's form for what somebody says of themselves, and each part of it says so.
"""

import base64
from collections.abc import Mapping
from typing import TypeAlias
from uuid import uuid4

from assistant.domain.dossier import Dossier
from assistant.domain.language import Language
from assistant.errors import NothingToExport
from assistant.exports.claims import Claim, claims_of, described, in_utc, said_in, taxonomy_url
from assistant.exports.pdf import page_pictures
from assistant.prompts import Texts

CONTEXTS = ("https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap")
PROFILE = "http://data.europa.eu/snb/model/ap/edc-generic-no-cv"
Json: TypeAlias = "dict[str, object]"

_LANGUAGES = {Language.SV: "SWE", Language.EN: "ENG"}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_EUROPASS = "http://data.europa.eu/snb"
_ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"
_TAXONOMY = "https://taxonomy.api.jobtechdev.se/v1/taxonomy"


def elm_credential(dossier: Dossier, texts: Texts) -> Json:
    """One credential with a claim for each skill, certificate, driving licence and education, as JSON-LD.

    Its pictures are pages of the document, without plan and paths. The ids are made anew each time.

    Args:
        dossier: What the person takes along.
        texts: Those of `prompts/exports`.

    Raises:
        NothingToExport: There is nothing to claim.
    """
    if not (told := claims_of(dossier, texts)):
        raise NothingToExport
    made_at = in_utc(dossier.made_at)
    person = {"id": _new_id(), "type": "Person"}
    claims = [_achievement(claim, str(person["id"]), dossier, texts) for claim in told]
    return {
        "@context": list(CONTEXTS),
        "id": _new_id(),
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": _concept(
            f"{_EUROPASS}/credential/e34929035b", f"{_EUROPASS}/credential/25831c2", {Language.EN: "Generic"}
        ),
        "displayParameter": _display(dossier, texts),
        "issuer": person,
        "credentialSubject": person | {"hasClaim": claims},
        "credentialSchema": {"id": PROFILE, "type": "ShaclValidator2017"},
        "issuanceDate": made_at,
        "issued": made_at,
        "validFrom": made_at,
    }


def _achievement(claim: Claim, person: str, dossier: Dossier, texts: Texts) -> Json:
    title = dict(claim.names)
    outcome: Json = {"id": _new_id(), "type": "LearningOutcome", "title": title, **_related(claim)}
    return {
        "id": _new_id(),
        "type": "LearningAchievement",
        "title": title,
        "description": {
            language: f"{sentence} {texts.say('open.criteria', language)}"
            for language, sentence in described(claim, dossier, texts).items()
        },
        "awardedBy": {
            "id": _new_id(),
            "type": "AwardingProcess",
            "description": said_in(dossier, texts, "self_reported"),
            "awardingBody": {"id": person, "type": "Person"},
        },
        "specifiedBy": {
            "id": _new_id(),
            "type": "LearningAchievementSpecification",
            "title": title,
            "learningOutcome": outcome,
        },
    }


def _related(claim: Claim) -> Json:
    """The concepts that a skill is."""
    if not claim.concept_id:
        return {}
    related: Json = {"relatedSkill": _concept(taxonomy_url(claim.concept_id), _TAXONOMY, claim.names)}
    if claim.concept and claim.concept.esco_uri:
        related["relatedESCOSkill"] = _concept(claim.concept.esco_uri, _ESCO_SKILLS)
    return related


def _display(dossier: Dossier, texts: Texts) -> Json:
    languages = [_language(language) for language in dossier.languages]
    details = [_page(number, png) for number, png in enumerate(page_pictures(dossier, texts), start=1)]
    unsigned, told = (said_in(dossier, texts, key) for key in ("open.unsigned", "self_reported"))
    return {
        "id": _new_id(),
        "type": "DisplayParameter",
        "title": said_in(dossier, texts, "open.collection"),
        "description": {language: f"{told[language]} {unsigned[language]}" for language in dossier.languages},
        "language": languages,
        "primaryLanguage": languages[0],
        "individualDisplay": {
            "id": _new_id(),
            "type": "IndividualDisplay",
            "language": languages[0],
            "displayDetail": details,
        },
    }


def _page(number: int, png: bytes) -> Json:
    image: Json = {
        "id": _new_id(),
        "type": "MediaObject",
        "content": base64.b64encode(png).decode("ascii"),
        "contentEncoding": _concept(
            f"{_EUROPASS}/encoding/6146cde7dd", f"{_EUROPASS}/encoding/25831c2", {Language.EN: "base64"}
        ),
        "contentType": _concept(
            f"{_AUTHORITY}/file-type/PNG", f"{_AUTHORITY}/file-type", {Language.EN: "PNG"}
        ),
    }
    return {"id": _new_id(), "type": "DisplayDetail", "image": image, "page": number}


def _language(language: Language) -> Json:
    return _concept(f"{_AUTHORITY}/language/{_LANGUAGES[language]}", f"{_AUTHORITY}/language")


def _concept(uri: str, scheme: str, names: Mapping[Language, str] | None = None) -> Json:
    concept: Json = {"id": uri, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}
    return concept | ({"prefLabel": dict(names)} if names else {})


def _new_id() -> str:
    return f"urn:uuid:{uuid4()}"

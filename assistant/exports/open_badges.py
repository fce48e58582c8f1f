"""A person's skills and certificates as Open Badges 3.0 (https://www.imsglobal.org/spec/ob/v3p0/).

Each is a credential that the person gives themselves: issuer and subject are the same, there is no evidence
and no proof, and it says so. The ids are made anew each time, so that two exports cannot be tied together.
"""

from collections.abc import Iterator
from typing import TypeAlias
from uuid import uuid4

from assistant.domain.concept import EscoMatchKind
from assistant.domain.dossier import Dossier
from assistant.exports.claims import (
    Claim,
    ClaimKind,
    claims_of,
    described,
    in_utc,
    joined,
    said_in,
    taxonomy_url,
    told_of,
)
from assistant.prompts import Texts

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
Json: TypeAlias = "dict[str, object]"

# The specification's words for kinds of achievements. A whole education is no badge: schools give those.
_TYPES = {
    ClaimKind.SKILL: "Competency",
    ClaimKind.CERTIFICATE: "Certificate",
    ClaimKind.DRIVING_LICENCE: "License",
    ClaimKind.COURSE: "Course",
}


def open_badges(dossier: Dossier, texts: Texts) -> list[Json]:
    """One credential for each skill, certificate, driving licence and course.

    Args:
        dossier: What the person takes along; names in two languages stand side by side.
        texts: Those of `prompts/exports`.
    """
    person = _new_id()
    claims = (claim for claim in claims_of(dossier, texts) if claim.kind in _TYPES)
    return [_credential(claim, person, dossier, texts) for claim in claims]


def _credential(claim: Claim, person: str, dossier: Dossier, texts: Texts) -> Json:
    description = joined(described(claim, dossier, texts))
    alignment = list(_alignment(claim, dossier, texts))
    language = {"inLanguage": next(iter(claim.names))} if len(claim.names) == 1 else {}
    achievement: Json = {
        "id": _new_id(),
        "type": ["Achievement"],
        "achievementType": _TYPES[claim.kind],
        "name": claim.name,
        "description": description,
        "criteria": {"narrative": f"{description} {joined(said_in(dossier, texts, 'open.criteria'))}"},
        **language,
        **({"alignment": alignment} if alignment else {}),
    }
    return {
        "@context": list(CONTEXTS),
        "id": _new_id(),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": joined(told_of(claim, "open.credential", dossier, texts)),
        "description": description,
        "issuer": {"id": person, "type": ["Profile"], "name": joined(said_in(dossier, texts, "open.person"))},
        "validFrom": in_utc(dossier.made_at),
        "credentialSubject": {"id": person, "type": ["AchievementSubject"], "achievement": achievement},
    }


def _alignment(claim: Claim, dossier: Dossier, texts: Texts) -> Iterator[Json]:
    if not claim.concept_id:
        return
    yield {
        "type": ["Alignment"],
        "targetName": claim.name,
        "targetFramework": "JobTech Taxonomy",
        "targetUrl": taxonomy_url(claim.concept_id),
        "targetCode": claim.concept_id,
    }
    if claim.concept and claim.concept.esco_uri:
        near = claim.concept.esco_match is not EscoMatchKind.EXACT
        note = joined(said_in(dossier, texts, "open.esco_close")) if near else ""
        yield {
            "type": ["Alignment"],
            "targetName": claim.name,
            "targetFramework": "ESCO",
            "targetUrl": claim.concept.esco_uri,
            **({"targetDescription": note} if note else {}),
        }


def _new_id() -> str:
    return f"urn:uuid:{uuid4()}"

"""The official schemas and contexts of the open formats. None of them is in the repository."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft201909Validator, FormatChecker
from pyld import jsonld

from assistant.settings import PROJECT_DIR

OPEN_BADGES_DIR = PROJECT_DIR / ".make" / "open-badges"
_SCHEMA = OPEN_BADGES_DIR / "tests/fixtures/ob_schemas/ob_v3p0_achievementcredential_schema.json"
_CONTEXTS = OPEN_BADGES_DIR / "openbadgeslib/ob3/contexts"
_BADGE_CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
}
ELM_CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
_CRED = "https://www.w3.org/2018/credentials#"
_DATE = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
# The terms of W3C's first credentials context that a European Digital Credential uses, as it defines them.
_CREDENTIALS_V1 = {
    "id": "@id",
    "type": "@type",
    "VerifiableCredential": f"{_CRED}VerifiableCredential",
    "credentialSchema": {"@id": f"{_CRED}credentialSchema", "@type": "@id"},
    "credentialSubject": {"@id": f"{_CRED}credentialSubject", "@type": "@id"},
    "issuanceDate": {"@id": f"{_CRED}issuanceDate"} | _DATE,
    "issued": {"@id": f"{_CRED}issued"} | _DATE,
    "issuer": {"@id": f"{_CRED}issuer", "@type": "@id"},
    "validFrom": {"@id": f"{_CRED}validFrom"} | _DATE,
}


def read_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def open_badge_validator() -> Draft201909Validator:
    """1EdTech's schema of an AchievementCredential."""
    return Draft201909Validator(read_json(_SCHEMA), format_checker=FormatChecker())


def json_resume_validator(shared_dir: Path) -> Draft7Validator:
    """The schema of JSON Resume 1.2.1."""
    schema = read_json(shared_dir / "api-samples/education/formats/jsonresume-schema.json")
    return Draft7Validator(schema, format_checker=FormatChecker())


def expanded_badge(badge: dict[str, object]) -> list[Any]:
    """The badge with the official contexts. Fails where a property has no meaning in them."""
    contexts = {url: read_json(_CONTEXTS / name) for url, name in _BADGE_CONTEXTS.items()}
    return _expanded(badge, contexts)


def elm_contexts(shared_dir: Path) -> dict[str, Any]:
    """The contexts of a European Digital Credential, by address."""
    official = read_json(shared_dir / "api-samples/education/elm/edc-ap-context.jsonld")
    return {
        "https://www.w3.org/2018/credentials/v1": {"@context": _CREDENTIALS_V1},
        ELM_CONTEXT: official,
    }


def expanded_elm(credential: dict[str, object], shared_dir: Path) -> list[Any]:
    """As `expanded_badge`, for a European Digital Credential."""
    return _expanded(credential, elm_contexts(shared_dir))


def _expanded(document: dict[str, object], contexts: dict[str, Any]) -> list[Any]:
    def load(url: str, options: object) -> dict[str, object]:
        return {"contextUrl": None, "documentUrl": url, "document": contexts[url], "contentType": None}

    def refuse(term: str | None) -> None:
        raise AssertionError(f"{term} has no meaning in the contexts")

    # A base of its own makes what the contexts do not know stand out.
    options = {"documentLoader": load, "base": "relative:"}
    expanded: list[Any] = jsonld.expand(document, options, on_property_dropped=refuse)
    assert "relative:" not in json.dumps(expanded), "an address or a type has no meaning in the contexts"
    return expanded

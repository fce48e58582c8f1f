"""Concepts in the API's forms."""

from urllib.parse import quote

from tests.standin.esco.data import BASE, ISCO, Concept, Esco

Answer = dict[str, object]

_CLASSES = {"occupation": "Occupation", "skill": "Skill", "concept": "Concept"}
API = "https://ec.europa.eu/esco/api"


def quick(concept: Concept, language: str, hit: str) -> Answer:
    """A result of a search in quick mode."""
    groups = [f"{BASE}isco/C{concept.isco_code}"] if concept.isco_code else []
    body: Answer = {
        **_head(concept, language),
        "searchHit": hit,
        "isTopConceptInScheme": [],
        "isInScheme": [concept.scheme],
        "broaderIscoGroup": groups,
        "_links": {"self": _link(concept, language)},
    }
    return body | ({"code": concept.code} if concept.code else {})


def full(esco: Esco, concept: Concept, language: str) -> Answer:
    """A resource."""
    body: Answer = {
        **_head(concept, language),
        "referenceLanguage": ["en"],
        "alternativeLabel": concept.alternatives,
        # No description in Swedish is in the data; the real one has hardly any either.
        "description": {"en": {"literal": concept.description, "mimetype": "plain/text"}}
        if concept.description
        else {},
        "status": "obsolete" if concept.is_obsolete else "released",
        "_links": {
            "self": _link(concept, language),
            "isInScheme": [{"href": f"{API}/resource/taxonomy?uri={concept.scheme}", "uri": concept.scheme}],
            **_kinds(concept),
            **{name: _links(esco, uris, language) for name, uris in relations(esco, concept).items()},
        },
    }
    return body | ({"code": concept.code} if concept.code else {})


def relations(esco: Esco, concept: Concept) -> dict[str, list[str]]:
    """URIs of what a concept points to, by ESCO's name of the relation; empty ones are left out."""
    found: dict[str, list[str]] = {}
    prefix = "skill_" if concept.type == "skill" else ""
    suffix = "" if concept.type == "skill" else "_skill"
    found["hasEssentialSkill"] = concept.targets.get(f"{prefix}essential{suffix}", [])
    found["hasOptionalSkill"] = concept.targets.get(f"{prefix}optional{suffix}", [])
    for uri in concept.targets.get("broader", []):
        found.setdefault(_broader_relation(esco, concept, uri), []).append(uri)
    if concept.isco_code and "broaderIscoGroup" not in found:
        found["iscoUnitGroup"] = [f"{BASE}isco/C{concept.isco_code}"]
    return {name: uris for name, uris in found.items() if uris}


def _broader_relation(esco: Esco, concept: Concept, uri: str) -> str:
    target = esco.get(uri)
    if concept.type == "concept" or target is None:
        return "broaderConcept"
    if target.scheme == ISCO:
        return "broaderIscoGroup"
    names = {"occupation": "broaderOccupation", "skill": "broaderSkill", "concept": "broaderHierarchyConcept"}
    return names[target.type]


def _head(concept: Concept, language: str) -> Answer:
    name = _CLASSES[concept.type]
    return {
        "className": name,
        "classId": f"http://data.europa.eu/esco/model#{name}",
        "uri": concept.uri,
        "title": concept.label(language),
        "preferredLabel": concept.labels,
    }


def _kinds(concept: Concept) -> Answer:
    """Type and reuse level of a skill, where the data has them."""
    kinds = (
        ("hasSkillType", "skill-type", concept.skill_type),
        ("hasReuseLevel", "skill-reuse-level", concept.reuse_level),
    )
    return {name: [{"uri": f"{BASE}{path}/{value}", "title": value}] for name, path, value in kinds if value}


def _links(esco: Esco, uris: list[str], language: str) -> list[Answer]:
    return [_link(target, language) for uri in uris if (target := esco.get(uri))]


def _link(concept: Concept, language: str) -> Answer:
    address = f"{API}/resource/{concept.type}?uri={quote(concept.uri, safe='')}&language={language}"
    link: Answer = {"href": address, "uri": concept.uri, "title": concept.label(language)}
    return link | ({"code": concept.code} if concept.type == "concept" and concept.code else {})

"""The interview's own facts: occupation groups, skills, guide pages, routes and places, in SQLite.

A build writes the file once; the product reads it whole at start (a few thousand small records) and
never writes to it. What is too much for that is in `concept_store.py` and `education_store.py`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.domain.concept import (
    Asking,
    EducationLevel,
    EducationRoute,
    EscoMatch,
    EscoMatchKind,
    Feature,
    GroupEvidence,
    GuidePage,
    GuideSection,
    OccupationGroup,
    Regulation,
    Skill,
)
from assistant.domain.language import Bilingual, Language
from assistant.domain.place import Place, PlaceType
from assistant.domain.route import Route
from assistant.retrieval.places.names import PlaceEntry
from assistant.retrieval.stores.route_facts import read_route, route_row

FILE_NAME = "catalogue.sqlite"
_SCHEMA = """
CREATE TABLE occupation_group (concept_id TEXT PRIMARY KEY, ssyk_code TEXT NOT NULL, facts TEXT NOT NULL);
CREATE TABLE skill (
    concept_id TEXT PRIMARY KEY, label_sv TEXT NOT NULL, label_en TEXT NOT NULL,
    is_qualification INTEGER NOT NULL
);
CREATE TABLE relation (
    source TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL, rank INTEGER NOT NULL,
    PRIMARY KEY (source, relation, rank)
) WITHOUT ROWID;
CREATE TABLE guide (guide_id TEXT PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE route (route_id TEXT PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE esco_match (concept_id TEXT PRIMARY KEY, uri TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE place (
    concept_id TEXT PRIMARY KEY, type TEXT NOT NULL, code TEXT NOT NULL, region_code TEXT NOT NULL,
    names TEXT NOT NULL
);
"""
_HAS_SKILL = "has_skill"
_NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All facts of a build, by id.

    `esco` is for what people take along to other services. Nothing is searched or ranked by it.
    """

    groups: Mapping[str, OccupationGroup]
    skills: Mapping[str, Skill]
    guides: Mapping[str, GuidePage]
    places: tuple[PlaceEntry, ...] = ()
    routes: tuple[Route, ...] = ()
    esco: Mapping[str, EscoMatch] = field(default_factory=dict)

    def group_by_ssyk(self, ssyk_code: str) -> OccupationGroup | None:
        """The group with this SSYK code, if the build has it."""
        return next((group for group in self.groups.values() if group.ssyk_code == ssyk_code), None)

    def skills_of(self, group: OccupationGroup) -> tuple[Skill, ...]:
        """The group's skills, most typical first."""
        return tuple(self.skills[skill_id] for skill_id in group.skill_ids)


def write_catalogue(folder: Path, catalogue: Catalogue) -> None:
    """Write a new catalogue file into a build's folder."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as db, db:
        db.executescript(_SCHEMA)
        db.executemany(
            "INSERT INTO occupation_group VALUES (?, ?, ?)",
            ((group.concept_id, group.ssyk_code, _group_facts(group)) for group in catalogue.groups.values()),
        )
        db.executemany(
            "INSERT INTO skill VALUES (?, ?, ?, ?)",
            (
                (s.concept_id, s.preferred_label.sv, s.preferred_label.en, s.is_qualification)
                for s in catalogue.skills.values()
            ),
        )
        for group in catalogue.groups.values():
            db.executemany("INSERT INTO relation VALUES (?, ?, ?, ?)", _relations(group))
        db.executemany(
            "INSERT INTO guide VALUES (?, ?)",
            ((guide.guide_id, _guide_facts(guide)) for guide in catalogue.guides.values()),
        )
        db.executemany("INSERT INTO route VALUES (?, ?)", map(route_row, catalogue.routes))
        db.executemany(
            "INSERT INTO esco_match VALUES (?, ?, ?)",
            ((concept_id, match.uri, match.kind) for concept_id, match in catalogue.esco.items()),
        )
        db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?)", map(_place_row, catalogue.places))


def read_catalogue(folder: Path) -> Catalogue:
    """Read the catalogue of a build."""
    with closing(sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)) as db:
        relations: dict[tuple[str, str], list[str]] = {}
        for source, relation, target in db.execute(
            "SELECT source, relation, target FROM relation ORDER BY source, relation, rank"
        ):
            relations.setdefault((source, relation), []).append(target)
        groups = {
            concept_id: _read_group(concept_id, ssyk_code, json.loads(facts), relations)
            for concept_id, ssyk_code, facts in db.execute(
                "SELECT concept_id, ssyk_code, facts FROM occupation_group"
            )
        }
        skills = {
            concept_id: Skill(concept_id, Bilingual(sv, en), bool(is_qualification))
            for concept_id, sv, en, is_qualification in db.execute(
                "SELECT concept_id, label_sv, label_en, is_qualification FROM skill"
            )
        }
        guides = {
            guide_id: _read_guide(guide_id, json.loads(facts))
            for guide_id, facts in db.execute("SELECT guide_id, facts FROM guide")
        }
        routes = tuple(
            read_route(route_id, json.loads(facts))
            for route_id, facts in db.execute("SELECT route_id, facts FROM route ORDER BY route_id")
        )
        places = tuple(
            _read_place(*row)
            for row in db.execute(
                "SELECT concept_id, type, code, region_code, names FROM place ORDER BY rowid"
            )
        )
        esco = {
            concept_id: EscoMatch(uri, EscoMatchKind(kind))
            for concept_id, uri, kind in db.execute("SELECT concept_id, uri, kind FROM esco_match")
        }
    return Catalogue(groups, skills, guides, places, routes, esco)


def _relations(group: OccupationGroup) -> Iterable[tuple[str, str, str, int]]:
    for rank, skill_id in enumerate(group.skill_ids):
        yield group.concept_id, _HAS_SKILL, skill_id, rank
    for rank, neighbour_id in enumerate(group.neighbour_ids):
        yield group.concept_id, _NEIGHBOUR, neighbour_id, rank


def _pair(text: Bilingual) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def _group_facts(group: OccupationGroup) -> str:
    regulation = group.regulation
    facts = {
        "preferred_label": _pair(group.preferred_label),
        "description": _pair(group.description),
        "titles": {language: list(titles) for language, titles in group.titles.items()},
        "education": {
            "level": group.education.level,
            "route": _pair(group.education.route),
            "guide_ids": list(group.education.guide_ids),
        },
        "regulation": regulation
        and {
            "authority": regulation.authority,
            "title": _pair(regulation.title),
            "guide_id": regulation.guide_id,
        },
        "licences": list(group.licences),
        "features": sorted(group.features),
        "evidence": asdict(group.evidence),
    }
    return json.dumps(facts, ensure_ascii=False)


def _read_group(
    concept_id: str, ssyk_code: str, facts: dict[str, object], relations: dict[tuple[str, str], list[str]]
) -> OccupationGroup:
    education, regulation = facts["education"], facts["regulation"]
    titles, licences = facts["titles"], facts["licences"]
    features, evidence = facts["features"], facts["evidence"]
    # The file is written above and checked by the manifest's schema version.
    assert isinstance(education, dict)
    assert isinstance(titles, dict)
    assert isinstance(licences, list)
    assert isinstance(features, list)
    assert isinstance(evidence, dict)
    return OccupationGroup(
        concept_id=concept_id,
        ssyk_code=ssyk_code,
        preferred_label=_bilingual(facts["preferred_label"]),
        description=_bilingual(facts["description"]),
        skill_ids=tuple(relations.get((concept_id, _HAS_SKILL), ())),
        neighbour_ids=tuple(relations.get((concept_id, _NEIGHBOUR), ())),
        education=EducationRoute(
            EducationLevel(education["level"]), _bilingual(education["route"]), tuple(education["guide_ids"])
        ),
        regulation=Regulation(
            regulation["authority"], _bilingual(regulation["title"]), regulation["guide_id"]
        )
        if isinstance(regulation, dict)
        else None,
        licences=tuple(licences),
        titles={Language(language): tuple(values) for language, values in titles.items()},
        features=frozenset(map(Feature, features)),
        evidence=GroupEvidence(
            flows=tuple(evidence["flows"]),
            similar=tuple(evidence["similar"]),
            substitutes=evidence["substitutes"],
            asked={skill_id: Asking(**asked) for skill_id, asked in evidence["asked"].items()},
        ),
    )


def _bilingual(raw: object) -> Bilingual:
    assert isinstance(raw, dict)
    return Bilingual(raw["sv"], raw["en"])


def _guide_facts(guide: GuidePage) -> str:
    facts = {
        "title": _pair(guide.title),
        "authority": guide.authority,
        "url": guide.url,
        "checked": guide.checked,
        "sections": [{"heading": _pair(s.heading), "body": _pair(s.body)} for s in guide.sections],
    }
    return json.dumps(facts, ensure_ascii=False)


def _read_guide(guide_id: str, facts: dict[str, object]) -> GuidePage:
    sections = facts["sections"]
    assert isinstance(sections, list)
    return GuidePage(
        guide_id=guide_id,
        title=_bilingual(facts["title"]),
        authority=str(facts["authority"]),
        url=str(facts["url"]),
        checked=str(facts["checked"]),
        sections=tuple(GuideSection(_bilingual(s["heading"]), _bilingual(s["body"])) for s in sections),
    )


def _place_row(entry: PlaceEntry) -> tuple[str, ...]:
    place = entry.place
    # The place's own name is kept apart, since it need not be among those that people call it by.
    names = json.dumps([place.name, *entry.names], ensure_ascii=False)
    return place.concept_id, place.type, place.code, place.region_code, names


def _read_place(concept_id: str, type_: str, code: str, region_code: str, names: str) -> PlaceEntry:
    own, *called = json.loads(names)
    return PlaceEntry(Place(concept_id, PlaceType(type_), code, own, region_code), tuple(called))

"""Where records come from. Each source reads its own form and hands on checked records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.domain.concept import Feature
from assistant.errors import StarterDataError
from assistant.retrieval.stores.manifest import SourceVersion
from assistant.yaml_text import parse_yaml
from ingest.starter_schema import (
    EscoRecord,
    EscoRecords,
    EvidenceRecord,
    FeatureRecords,
    GroupRecord,
    GuidePage,
    RouteRecord,
    RouteStepRecord,
    SkillRecord,
)

_Record = TypeVar("_Record", bound=BaseModel)
# Each group with the name of its file, for the messages.
_Placed: TypeAlias = "tuple[tuple[str, GroupRecord], ...]"

STARTER_DIR = Path(__file__).parent.parent / "starter"
# The version of the JobTech Taxonomy that the ids, labels and relations were taken from.
_TAXONOMY = SourceVersion("JobTech Taxonomy", "30", "2026-06-01")
# What `evidence.yaml` was made from besides; the names are those of the mirror.
_EVIDENCE = (
    SourceVersion("Arbetsförmedlingen open files", "29", "2026-02-01"),
    SourceVersion("SCB labour flows", "2025-04", "2025-04-01"),
    SourceVersion("ESCO", "1.2.0", "2026-06-01"),
)
EVIDENCE_FILE = "evidence.yaml"
ESCO_FILE = "esco.yaml"


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one source, and what they were made from.

    `features` are by SSYK code, `esco` by concept id. Each of the `routes` has all steps that it names.
    """

    groups: tuple[GroupRecord, ...]
    guides: tuple[GuidePage, ...]
    evidence: tuple[EvidenceRecord, ...]
    versions: tuple[SourceVersion, ...]
    features: Mapping[str, frozenset[Feature]]
    routes: tuple[RouteRecord, ...] = ()
    esco: Mapping[str, EscoRecord] = field(default_factory=dict)


def read_starter(folder: Path = STARTER_DIR) -> Records:
    """Read the embedded data.

    Raises:
        StarterDataError: A file breaks the schema, or the records contradict each other.
    """
    placed = _placed_groups(folder)
    guides = tuple(
        _validated(GuidePage, _load(path), path) for path in sorted((folder / "guides").glob("*.yaml"))
    )
    if not placed or not guides:
        raise StarterDataError(file=str(folder), reason="no groups, or no guide pages")
    evidence_file = folder / EVIDENCE_FILE
    evidence = tuple(_validated(EvidenceRecord, raw, evidence_file) for raw in _load_list(evidence_file))
    _require_consistent(placed, guides)
    _require_known_groups(placed, evidence)
    newest = max(guide.checked for guide in guides).isoformat()
    versions = (_TAXONOMY, *_EVIDENCE, SourceVersion("Vägvisare guide pages", newest, newest))
    groups = tuple(group for _, group in placed)
    features = _read_features(folder / "features.yaml", groups)
    routes = _read_routes(folder, groups, guides)
    return Records(groups, guides, evidence, versions, features, routes, _read_esco(folder, groups))


def read_groups(folder: Path = STARTER_DIR) -> tuple[GroupRecord, ...]:
    """The groups alone, for what is made from them; errors as of `read_starter`."""
    return tuple(group for _, group in _placed_groups(folder))


def _placed_groups(folder: Path) -> _Placed:
    return tuple(
        (path.name, _validated(GroupRecord, raw, path))
        for path in sorted((folder / "groups").glob("*.yaml"))
        for raw in _load_list(path)
    )


def _load(path: Path) -> Any:
    try:
        with path.open(encoding="utf-8") as file:
            return parse_yaml(file)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise StarterDataError(file=path.name, reason=str(error)) from error


def _load_list(path: Path) -> list[Any]:
    loaded = _load(path)
    if not isinstance(loaded, list):
        raise StarterDataError(file=path.name, reason="not a list of groups")
    return loaded


def _validated(model: type[_Record], raw: Any, path: Path) -> _Record:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        which = raw.get("ssyk_code", "") if isinstance(raw, dict) else ""
        raise StarterDataError(file=path.name, reason=f"{which} {error}") from error


def _read_features(path: Path, groups: tuple[GroupRecord, ...]) -> Mapping[str, frozenset[Feature]]:
    features = _validated(FeatureRecords, _load(path), path).root
    codes = {group.ssyk_code for group in groups}
    _require_none(path.name, "unknown groups", features.keys() - codes)
    _require_none(path.name, "no features of groups", codes - features.keys())
    return features


def _read_esco(folder: Path, groups: tuple[GroupRecord, ...]) -> Mapping[str, EscoRecord]:
    path = folder / ESCO_FILE
    esco = _validated(EscoRecords, _load(path), path).root
    _require_none(ESCO_FILE, "concepts that are not ours", esco.keys() - own_concept_ids(groups))
    return esco


def own_concept_ids(groups: Iterable[GroupRecord]) -> set[str]:
    """Ids of all groups and of all their skills."""
    return {g.concept_id for g in groups} | {skill.concept_id for g in groups for skill in g.skills}


def _read_routes(
    folder: Path, groups: tuple[GroupRecord, ...], guides: tuple[GuidePage, ...]
) -> tuple[RouteRecord, ...]:
    shared_file = folder / "route-steps.yaml"
    raw = _load(shared_file) if shared_file.exists() else {}
    shared = {name: _validated(RouteStepRecord, step, shared_file) for name, step in raw.items()}
    files = sorted((folder / "routes").glob("*.yaml"))
    routes = tuple(_with_shared_steps(_validated(RouteRecord, _load(path), path), shared) for path in files)
    _require_unique("route", [(route.id, f"{route.id}.yaml") for route in routes])
    _require_unique("route of", [(code, f"{route.id}.yaml") for route in routes for code in route.groups])
    codes, guide_ids = {group.ssyk_code for group in groups}, {guide.id for guide in guides}
    for route in routes:
        named = {step.guide for step in route.steps.values()}
        _require_none(f"{route.id}.yaml", "unknown groups", set(route.groups) - codes)
        _require_none(f"{route.id}.yaml", "unknown guide pages", named - guide_ids)
    used = {name for route in routes for name in route.steps}
    _require_none(shared_file.name, "steps of no route", shared.keys() - used)
    return routes


def _with_shared_steps(route: RouteRecord, shared: Mapping[str, RouteStepRecord]) -> RouteRecord:
    """A route with the steps that it shares with others beside its own."""
    file = f"{route.id}.yaml"
    named = {name for way in route.ways.values() for name in way}
    _require_none(file, "its own steps have names of shared ones", route.steps.keys() & shared.keys())
    _require_none(file, "unknown steps", named - route.steps.keys() - shared.keys())
    borrowed = {name: shared[name] for name in sorted(named & shared.keys())}
    return route.model_copy(update={"steps": {**route.steps, **borrowed}})


def _require_consistent(placed: _Placed, guides: tuple[GuidePage, ...]) -> None:
    _require_unique("group", [(group.ssyk_code, file) for file, group in placed])
    _require_unique("group", [(group.concept_id, file) for file, group in placed])
    _require_unique("guide page", [(guide.id, f"{guide.id}.yaml") for guide in guides])
    codes = {group.ssyk_code for _, group in placed}
    guide_ids = {guide.id for guide in guides}
    for file, group in placed:
        named = set(group.education.guides) | ({group.regulation.guide} if group.regulation else set())
        _require_none(file, f"{group.ssyk_code}: unknown guide pages", named - guide_ids)
        _require_none(file, f"{group.ssyk_code}: unknown neighbours", set(group.neighbours) - codes)
    _require_one_label_a_skill(placed)
    _require_titles_owned_or_shared(placed)


def _require_known_groups(placed: _Placed, evidence: tuple[EvidenceRecord, ...]) -> None:
    _require_unique("evidence", [(record.ssyk_code, EVIDENCE_FILE) for record in evidence])
    skill_ids = {group.ssyk_code: {skill.concept_id for skill in group.skills} for _, group in placed}
    for record in evidence:
        named = {record.ssyk_code, *record.flows, *record.similar, *record.substitutes}
        _require_none(EVIDENCE_FILE, f"{record.ssyk_code}: unknown groups", named - skill_ids.keys())
        asked = record.asked.keys() - skill_ids[record.ssyk_code]
        _require_none(EVIDENCE_FILE, f"{record.ssyk_code}: skills that the group has not", asked)


def _require_one_label_a_skill(placed: _Placed) -> None:
    labels: dict[str, SkillRecord] = {}
    for file, group in placed:
        for skill in group.skills:
            if (other := labels.setdefault(skill.concept_id, skill)) != skill:
                reason = f"{group.ssyk_code}: {skill.sv} / {skill.en} is elsewhere {other.sv} / {other.en}"
                raise StarterDataError(file=file, reason=reason)


def _require_titles_owned_or_shared(placed: _Placed) -> None:
    owners: dict[str, set[str]] = {}
    shared: dict[str, set[str]] = {}
    files: dict[str, str] = {}
    for file, group in placed:
        files[group.ssyk_code] = file
        said = [*group.titles.sv, *group.titles.en, *group.said.sv, *group.said.en]
        for title in {title.lower() for title in said}:
            owners.setdefault(title, set()).add(group.ssyk_code)
        for title in group.shared_titles:
            shared.setdefault(title.lower(), set()).add(group.ssyk_code)
    for title, codes in owners.items():
        if len(codes) > 1 and shared.get(title) != codes:
            reason = (
                f"title {title!r} points to {sorted(codes)}; name it in shared_titles of each or keep one"
            )
            raise StarterDataError(file=", ".join(sorted({files[code] for code in codes})), reason=reason)
    for title, codes in shared.items():
        if owners.get(title, set()) != codes or len(codes) < 2:
            reason = f"title {title!r} is said to be shared by {sorted(codes)}, which do not all have it"
            raise StarterDataError(file=", ".join(sorted({files[code] for code in codes})), reason=reason)


def _require_unique(what: str, names: list[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for name, file in names:
        if name in seen:
            raise StarterDataError(file=file, reason=f"{what} defined twice: {name}")
        seen.add(name)


def _require_none(file: str, what: str, unknown: set[str]) -> None:
    if unknown:
        raise StarterDataError(file=file, reason=f"{what}: {', '.join(sorted(unknown))}")

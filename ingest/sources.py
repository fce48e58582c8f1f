"""Where records come from. Each source reads its own form and hands on checked records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.errors import StarterDataError
from assistant.retrieval.manifest import SourceVersion
from ingest.starter_schema import GroupRecord, GuidePage

_Record = TypeVar("_Record", bound=BaseModel)

STARTER_DIR = Path(__file__).parent / "starter"
# The version of the JobTech Taxonomy that the ids, labels and relations were taken from.
_TAXONOMY = SourceVersion("JobTech Taxonomy", "30", "2026-06-01")


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one source, and what they were made from."""

    groups: tuple[GroupRecord, ...]
    guides: tuple[GuidePage, ...]
    versions: tuple[SourceVersion, ...]


def read_starter(folder: Path = STARTER_DIR) -> Records:
    """Read the embedded data.

    Raises:
        StarterDataError: A file breaks the schema, or the records contradict each other.
    """
    groups = tuple(
        _validated(GroupRecord, raw, path)
        for path in sorted((folder / "groups").glob("*.yaml"))
        for raw in _load(path)
    )
    guides = tuple(
        _validated(GuidePage, _load(path), path) for path in sorted((folder / "guides").glob("*.yaml"))
    )
    _require_consistent(groups, guides)
    newest = max(guide.checked for guide in guides).isoformat()
    return Records(groups, guides, (_TAXONOMY, SourceVersion("Vägvisare guide pages", newest, newest)))


def _load(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _validated(model: type[_Record], raw: Any, path: Path) -> _Record:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        which = raw.get("ssyk_code", "") if isinstance(raw, dict) else ""
        raise StarterDataError(file=path.name, reason=f"{which} {error}") from error


def _require_consistent(groups: tuple[GroupRecord, ...], guides: tuple[GuidePage, ...]) -> None:
    _require_unique("group", [group.ssyk_code for group in groups])
    _require_unique("group", [group.concept_id for group in groups])
    _require_unique("guide page", [guide.id for guide in guides])
    codes = {group.ssyk_code for group in groups}
    guide_ids = {guide.id for guide in guides}
    for group in groups:
        named = set(group.education.guides) | ({group.regulation.guide} if group.regulation else set())
        _require_known(group.ssyk_code, "guide pages", named - guide_ids)
        _require_known(group.ssyk_code, "neighbours", set(group.neighbours) - codes)
    _require_titles_owned_or_shared(groups)


def _require_titles_owned_or_shared(groups: tuple[GroupRecord, ...]) -> None:
    owners: dict[str, set[str]] = {}
    shared: dict[str, set[str]] = {}
    for group in groups:
        for title in {title.lower() for title in [*group.titles.sv, *group.titles.en]}:
            owners.setdefault(title, set()).add(group.ssyk_code)
        for title in group.shared_titles:
            shared.setdefault(title.lower(), set()).add(group.ssyk_code)
    for title, codes in owners.items():
        if len(codes) > 1 and shared.get(title) != codes:
            reason = (
                f"title {title!r} points to {sorted(codes)}; name it in shared_titles of each or keep one"
            )
            raise StarterDataError(file="groups", reason=reason)
    lonely = {title for title in shared if len(owners.get(title, set())) < 2}
    _require_known("groups", "titles said to be shared", lonely)


def _require_unique(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise StarterDataError(file="starter", reason=f"{what} defined twice: {', '.join(twice)}")


def _require_known(where: str, what: str, unknown: Iterable[str]) -> None:
    names: Iterator[str] = iter(sorted(unknown))
    if first := next(names, None):
        raise StarterDataError(file=where, reason=f"unknown {what}: {', '.join([first, *names])}")

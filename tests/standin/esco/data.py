"""ESCO 1.2.0 in memory: occupations, skills and groups, and how they relate."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.standin.shared import read_rows

BASE = "http://data.europa.eu/esco/"
_SCHEMES = f"{BASE}concept-scheme/"
OCCUPATIONS, SKILLS = f"{_SCHEMES}occupations", f"{_SCHEMES}skills"
ISCO, SKILL_GROUPS = f"{_SCHEMES}isco", f"{_SCHEMES}skills-hierarchy"
# In the shared data some rows come from older versions alone.
_THIS_VERSION = "1.2.0"


@dataclass(frozen=True, slots=True)
class Concept:
    """An occupation, a skill or a group; `type` is ESCO's parameter of that name."""

    uri: str
    type: str
    scheme: str
    labels: dict[str, str]
    alternatives: dict[str, list[str]]
    description: str = ""
    code: str = ""
    isco_code: str = ""
    skill_type: str = ""
    reuse_level: str = ""
    is_obsolete: bool = False
    targets: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()), "")

    def all_labels(self, language: str) -> list[str]:
        return [*filter(None, [self.labels.get(language)]), *self.alternatives.get(language, [])]


class Esco:
    """All concepts by URI."""

    def __init__(self) -> None:
        self._concepts: dict[str, Concept] = {}
        self._ordered: dict[tuple[str, ...], list[Concept]] = {}

    def add(self, concept: Concept) -> None:
        self._concepts[concept.uri] = concept

    def get(self, uri: str) -> Concept | None:
        return self._concepts.get(uri)

    def of(
        self, types: Sequence[str], schemes: Sequence[str], language: str, *, with_obsolete: bool
    ) -> list[Concept]:
        """Concepts by label; the same ones are asked for page by page, so their order is kept."""
        key = (*sorted(types), "in", *sorted(schemes), language, str(with_obsolete))
        if key not in self._ordered:
            found = (
                concept
                for concept in self._concepts.values()
                if (not types or concept.type in types)
                and (not schemes or concept.scheme in schemes)
                and (with_obsolete or not concept.is_obsolete)
            )
            self._ordered[key] = sorted(found, key=lambda one: (one.label(language).casefold(), one.uri))
        return self._ordered[key]


def search(concepts: list[Concept], text: str, language: str) -> list[tuple[Concept, str]]:
    """Concepts of which a label has a word of the text, those with more words and shorter labels first.

    The recorded answer finds "project commissioning" for "project management", so one word is enough.
    """
    words = _words(text)
    found = []
    for concept in concepts:
        hits = [(_matching(label, words), -len(label), label) for label in concept.all_labels(language)]
        best = max(hits, default=(0, 0, ""))
        if best[0]:
            found.append((best, concept))
    found.sort(key=lambda hit: (-hit[0][0], -hit[0][1], hit[1].uri))
    return [(concept, best[2]) for best, concept in found]


def _matching(label: str, words: list[str]) -> int:
    of_label = _words(label)
    return sum(any(own.startswith(word) for own in of_label) for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@cache
def read_esco() -> Esco:
    """Read all files; about two seconds, once a process."""
    esco = Esco()
    for row in read_rows("esco_occupations"):
        esco.add(_concept(row, "occupation", OCCUPATIONS))
    for row in read_rows("esco_skills"):
        esco.add(_concept(row, "skill", SKILLS))
    for row in read_rows("esco_isco_groups"):
        esco.add(_concept(row, "concept", ISCO))
    for row in read_rows("esco_skill_groups"):
        esco.add(_concept(row, "concept", SKILL_GROUPS))
    for row in read_rows("esco_relations"):
        if source := esco.get(BASE + row["source"]):
            source.targets[row["relation"]] += [BASE + target for target in row["targets"]]
    return esco


def _concept(row: dict[str, Any], type: str, scheme: str) -> Concept:
    return Concept(
        uri=row["uri"],
        type=type,
        scheme=scheme,
        labels={key: row[f"label_{key}"] for key in ("en", "sv") if row.get(f"label_{key}")},
        alternatives={key: row[f"alt_labels_{key}"] for key in ("en", "sv") if row.get(f"alt_labels_{key}")},
        description=described(row),
        code=row.get("code") or "",
        isco_code=row.get("isco") or "",
        skill_type=row.get("skill_type") or "",
        reuse_level=row.get("reuse_level") or "",
        is_obsolete=row.get("version", _THIS_VERSION) != _THIS_VERSION,
    )


def described(row: dict[str, Any]) -> str:
    """The English description; that of a skill follows its labels in one text, which stands for it."""
    joined = str(row.get("text_en") or "")
    return str(row.get("description_en") or "") or joined.removeprefix(row.get("label_en") or "").lstrip()

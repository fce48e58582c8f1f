"""The taxonomy in memory: concepts, what is known of them, and how they relate."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

Scalar = str | int | bool | list[str] | None

_INVERSE = {
    "broader": "narrower",
    "narrower": "broader",
    "related": "related",
    "substitutes": "substituted_by",
    "substituted_by": "substitutes",
    "replaced_by": "replaces",
    "replaces": "replaced_by",
}
# Kept in the direction of the crosswalks alone.
_MATCHES = frozenset({"exact_match", "close_match", "broad_match", "narrow_match"})
RELATIONS = frozenset(_INVERSE) | _MATCHES


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; `scalars` are named as in GraphQL, `relations` hold target id and percentage."""

    concept_id: str
    type: str
    scalars: dict[str, Scalar] = field(default_factory=dict)
    relations: dict[str, dict[str, int | None]] = field(default_factory=dict)

    @property
    def preferred_label(self) -> str:
        return str(self.scalars["preferred_label"])

    @property
    def deprecated(self) -> bool:
        return self.scalars.get("deprecated") is True


@dataclass(frozen=True, slots=True)
class Selection:
    """Which concepts are wanted; an empty tuple means any."""

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    preferred_label: str = ""
    include_deprecated: bool = False
    offset: int = 0
    limit: int | None = None

    def of(self, concepts: Iterable[Concept]) -> list[Concept]:
        wanted = (concept for concept in concepts if self._wants(concept))
        return list(islice(wanted, self.offset, None if self.limit is None else self.offset + self.limit))

    def _wants(self, concept: Concept) -> bool:
        return (
            (not self.ids or concept.concept_id in self.ids)
            and (not self.types or concept.type in self.types)
            and (self.include_deprecated or not concept.deprecated)
            and (
                not self.preferred_label
                or concept.preferred_label.casefold() == self.preferred_label.casefold()
            )
        )


class Taxonomy:
    """Concepts by id; sources are added newest first, and what is there already stays."""

    def __init__(self) -> None:
        self._concepts: dict[str, Concept] = {}
        self._by_type: dict[str, list[Concept]] = defaultdict(list)

    def get(self, concept_id: str) -> Concept | None:
        return self._concepts.get(concept_id)

    def all(self) -> list[Concept]:
        return list(self._concepts.values())

    def select(self, selection: Selection) -> list[Concept]:
        if selection.ids:
            return selection.of(self._concepts[key] for key in selection.ids if key in self._concepts)
        if selection.types:
            return selection.of(
                concept for type in selection.types for concept in self._by_type.get(type, [])
            )
        return selection.of(self._concepts.values())

    def add(self, concept_id: str, type: str, scalars: dict[str, Scalar]) -> None:
        if concept_id not in self._concepts:
            self._concepts[concept_id] = Concept(concept_id, type)
            self._by_type[type].append(self._concepts[concept_id])
        known = self._concepts[concept_id].scalars
        for name, value in scalars.items():
            if known.get(name) is None:
                known[name] = value

    def relate(self, source_id: str, relation: str, target_id: str, percentage: int | None = None) -> None:
        source, target = self.get(source_id), self.get(target_id)
        if source is None or target is None:
            return
        if relation == "narrower":
            self.relate(target_id, "broader", source_id)
            return
        if relation == "broader" and self._has_another_parent(source, target):
            return
        source.relations.setdefault(relation, {}).setdefault(target_id, percentage)
        if inverse := _INVERSE.get(relation):
            target.relations.setdefault(inverse, {}).setdefault(source_id, percentage)

    def _has_another_parent(self, source: Concept, target: Concept) -> bool:
        """A concept has one parent of a type; that of the newest source counts."""
        parents = (self._concepts[key] for key in source.relations.get("broader", {}))
        return any(parent.type == target.type and parent != target for parent in parents)

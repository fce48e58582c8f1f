"""Whole types of the JobTech Taxonomy, page by page, with what their concepts are related to."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from assistant.apis.taxonomy_graphql import NoData, ask
from assistant.apis.transport import Transport
from assistant.apis.wire import Flag, ListOf, Text, Wire

PAGE_SIZE = 500

_CODES = (
    "ssyk_code_2012",
    "isco_code_08",
    "sun_education_field_code_2020",
    "sun_education_level_code_2020",
    "national_nuts_level_3_code_2019",
    "lau_2_code_2015",
    "iso_3166_1_alpha_2_2013",
    "iso_639_3_2007",
    "iso_639_2_1998",
)
_FIELDS = ("id", "type", "preferred_label", "definition", "deprecated", "esco_uri", *_CODES)
# Known from other people's clients alone, so the query must be able to do without them.
_DOUBTFUL_FIELDS = ("alternative_labels",)
_DOUBTFUL_CODES = ("lau_2_code_2015",)


@dataclass(frozen=True, slots=True)
class BulkLink:
    """What a concept is related to.

    `esco_uri` and `isco_code` are empty unless the target is of ESCO or ISCO; `percentage` is that of
    substitutability.
    """

    relation: str
    concept_id: str
    type: str
    esco_uri: str
    isco_code: str
    percentage: int | None


@dataclass(frozen=True, slots=True)
class BulkConcept:
    """A concept with its relations; texts that the taxonomy does not give are empty."""

    concept_id: str
    type: str
    preferred_label: str
    alternative_labels: tuple[str, ...]
    definition: str
    code: str
    esco_uri: str
    deprecated: bool
    replaced_by: tuple[str, ...]
    links: tuple[BulkLink, ...]


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """One page of concepts; `unreadable` has the rows that are none, as far as they can be told."""

    concepts: tuple[BulkConcept, ...]
    unreadable: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the page had."""
        return len(self.concepts) + len(self.unreadable)


async def concept_page(
    transport: Transport,
    types: Sequence[str],
    *,
    relations: Sequence[str],
    offset: int,
    limit: int = PAGE_SIZE,
) -> ConceptPage:
    """Read one page of concepts of some types, retired ones too.

    Args:
        transport: To the taxonomy.
        types: Concept types, such as `occupation-name`.
        relations: Names of relations, such as `broader`; `replaced_by` always comes.
        offset: Concepts to skip.
        limit: Most concepts wanted; the service may give more or fewer.

    Raises:
        UpstreamError: The taxonomy could not be read.
    """
    arguments = f"type: {json.dumps(list(types))}, include_deprecated: true, limit: {limit}, offset: {offset}"
    try:
        answer = await ask(
            transport, _query(arguments, relations, with_doubtful=True), _Answer, operation="concepts"
        )
    except NoData:
        answer = await ask(
            transport, _query(arguments, relations, with_doubtful=False), _Answer, operation="concepts"
        )
    return _page(answer.concepts, relations)


def _query(arguments: str, relations: Sequence[str], *, with_doubtful: bool) -> str:
    fields: Iterable[str] = (*_FIELDS, *_DOUBTFUL_FIELDS)
    nested = "(include_deprecated: true) "
    if not with_doubtful:
        fields = (field for field in _FIELDS if field not in _DOUBTFUL_CODES)
        nested = ""
    parts = [*fields, "replaced_by { id }", *(f"{name} {nested}{_target(name)}" for name in relations)]
    return f"query Concepts {{ concepts({arguments}) {{ {' '.join(parts)} }} }}"


def _target(relation: str) -> str:
    if relation == "substitutes":
        return "{ id type substitutability_percentage }"
    return "{ id type esco_uri isco_code_08 }" if relation.endswith("_match") else "{ id type }"


class _Link(Wire):
    id: str
    type: Text = ""
    esco_uri: Text = ""
    isco_code_08: Text = ""
    substitutability_percentage: int | None = None


class _Concept(Wire):
    id: str
    type: str
    preferred_label: Text = ""
    definition: Text = ""
    deprecated: Flag = False
    esco_uri: Text = ""
    alternative_labels: ListOf[Text] = []
    replaced_by: ListOf[_Link] = []


def _objects(value: Any) -> Any:
    return value or []


class _Answer(Wire):
    concepts: Annotated[list[Any], BeforeValidator(_objects)] = []


def _page(rows: list[Any], relations: Sequence[str]) -> ConceptPage:
    concepts: list[BulkConcept] = []
    unreadable: list[str] = []
    for row in rows:
        try:
            concepts.append(_concept(row, relations))
        except ValidationError:
            unreadable.append(str(row.get("id", "")) if isinstance(row, dict) else repr(row)[:100])
    return ConceptPage(tuple(concepts), tuple(unreadable))


def _concept(row: Any, relations: Sequence[str]) -> BulkConcept:
    read = _Concept.model_validate(row)
    codes = (row.get(name) for name in _CODES)
    return BulkConcept(
        concept_id=read.id,
        type=read.type,
        preferred_label=read.preferred_label,
        alternative_labels=tuple(filter(None, read.alternative_labels)),
        definition=read.definition,
        code=next((code for code in codes if isinstance(code, str) and code), ""),
        esco_uri=read.esco_uri,
        deprecated=read.deprecated,
        replaced_by=tuple(link.id for link in read.replaced_by),
        links=tuple(link for name in relations for link in _links(name, row.get(name))),
    )


def _links(relation: str, targets: Any) -> Iterator[BulkLink]:
    for target in filter(None, targets if isinstance(targets, list) else ()):
        link = _Link.model_validate(target)
        yield BulkLink(
            relation=relation,
            concept_id=link.id,
            type=link.type,
            esco_uri=link.esco_uri,
            isco_code=link.isco_code_08,
            percentage=link.substitutability_percentage,
        )

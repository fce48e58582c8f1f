"""Answers GraphQL queries over the taxonomy.

Fields and arguments are those of section 1.2 in the shared `docs/apis-jobtech.md`; the words of the errors
are invented.
"""

from dataclasses import dataclass

from tests.standin.taxonomy.data import RELATIONS, Concept, Scalar, Selection, Taxonomy
from tests.standin.taxonomy.graphql_parser import Field, GraphqlError, Value, parse
from tests.standin.taxonomy.versions import NEWEST, VERSIONS

Answer = dict[str, object]

_SCALARS = frozenset(
    """
    id type preferred_label definition uri short_description deprecated deprecated_legacy_id quality_level
    last_changed sort_order esco_uri substitutability_percentage ssyk_code_2012 isco_code_08
    sun_education_field_code_2020 sun_education_level_code_2020 sni_level_code_2007
    iso_3166_1_alpha_2_2013 iso_3166_1_alpha_3_2013 iso_639_1_2002 iso_639_2_1998 iso_639_3_2007
    nuts_level_3_code_2013 nuts_level_3_code_2021 national_nuts_level_3_code_2019 lau_2_code_2015
    """.split()
)
_LISTS = frozenset({"alternative_labels", "hidden_labels"})
_ROOT_ARGUMENTS = frozenset({"id", "type", "include_deprecated", "limit", "offset", "version"})
_NESTED_ARGUMENTS = frozenset({"id", "type", "include_deprecated", "limit"})


@dataclass(frozen=True, slots=True)
class GraphqlRoot:
    """The roots `concepts`, `versions` and `concept_types`."""

    taxonomy: Taxonomy
    concept_types: list[dict[str, str]]

    def answer(self, query: str) -> Answer:
        """The body for a query, with `data` or `errors`."""
        try:
            return {"data": {field.key: self._root(field) for field in parse(query)}}
        except GraphqlError as error:
            return {"errors": [{"message": str(error)}]}

    def _root(self, field: Field) -> list[Answer]:
        if field.name == "concepts":
            found = self.taxonomy.select(_selection(field, _ROOT_ARGUMENTS))
            return [self._concept(concept, field, None) for concept in found]
        if field.name == "versions":
            return [_row(field, {"id": id, "timestamp": timestamp}) for id, timestamp in VERSIONS]
        if field.name == "concept_types":
            return [_row(field, dict(row)) for row in self.concept_types]
        raise _unknown_field(field.name, "QueryRoot")

    def _concept(self, concept: Concept, parent: Field, percentage: int | None) -> Answer:
        _require_selection(parent)
        return {field.key: self._value(concept, field, percentage) for field in parent.selection}

    def _value(self, concept: Concept, field: Field, percentage: int | None) -> object:
        if field.name in RELATIONS:
            return self._related(concept, field)
        if field.name not in _SCALARS | _LISTS or field.selection:
            raise _unknown_field(field.name, "Concept")
        if field.name == "substitutability_percentage":
            return percentage
        return _scalar(concept, field.name)

    def _related(self, concept: Concept, field: Field) -> list[Answer]:
        targets = concept.relations.get(field.name, {})
        wanted = _selection(field, _NESTED_ARGUMENTS)
        found = wanted.of(filter(None, (self.taxonomy.get(key) for key in targets)))
        return [self._concept(target, field, targets[target.concept_id]) for target in found]


def _scalar(concept: Concept, name: str) -> Scalar:
    if name == "id":
        return concept.concept_id
    if name == "type":
        return concept.type
    if name == "uri":
        return f"http://data.jobtechdev.se/taxonomy/concept/{concept.concept_id}"
    return concept.scalars.get(name) or ([] if name in _LISTS else None)


def _row(field: Field, values: dict[str, object]) -> Answer:
    _require_selection(field)
    for wanted in field.selection:
        if wanted.name not in values:
            raise _unknown_field(wanted.name, field.name)
    return {wanted.key: values[wanted.name] for wanted in field.selection}


def _selection(field: Field, known: frozenset[str]) -> Selection:
    arguments = field.arguments
    if unknown := sorted(arguments.keys() - known):
        raise GraphqlError(f"Unknown argument {unknown[0]} of field {field.name}.")
    if str(arguments.get("version", NEWEST)) != str(NEWEST):
        raise GraphqlError(f"The stand-in has version {NEWEST} alone.")
    return Selection(
        ids=_texts(arguments, "id"),
        types=_texts(arguments, "type"),
        include_deprecated=arguments.get("include_deprecated") is True,
        offset=_number(arguments, "offset") or 0,
        limit=_number(arguments, "limit"),
    )


def _texts(arguments: dict[str, Value], name: str) -> tuple[str, ...]:
    value = arguments.get(name)
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(item, str) for item in values):
        raise GraphqlError(f"Argument {name} takes a text or a list of texts.")
    return tuple(str(item) for item in values)


def _number(arguments: dict[str, Value], name: str) -> int | None:
    value = arguments.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise GraphqlError(f"Argument {name} takes a number.")


def _require_selection(field: Field) -> None:
    if not field.selection:
        raise GraphqlError(f"Field {field.name} needs a selection of fields.")


def _unknown_field(name: str, type: str) -> GraphqlError:
    return GraphqlError(f"Cannot query field {name} on type {type}.")

"""ESCO's concepts in the neutral form, from the rows of files and from the API."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from assistant.apis.esco import EscoResource
from assistant.apis.wire import ListOf, Text, Wire
from ingest.cleaning import ESCO
from ingest.records import ConceptRecord, Record, RelationRecord

VERSION = "1.2.0"
"""The version of the files; rows of other versions are those that it has retired."""

_PREFIX = "http://data.europa.eu/esco/"
_FILE_NAMES = {"skill_essential": "essential_skill", "skill_optional": "optional_skill"}
_RELEASED = "released"


class _ConceptRow(Wire):
    uri: str
    label_sv: Text = ""
    label_en: Text = ""
    alt_labels_sv: ListOf[Text] = Field(default_factory=list)
    alt_labels_en: ListOf[Text] = Field(default_factory=list)
    description_en: Text = ""
    text_en: Text = ""
    code: Text = ""
    version: Text = VERSION

    @property
    def description(self) -> str:
        """The description, or the text in which it follows the labels."""
        return self.description_en or self.text_en.removeprefix(self.label_en).lstrip()


class _RelationRow(Wire):
    source: str
    relation: str
    targets: ListOf[str]


def row_to_concept(row: Any, type: str) -> ConceptRecord:
    """A row of one of the files of concepts.

    Args:
        row: As in the file.
        type: The mirror's: `esco-occupation`, `esco-skill`, `isco-group` or `esco-skill-group`.

    Raises:
        ValidationError: It has another form.
    """
    read = _ConceptRow.model_validate(row)
    return ConceptRecord(
        concept_id=read.uri,
        type=type,
        system=ESCO,
        label_sv=read.label_sv,
        label_en=read.label_en,
        alternative_sv=tuple(read.alt_labels_sv),
        alternative_en=tuple(read.alt_labels_en),
        definition_en=read.description,
        code=read.code,
        deprecated=read.version != VERSION,
    )


def row_to_relations(row: Any) -> tuple[RelationRecord, ...]:
    """A row of `esco_relations`: one concept, one relation, all its targets.

    Raises:
        ValidationError: It has another form.
    """
    read = _RelationRow.model_validate(row)
    name = _FILE_NAMES.get(read.relation, read.relation)
    return tuple(
        RelationRecord(f"{_PREFIX}{read.source}", name, f"{_PREFIX}{target}", ESCO, rank)
        for rank, target in enumerate(read.targets)
    )


def resource_to_records(resource: EscoResource, type: str) -> Iterator[Record]:
    """A resource of the API, then its relations; types as of `row_to_concept`."""
    yield ConceptRecord(
        concept_id=resource.uri,
        type=type,
        system=ESCO,
        label_sv=resource.labels.sv,
        label_en=resource.labels.en,
        alternative_sv=resource.alternative_sv,
        alternative_en=resource.alternative_en,
        definition_sv=resource.descriptions.sv,
        definition_en=resource.descriptions.en,
        code=resource.code,
        deprecated=bool(resource.status) and resource.status != _RELEASED,
    )
    for name, links in (
        ("broader", resource.broader),
        ("essential_skill", resource.essential_skills),
        ("optional_skill", resource.optional_skills),
    ):
        for rank, link in enumerate(links):
            yield RelationRecord(resource.uri, name, link.uri, ESCO, rank)

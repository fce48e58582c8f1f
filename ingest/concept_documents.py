"""Turns the mirrored concepts into what is indexed: passages, and the store of concepts and relations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.language import Bilingual, Language
from assistant.retrieval.passage import Passage, PassageField, PassageType
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.concept_store import (
    ConceptStore,
    StoredConcept,
    StoredRelation,
    write_concepts,
)
from ingest.mirror import Mirror
from ingest.records import ConceptRecord

ESCO = "ESCO"
_JOB_TITLE = "job-title"
_RELATED = "related"
_EXACT, _CLOSE = "exact_match", "close_match"


@dataclass(frozen=True, slots=True)
class IndexedType:
    """How the concepts of one type of the sources are indexed.

    The encoder takes some 200 short texts a second and one or two long ones, so descriptions are found
    by their words only, and so are alternative labels beyond the first few.

    Attributes:
        system: Empty for any source. JobTech has an `esco-skill` of its own, which only bridges to ESCO's.
        embedded_titles: How many alternative labels are embedded in each language.
    """

    name: str
    passage_type: PassageType
    system: str = ""
    embedded_titles: int = 4


INDEXED_TYPES = (
    IndexedType("occupation-name", PassageType.OCCUPATION_NAME),
    IndexedType("ssyk-level-1", PassageType.OCCUPATION_AREA),
    IndexedType("ssyk-level-2", PassageType.OCCUPATION_AREA),
    IndexedType("ssyk-level-3", PassageType.OCCUPATION_AREA),
    IndexedType("occupation-field", PassageType.OCCUPATION_AREA),
    IndexedType("skill", PassageType.TAXONOMY_SKILL),
    IndexedType("esco-occupation", PassageType.ESCO_OCCUPATION, ESCO, embedded_titles=3),
    # Of 14,000 skills, two labels each must do; their alternative labels say nearly the same.
    IndexedType("esco-skill", PassageType.ESCO_SKILL, ESCO, embedded_titles=0),
)


def write_concept_store(build: Path, mirror: Mirror | None, own: Catalogue) -> None:
    """Write the live concepts, all relations and the replacements of retired concepts; streamed.

    Args:
        build: Folder of the new build.
        mirror: The sources; None for a store without concepts.
        own: Our own facts, whose English labels come first.
    """
    if mirror is None:
        write_concepts(build, (), (), {})
        return
    labels = {group_id: group.preferred_label for group_id, group in own.groups.items()}
    labels |= {skill_id: skill.preferred_label for skill_id, skill in own.skills.items()}
    concepts = (_stored(record, labels.get(record.concept_id)) for record in mirror.concepts())
    relations = (
        StoredRelation(r.source_id, r.relation, r.target_id, r.rank, r.percentage) for r in mirror.relations()
    )
    write_concepts(build, concepts, relations, mirror.replacements())


def concept_passages(store: ConceptStore) -> Iterator[Passage]:
    """The passages of all concepts of the indexed types, type by type; streamed."""
    for indexed in INDEXED_TYPES:
        for concept in store.concepts(indexed.name):
            if not indexed.system or concept.system == indexed.system:
                yield from _passages(concept, indexed, store)


def _stored(record: ConceptRecord, own_label: Bilingual | None) -> StoredConcept:
    return StoredConcept(
        concept_id=record.concept_id,
        type=record.type,
        system=record.system,
        preferred_label=own_label or Bilingual(record.label_sv, record.label_en),
        alternative_labels={Language.SV: record.alternative_sv, Language.EN: record.alternative_en},
        definition=Bilingual(record.definition_sv, record.definition_en),
        code=record.code,
        esco_uri=record.esco_uri,
    )


def _passages(concept: StoredConcept, indexed: IndexedType, store: ConceptStore) -> Iterator[Passage]:
    matched = store.targets(concept.concept_id, _EXACT) if concept.system != ESCO else ()
    near = store.targets(concept.concept_id, _CLOSE) if concept.system != ESCO else ()
    for language in Language:
        label = concept.preferred_label.text(language)
        # What the concept itself is called comes first, then what its job titles and matches are.
        titles = list(concept.alternative_labels[language])
        if language is Language.SV and indexed.passage_type is PassageType.OCCUPATION_NAME:
            sources = store.sources(concept.concept_id, _RELATED)
            titles += [other.preferred_label.sv for other in sources if other.type == _JOB_TITLE]
        titles += _names(matched, language)
        distinct = _distinct(titles, but=label)
        lexical = _distinct(_names(near, language), but=label)
        if label:
            yield _passage(concept, indexed, language, PassageField.LABEL, label, embedded=True)
        for rank, title in enumerate(dict.fromkeys((*distinct, *lexical))):
            embedded = rank < min(indexed.embedded_titles, len(distinct))
            yield _passage(concept, indexed, language, PassageField.TITLE, title, embedded=embedded)
        if text := concept.definition.text(language):
            yield _passage(concept, indexed, language, PassageField.DESCRIPTION, text, embedded=False)


def _passage(
    concept: StoredConcept,
    indexed: IndexedType,
    language: Language,
    field: PassageField,
    text: str,
    *,
    embedded: bool,
) -> Passage:
    return Passage(concept.concept_id, indexed.passage_type, language, field, text, embedded=embedded)


def _names(concepts: Iterable[StoredConcept], language: Language) -> list[str]:
    return [
        name
        for concept in concepts
        for name in (concept.preferred_label.text(language), *concept.alternative_labels[language])
        if name
    ]


def _distinct(titles: Iterable[str], *, but: str) -> list[str]:
    """Titles that differ by more than their capitals from each other and from the label."""
    by_fold: dict[str, str] = {}
    for title in titles:
        by_fold.setdefault(title.casefold(), title)
    by_fold.pop(but.casefold(), None)
    return list(by_fold.values())

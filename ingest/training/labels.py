"""What there is to learn from: which labels of a build mean the same, and which belong together.

Relations between JobTech's concepts and ESCO's (`exact_match` and its kin) are left out, and so are the
English labels that the sources gave JobTech's concepts by way of them: those links are what the evaluation
asks for (see docs/evaluation.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.domain.language import Bilingual, Language
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.concept_store import ConceptStore, StoredConcept
from ingest.training.held_out import is_held_out

# Concept types with labels of their own in both languages.
_BILINGUAL = (
    "esco-occupation esco-skill esco-skill-group isco-group isco-level-4 jobtech-esco-skill ssyk-level-4"
).split()
# JobTech's copy of an ESCO skill, with the same address: the one that has the Swedish label.
_COPY = "jobtech-esco-skill"
_SWEDISH = ("occupation-name", "skill")
_JOB_TITLE = "job-title"
_ISCO_TYPES = ("isco-level-4", "isco-group")
_ESCO_SKILL = "esco-skill"
_DESCRIBED = ("esco-occupation", _ESCO_SKILL)
_PIECE_WORDS = 10
_USING = ("essential_skill", "has_skill")
_ISCO_DIGITS = 4


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Labels that mean nearly the same, without those that are held out; either side may be empty."""

    key: str
    swedish: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Those of both languages."""
        return self.swedish + self.english


@dataclass(frozen=True, slots=True)
class Labels:
    """What a build can learn from.

    Attributes:
        sets: By key.
        descriptions: Pieces of what is said of a set's concept in English, by the set's key.
        memberships: Pairs of keys: an occupation or a skill and a group that it belongs to.
        uses: Pairs of keys: an occupation, or a group, and a skill that it uses.
    """

    sets: Mapping[str, LabelSet]
    descriptions: Mapping[str, tuple[str, ...]]
    memberships: tuple[tuple[str, str], ...]
    uses: tuple[tuple[str, str], ...]


def collect_labels(store: ConceptStore, catalogue: Catalogue) -> Labels:
    """Gather the labels of a build; our own data alone give fewer, and no relations.

    Args:
        store: The concepts of the sources; empty in a build from our own data only.
        catalogue: Our own facts.
    """
    sets = {one.key: one for one in (*_own_sets(catalogue), *_source_sets(store)) if one.labels}
    members = (*_memberships(store), *_kinds_of_skills(store))
    return Labels(
        sets,
        descriptions={key: pieces for key, pieces in _descriptions(store) if pieces and key in sets},
        memberships=tuple(pair for pair in members if _known(pair, sets)),
        uses=tuple(pair for pair in _uses(store) if _known(pair, sets)),
    )


def _known(pair: tuple[str, str], sets: Mapping[str, LabelSet]) -> bool:
    return pair[0] in sets and pair[1] in sets


def _own_sets(catalogue: Catalogue) -> Iterator[LabelSet]:
    """Titles of one group mean nearly the same; our skills have a label in each language."""
    for group in catalogue.groups.values():
        swedish, english = ((group.name(one), *group.titles[one]) for one in Language)
        yield _set(f"own {group.concept_id}", swedish, english)
    for skill in catalogue.skills.values():
        label = skill.preferred_label
        yield _set(f"own {skill.concept_id}", (label.sv,), (label.en,))


def _source_sets(store: ConceptStore) -> Iterator[LabelSet]:
    copies = {copy.esco_uri: copy for copy in store.concepts(_COPY) if copy.esco_uri}
    joined: set[str] = set()
    for type_ in _BILINGUAL:
        for concept in store.concepts(type_):
            if concept.concept_id not in joined:
                copy = copies.get(concept.concept_id)
                joined.update((copy.concept_id,) if copy else ())
                same = (concept, copy) if copy else (concept,)
                names = ([name for one in same for name in _names(one, language)] for language in Language)
                yield _set(concept.concept_id, *names)
    job_titles = {one.concept_id: _names(one, Language.SV) for one in store.concepts(_JOB_TITLE)}
    titles: dict[str, list[str]] = {}
    for relation in store.relations("related"):
        titles.setdefault(relation.target_id, []).extend(job_titles.get(relation.source_id, ()))
    for type_ in _SWEDISH:
        for concept in store.concepts(type_):
            swedish = (*_names(concept, Language.SV), *titles.get(concept.concept_id, ()))
            yield _set(concept.concept_id, swedish, ())


def _names(concept: StoredConcept, language: Language) -> tuple[str, ...]:
    label: Bilingual = concept.preferred_label
    return (label.text(language), *concept.alternative_labels[language])


def _set(key: str, swedish: Iterable[str], english: Iterable[str]) -> LabelSet:
    return LabelSet(key, _usable(swedish), _usable(english))


def _usable(texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct texts that may be learned from, in order."""
    stripped = dict.fromkeys(text.strip() for text in texts)
    return tuple(text for text in stripped if text and not is_held_out(text))


def _memberships(store: ConceptStore) -> Iterator[tuple[str, str]]:
    """ESCO occupations in their ISCO groups; occupation-names in their SSYK group and its ISCO groups.

    The latter by SCB's key between the two classifications, which the taxonomy holds.
    """
    isco = _isco_groups(store)
    for occupation in store.concepts("esco-occupation"):
        for group_id in isco.get(occupation.code[:_ISCO_DIGITS], ()):
            yield occupation.concept_id, group_id
    codes = {one.concept_id: one.code for one in store.concepts("isco-level-4")}
    groups = {one.concept_id: [f"own {one.concept_id}"] for one in store.concepts("ssyk-level-4")}
    for relation in store.relations("related"):
        if relation.source_id in groups:
            groups[relation.source_id] += isco.get(codes.get(relation.target_id, ""), ())
    for group_id, targets in groups.items():
        yield from ((group_id, target) for target in targets)
    for relation in store.relations("broader"):
        yield from ((relation.source_id, target) for target in groups.get(relation.target_id, ()))


def _isco_groups(store: ConceptStore) -> dict[str, list[str]]:
    """Ids of the ISCO unit groups, JobTech's and ESCO's, by code."""
    groups: dict[str, list[str]] = {}
    for type_ in _ISCO_TYPES:
        for concept in store.concepts(type_):
            if len(concept.code) == _ISCO_DIGITS:
                groups.setdefault(concept.code, []).append(concept.concept_id)
    return groups


def _kinds_of_skills(store: ConceptStore) -> Iterator[tuple[str, str]]:
    """ESCO skills with the broader skill and the group of skills that they belong to."""
    skills = {one.concept_id for one in store.concepts(_ESCO_SKILL)}
    for relation in store.relations("broader"):
        if relation.source_id in skills:
            yield relation.source_id, relation.target_id


def _descriptions(store: ConceptStore) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pieces of ESCO's descriptions, about as long as a label; those of skills begin with other labels."""
    for type_ in _DESCRIBED:
        for concept in store.concepts(type_):
            words = concept.definition.en.split()
            pieces = (words[start : start + _PIECE_WORDS] for start in range(0, len(words), _PIECE_WORDS))
            yield concept.concept_id, _usable(" ".join(piece) for piece in pieces)


def _uses(store: ConceptStore) -> Iterator[tuple[str, str]]:
    for name in _USING:
        yield from ((relation.source_id, relation.target_id) for relation in store.relations(name))

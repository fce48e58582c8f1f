"""A person's own words to ranked concepts."""

from dataclasses import dataclass

from assistant.domain.concept import ConceptType, Skill
from assistant.domain.language import Bilingual
from assistant.retrieval.catalogue import Catalogue
from assistant.retrieval.details import without_countries, without_durations
from assistant.retrieval.passage import PassageType
from assistant.retrieval.retriever import Hit, Retriever

# Longer text is cut: a phrase names one thing, and whole messages go through `find_mentions`.
LONGEST_QUERY = 400


@dataclass(frozen=True, slots=True)
class LinkedConcept:
    """A concept that fits a phrase.

    Attributes:
        rank: From 1.
        concept_id: JobTech concept id.
        type: Occupation group or skill.
        preferred_label: In both languages.
        ssyk_code: Of an occupation group; empty for a skill.
        score: In [0, 1]; comparable across phrases only roughly.
        because: The title or label that the phrase fits best.
    """

    rank: int
    concept_id: str
    type: ConceptType
    preferred_label: Bilingual
    ssyk_code: str
    score: float
    because: str


class Linker:
    """Links phrases in Swedish, English or both to occupation groups and skills."""

    def __init__(self, catalogue: Catalogue, occupations: Retriever, skills: Retriever) -> None:
        self._catalogue = catalogue
        self._retrievers = {PassageType.OCCUPATION: occupations, PassageType.SKILL: skills}

    def occupations(self, text: str, *, top_k: int = 5) -> tuple[LinkedConcept, ...]:
        """Occupation groups that fit a phrase, best first; blocking, about 15 ms."""
        hits = self._hits(PassageType.OCCUPATION, text, top_k)
        return tuple(self._group(hit) for hit in hits)

    def skills(self, text: str, *, top_k: int = 5) -> tuple[LinkedConcept, ...]:
        """Skills that fit a phrase, best first; blocking, about 15 ms."""
        hits = self._hits(PassageType.SKILL, text, top_k)
        return tuple(self._skill(hit) for hit in hits)

    def nearest_first(self, skills: tuple[Skill, ...], described: str) -> tuple[Skill, ...]:
        """The same skills, those that fit the words best first; blocking, about 15 ms."""
        scores = self._retrievers[PassageType.SKILL].score_owners(described[:LONGEST_QUERY])
        return tuple(sorted(skills, key=lambda skill: -scores.get(skill.concept_id, 0.0)))

    def are_near(self, group_id: str, other_id: str) -> bool:
        """Whether two occupation groups are neighbours, in either direction."""
        groups = self._catalogue.groups
        return other_id in groups[group_id].neighbour_ids or group_id in groups[other_id].neighbour_ids

    def _hits(self, passage_type: PassageType, text: str, top_k: int) -> tuple[Hit, ...]:
        phrase = text[:LONGEST_QUERY]
        query = without_countries(without_durations(phrase)) or phrase
        return self._retrievers[passage_type].retrieve(query, top_k=top_k)

    def _group(self, hit: Hit) -> LinkedConcept:
        group = self._catalogue.groups[hit.owner_id]
        return LinkedConcept(
            hit.rank,
            group.concept_id,
            ConceptType.OCCUPATION_GROUP,
            group.preferred_label,
            group.ssyk_code,
            hit.score,
            hit.passage.text,
        )

    def _skill(self, hit: Hit) -> LinkedConcept:
        skill = self._catalogue.skills[hit.owner_id]
        return LinkedConcept(
            hit.rank,
            skill.concept_id,
            ConceptType.SKILL,
            skill.preferred_label,
            "",
            hit.score,
            hit.passage.text,
        )

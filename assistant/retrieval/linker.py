"""A person's own words to ranked concepts."""

import re
from dataclasses import dataclass, replace

from assistant.domain.concept import ConceptType, Skill
from assistant.domain.language import Bilingual
from assistant.retrieval.mentions.details import without_countries, without_durations
from assistant.retrieval.passage import PassageType
from assistant.retrieval.reranker import RERANKED, Reranker, rerank
from assistant.retrieval.retriever import Hit, Retriever
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import fold

# Longer text is cut: a phrase names one thing, and whole messages go through `find_mentions`.
LONGEST_QUERY = 400
_LEADS = re.compile(
    r"chef|manag|direct|direkt|ledare|ledde|leda|leder\b|\blead|\bled\b|\bhead|\bvd\b|\bceo\b|boss|bas\b|owne|äga"
    r"|ägd|rektor|principal|förestånd|ordföran|chair|politik|polit|minister|ansvar|responsib|president|major|mayor"
    r"|\begen|\beget|supervis|superintend|execut|presid|hus(?:mor|fru)|förvalt"
)
# SSYK's first digit for those who lead others.
_LEADERS = "1"
_CLEARLY_LEADS = 0.6
_UNSAID_LEADER = 0.75
_SPARE = 3


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

    def __init__(
        self,
        catalogue: Catalogue,
        occupations: Retriever,
        skills: Retriever,
        reranker: Reranker | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._reranker = reranker
        self._retrievers = {PassageType.OCCUPATION: occupations, PassageType.SKILL: skills}

    def occupations(self, text: str, *, top_k: int = 5) -> tuple[LinkedConcept, ...]:
        """Occupation groups that fit a phrase, best first; blocking, about 15 ms."""
        found = [self._group(hit) for hit in self._hits(PassageType.OCCUPATION, text, top_k + _SPARE)]
        if not _LEADS.search(fold(text)):
            # "Bookkeeping" is told by those who keep the books more often than by those who lead them.
            found = [replace(c, score=c.score * _share_of(c)) for c in found]
            found.sort(key=lambda concept: -concept.score)
        return tuple(replace(concept, rank=i) for i, concept in enumerate(found[:top_k], start=1))

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
        retriever = self._retrievers[passage_type]
        if self._reranker is None:
            return retriever.retrieve(query, top_k=top_k)
        return rerank(self._reranker, query, retriever.retrieve(query, top_k=max(top_k, RERANKED)))[:top_k]

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


def _share_of(concept: LinkedConcept) -> float:
    """How much of its score a group keeps when the words say nothing of leading others."""
    is_leader = concept.ssyk_code.startswith(_LEADERS) and concept.score < _CLEARLY_LEADS
    return _UNSAID_LEADER if is_leader else 1.0

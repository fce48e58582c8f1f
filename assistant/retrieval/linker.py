"""A person's own words to ranked concepts."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.domain.concept import ConceptType, Skill
from assistant.domain.language import Bilingual
from assistant.retrieval.fusion import Scores
from assistant.retrieval.group_ranker import GroupRanker, GroupRanking
from assistant.retrieval.mentions.details import without_countries, without_durations
from assistant.retrieval.mentions.finder import Mention, find_mentions, told_mentions
from assistant.retrieval.reranker import RERANKED, Reranker, rerank
from assistant.retrieval.retriever import Hit, Retriever
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import fold
from assistant.retrieval.trained.calibration import DEPTH, Calibration

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
# SSYK's last digit for what fits no other group of its kind; such a group yields to one that fits as well.
_LEFTOVER = "9"
_LEFTOVER_SHARE = 0.96


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
        probability: That this group is what was meant, in [0, 1]; those of one phrase add up to at most 1.
            0 for a skill, of which many may be meant at once.
    """

    rank: int
    concept_id: str
    type: ConceptType
    preferred_label: Bilingual
    ssyk_code: str
    score: float
    because: str
    probability: float = 0.0


class Linker:
    """Links phrases in Swedish, English or both to occupation groups and skills."""

    def __init__(
        self,
        catalogue: Catalogue,
        groups: GroupRanker,
        skills: Retriever,
        calibration: Calibration,
        reranker: Reranker | None = None,
    ) -> None:
        self._calibration = calibration
        self._catalogue = catalogue
        self._groups = groups
        self._skills = skills
        self._reranker = reranker

    def occupations(self, text: str, *, top_k: int = 5, without: str = "") -> tuple[LinkedConcept, ...]:
        """Occupation groups that fit a phrase, best first; blocking, about 20 ms.

        Args:
            text: The phrase; cut at 400 characters.
            top_k: Most groups wanted.
            without: A folded title that is to say nothing; see `GroupRanker.rank`.
        """
        query = _query(text)
        ranking = self._groups.rank(query, without=without)
        if ranking is None:
            return ()
        scores = ranking.scores * self._leftover_shares
        if not _LEADS.search(fold(text)):
            scores = scores * self._shares(scores)
        scores = self._reranked(query, ranking, scores)
        best = np.argsort(-scores, kind="stable")
        likely = self._calibration.probabilities(scores[best[: max(top_k, DEPTH)]].tolist())
        return tuple(
            replace(
                self._group(rank, int(group), ranking, float(scores[group])),
                probability=likely[rank - 1],
            )
            for rank, group in enumerate(best[:top_k], start=1)
        )

    def skills(self, text: str, *, top_k: int = 5) -> tuple[LinkedConcept, ...]:
        """Skills that fit a phrase, best first; blocking, about 15 ms."""
        query = _query(text)
        hits = self._skills.retrieve(query, top_k=max(top_k, RERANKED) if self._reranker else top_k)
        if self._reranker:
            hits = rerank(self._reranker, query, hits)[:top_k]
        return tuple(self._skill(hit) for hit in hits)

    def nearest_first(self, skills: tuple[Skill, ...], described: str) -> tuple[Skill, ...]:
        """The same skills, those that fit the words best first; blocking, about 15 ms."""
        scores = self._skills.score_owners(described[:LONGEST_QUERY])
        return tuple(sorted(skills, key=lambda skill: -scores.get(skill.concept_id, 0.0)))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """All work that a whole message says the person has done; see `find_mentions`."""
        return find_mentions(self, text)

    def told(self, text: str) -> tuple[Mention, ...]:
        """All work that a whole message speaks of, also wished, denied or of others; see `told_mentions`."""
        return told_mentions(self, text)

    def are_near(self, group_id: str, other_id: str) -> bool:
        """Whether two occupation groups are neighbours, in either direction."""
        groups = self._catalogue.groups
        return other_id in groups[group_id].neighbour_ids or group_id in groups[other_id].neighbour_ids

    def _reranked(self, query: str, ranking: GroupRanking, scores: Scores) -> Scores:
        """The same scores, those of the best groups dealt out anew in the reranker's order."""
        if self._reranker is None:
            return scores
        top = np.argsort(-scores, kind="stable")[:RERANKED]
        passages = [self._groups.telling_passage(int(group), ranking).text for group in top]
        dealt = scores.copy()
        dealt[top[self._reranker.best_first(query, passages)]] = scores[top]
        return dealt

    def _shares(self, scores: Scores) -> Scores:
        """How much of its score each group keeps when the words say nothing of leading others.

        "Bookkeeping" is told by those who keep the books more often than by those who lead them.
        """
        unsure_leaders = self._leads & (scores < _CLEARLY_LEADS)
        return np.asarray(np.where(unsure_leaders, _UNSAID_LEADER, 1.0), dtype=np.float32)

    @cached_property
    def _leftover_shares(self) -> Scores:
        """How much of its score each group keeps for being a group proper rather than of leftovers."""
        codes = (self._catalogue.groups[i].ssyk_code for i in self._groups.group_ids)
        shares = [_LEFTOVER_SHARE if code.endswith(_LEFTOVER) else 1.0 for code in codes]
        return np.array(shares, dtype=np.float32)

    @cached_property
    def _leads(self) -> NDArray[np.bool_]:
        """Whether each group leads others, by the groups' numbers."""
        groups = self._catalogue.groups
        return np.array([groups[i].ssyk_code.startswith(_LEADERS) for i in self._groups.group_ids])

    def _group(self, rank: int, number: int, ranking: GroupRanking, score: float) -> LinkedConcept:
        group = self._catalogue.groups[self._groups.group_ids[number]]
        return LinkedConcept(
            rank,
            group.concept_id,
            ConceptType.OCCUPATION_GROUP,
            group.preferred_label,
            group.ssyk_code,
            score,
            self._groups.telling_passage(number, ranking).text,
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


def _query(text: str) -> str:
    """What of a text can name a concept: without how long and in which country, unless that is all."""
    phrase = text[:LONGEST_QUERY]
    return without_countries(without_durations(phrase)) or phrase

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
from assistant.retrieval.retriever import Hit, Retriever
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import content_words, fold
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


@dataclass(frozen=True, slots=True)
class LinkFeatures:
    """What tells how far the link of a phrase to a group can be trusted; all but the count in [-1, 1].

    Attributes:
        score: The link's own.
        lead: Its score less the best of all other groups' scores: above 0 for the first only.
        words: What the words of titles say of the group; 1 for a title that is the phrase.
        characters: The same of their characters.
        dense: The same of their vectors.
        descriptions: What the vector of the group's description says.
        learned: What the classifier of groups says.
        known_share: Share of the phrase's words, once mended, that some title has.
        content_words: How many words of the phrase can name work.
        is_mended: Whether a word had to be mended.
    """

    score: float
    lead: float
    words: float
    characters: float
    dense: float
    descriptions: float
    learned: float
    known_share: float
    content_words: int
    is_mended: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link with what tells how far it can be trusted."""

    concept: LinkedConcept
    features: LinkFeatures


class Linker:
    """Links phrases in Swedish, English or both to occupation groups and skills."""

    def __init__(
        self, catalogue: Catalogue, groups: GroupRanker, skills: Retriever, calibration: Calibration
    ) -> None:
        self._calibration = calibration
        self._catalogue = catalogue
        self._groups = groups
        self._skills = skills

    def occupations(self, text: str, *, top_k: int = 5) -> tuple[LinkedConcept, ...]:
        """Occupation groups that fit a phrase, best first; blocking, about 20 ms."""
        return tuple(found.concept for found in self.evidence(text, top_k=top_k))

    def evidence(self, text: str, *, top_k: int = 5, without: str = "") -> tuple[Evidence, ...]:
        """Occupation groups that fit a phrase, best first, with what tells how far to trust each link.

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
        best = np.argsort(-scores, kind="stable")
        counted = len(content_words(query))
        likely = self._calibration.probabilities(scores[best[: max(top_k, DEPTH)]].tolist())
        return tuple(
            Evidence(
                replace(
                    self._group(rank, int(group), ranking, float(scores[group])),
                    probability=likely[rank - 1],
                ),
                _features(int(group), int(best[1] if rank == 1 else best[0]), scores, ranking, counted),
            )
            for rank, group in enumerate(best[:top_k], start=1)
        )

    def skills(self, text: str, *, top_k: int = 5) -> tuple[LinkedConcept, ...]:
        """Skills that fit a phrase, best first; blocking, about 15 ms."""
        return tuple(self._skill(hit) for hit in self._skills.retrieve(_query(text), top_k=top_k))

    def nearest_first(self, skills: tuple[Skill, ...], described: str) -> tuple[Skill, ...]:
        """The same skills, those that fit the words best first; blocking, about 15 ms."""
        scores = self._skills.score_owners(described[:LONGEST_QUERY])
        return tuple(sorted(skills, key=lambda skill: -scores.get(skill.concept_id, 0.0)))

    def are_near(self, group_id: str, other_id: str) -> bool:
        """Whether two occupation groups are neighbours, in either direction."""
        groups = self._catalogue.groups
        return other_id in groups[group_id].neighbour_ids or group_id in groups[other_id].neighbour_ids

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


def _features(group: int, other: int, scores: Scores, ranking: GroupRanking, counted: int) -> LinkFeatures:
    """What there is to say of a link; `other` is the best of the other groups."""
    voices = ranking.voices
    return LinkFeatures(
        score=float(scores[group]),
        lead=float(scores[group] - scores[other]),
        words=float(voices.words[group]),
        characters=float(voices.characters[group]),
        dense=float(voices.dense[group]),
        descriptions=float(voices.descriptions[group]),
        learned=float(voices.learned[group]),
        known_share=ranking.known_share,
        content_words=counted,
        is_mended=ranking.is_mended,
    )

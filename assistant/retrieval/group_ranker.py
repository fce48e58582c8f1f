"""Ranks occupation groups by all that is called after them: our own titles, the taxonomy's and ESCO's."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.dense import DenseTable
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.fusion import GroupVoices, GroupWeights, Scores, fuse_groups
from assistant.retrieval.passage import Passage
from assistant.retrieval.retriever import TRUST_IN_MENDING, Retriever
from assistant.retrieval.spelling import Speller
from assistant.retrieval.stores.group_titles import GroupTitles
from assistant.retrieval.text import FUNCTION_WORDS, fold, word_units, words
from assistant.retrieval.trained.group_classifier import GroupClassifier

# What was done counts beside the place where it was done, which is at times a part of the trade.
_TRUST_IN_TRADE = 0.85
_AT_A_PLACE = re.compile(r"(?<=\w)\s+(?:i|på|hos|vid|in|at|on)\s+(?=\w)", re.IGNORECASE)
# By how much a title of another source must fit better to be shown.
_CLEARLY = 0.2


@dataclass(frozen=True, slots=True)
class GroupRanking:
    """What a query says of every group.

    Attributes:
        scores: Fused, in [0, 1], shape (number of groups,).
        voices: What they were fused from.
        fits: How well the words fit each passage, by source; only to be compared.
    """

    scores: Scores
    voices: GroupVoices
    fits: tuple[Scores, ...]


class GroupSource:
    """The passages of one type, as evidence for groups."""

    def __init__(self, retriever: Retriever, titles: GroupTitles) -> None:
        self.retriever = retriever
        self.titles = titles

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        positions: dict[str, list[int]] = defaultdict(list)
        for position, text in enumerate(self.retriever.table.texts()):
            positions[fold(text)].append(position)
        return positions

    def lexical(self, query: str, without: str) -> tuple[Scores, Scores]:
        """What words and characters say of each passage; see `Retriever.lexical`."""
        words_say, characters_say = self.retriever.lexical(query)
        for scores in (words_say, characters_say):
            self.mask(scores, without)
        return words_say, characters_say

    def mask(self, scores: Scores, without: str) -> None:
        """Let the passages of a folded title say nothing, in place; of an empty one, all speak."""
        if without:
            scores[self._positions.get(without, [])] = 0


class GroupRanker:
    """Ranks occupation groups.

    Args:
        own: Passages of our own groups.
        vectors: Of the same passages.
        others: Other passages that name occupations, found by their words and characters: their vectors
            added nothing to the accuracy and would cost as much time as all else but the encoder.
        classifier: What the build has learned of all of them.
        encoder: What queries are encoded with.
        weights: Of the voices.
    """

    def __init__(
        self,
        own: GroupSource,
        vectors: DenseTable,
        others: Sequence[GroupSource],
        classifier: GroupClassifier,
        encoder: Encoder,
        weights: GroupWeights,
    ) -> None:
        self._own = own
        self._vectors = vectors
        self._sources = (own, *others)
        self._classifier = classifier
        self._encoder = encoder
        self._weights = weights
        self.group_ids = own.retriever.table.owner_ids

    @cached_property
    def _speller(self) -> Speller:
        return Speller(word for source in self._sources for word in _vocabulary(source))

    def rank(self, query: str, *, without: str = "") -> GroupRanking | None:
        """Score all groups for a phrase; blocking, nearly all of it the encoder.

        Args:
            query: Free text in Swedish, English or both.
            without: A folded title whose passages say nothing, to see how the phrase is understood when
                no passage has it.

        Returns:
            None for a query without a single letter or digit.
        """
        if not word_units(query):
            return None
        mended = self._speller.mended(query)
        texts = (query,) if mended == " ".join(words(query)) else (query, mended)
        heard = [(texts[0], 1.0), *((text, TRUST_IN_MENDING) for text in texts[1:])]
        if trade := trade_of(mended):
            heard.append((trade, _TRUST_IN_TRADE))
        lexical = [self._lexical(source, heard, without) for source in self._sources]
        # Encoding takes longer than all else together, so it is done once, of the better words.
        dense = self._vectors.scores(self._encoder.encode_query(mended), self._encoder.floor)
        self._own.mask(dense, without)
        described = self._own.retriever.table.is_description
        pairs = [(source, *said) for source, said in zip(self._sources, lexical, strict=True)]
        voices = GroupVoices(
            np.maximum.reduce([self._best(source, by_words) for source, by_words, _ in pairs]),
            np.maximum.reduce([self._best(source, by_characters) for source, _, by_characters in pairs]),
            self._best(self._own, np.where(described, 0, dense)),
            self._best(self._own, np.where(described, dense, 0)),
            _trusted([self._classifier.evidence(text) for text in texts]),
        )
        fits = tuple(by_words + by_characters for by_words, by_characters in lexical)
        return GroupRanking(fuse_groups(voices, self._weights), voices, fits)

    def telling_passage(self, group: int, ranking: GroupRanking) -> Passage:
        """The label or title that the words fit best, to show why a group was found.

        One of another source is shown only where it fits clearly better than the group's own.
        """
        best: tuple[float, GroupSource, int] | None = None
        for source, fits in zip(self._sources, ranking.fits, strict=True):
            of_group = source.titles.of_group(group)
            of_group = of_group[~source.retriever.table.is_description[of_group]]
            if not len(of_group):
                continue
            place = int(np.argmax(fits[of_group]))
            fit = float(fits[of_group[place]])
            if best is None or fit > best[0] + _CLEARLY:
                best = fit, source, int(of_group[place])
        assert best is not None, "every group has a label of its own"
        return best[1].retriever.table.passage(best[2])

    def _lexical(
        self, source: GroupSource, heard: Sequence[tuple[str, float]], without: str
    ) -> tuple[Scores, Scores]:
        """What words and characters say of each passage of a source: the best of several texts and trusts."""
        said = [(source.lexical(text, without), trust) for text, trust in heard]
        by_words, by_characters = (
            np.asarray(np.maximum.reduce([trust * voices[i] for voices, trust in said]), dtype=np.float32)
            for i in range(2)
        )
        return by_words, by_characters

    def _best(self, source: GroupSource, scores: NDArray[np.float32]) -> Scores:
        return source.titles.best(scores, len(self.group_ids))


def trade_of(text: str) -> str:
    """What stands before the place: "welder" of "welder in a shipyard"; empty when nothing names work there.

    Where somebody worked may be shared by more titles than what they did, and outweigh it.
    """
    before = _AT_A_PLACE.split(text, maxsplit=1)
    named = before[0].strip()
    return named if len(before) > 1 and any(word not in FUNCTION_WORDS for word in words(named)) else ""


def _trusted(heard: Sequence[Scores]) -> Scores:
    """The better of what was heard of a query as typed and, counting a little less, as mended."""
    typed, *mended = heard
    return np.maximum(typed, TRUST_IN_MENDING * mended[0]) if mended else typed


def _vocabulary(source: GroupSource) -> Iterable[str]:
    for text in source.retriever.table.texts(descriptions=False):
        yield from words(text)

"""Query to owners (concepts or guide pages), by fused lexical and dense evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.encoder import Encoder, Vectors
from assistant.retrieval.fusion import FusionWeights, Scores, Voices, dense_evidence, fuse
from assistant.retrieval.index import VectorIndex
from assistant.retrieval.lexical import LexicalIndex, build_character_index, build_word_index
from assistant.retrieval.passage import OWN_TYPES, Passage, PassageField, PassageType
from assistant.retrieval.spelling import Speller
from assistant.retrieval.stores.passage_store import PassageTable, read_passage_table, read_passages
from assistant.retrieval.text import character_units, word_units, words

# Nearest passages asked of the vector index; an owner has about 28, so this reaches far enough.
_DENSE_DEPTH = 200
# A mended word may be the wrong one: what it finds counts a little less than what was typed.
TRUST_IN_MENDING = 0.92


@dataclass(frozen=True, slots=True)
class Hit:
    """An owner that fits the query; `score` in [0, 1], `rank` from 1.

    `passage` is the owner's passage that the words fit best, to show why it was found.
    """

    rank: int
    owner_id: str
    score: float
    passage: Passage


class Retriever:
    """Ranks the owners of one passage type."""

    def __init__(
        self,
        table: PassageTable,
        lexical: tuple[LexicalIndex, LexicalIndex],
        vectors: VectorIndex,
        encoder: Encoder,
        weights: FusionWeights,
    ) -> None:
        self.table = table
        self._words, self._characters = lexical
        self._vectors = vectors
        self._encoder = encoder
        self._weights = weights
        self._by_key = np.argsort(table.keys)

    @cached_property
    def _speller(self) -> Speller:
        texts = self.table.texts(descriptions=self.table.type in OWN_TYPES)
        return Speller(word for text in texts for word in words(text))

    def retrieve(self, query: str, *, top_k: int) -> tuple[Hit, ...]:
        """Rank owners for a query in Swedish, English or both.

        Blocking: the encoder takes about 10 ms on one core.

        Args:
            query: Free text; a phrase does best.
            top_k: Most hits wanted.

        Returns:
            Hits, best first; empty for a query without a single letter or digit.
        """
        scores, voices = self._scores(query)
        best = np.argsort(-scores, kind="stable")[:top_k]
        return tuple(
            Hit(
                rank,
                self.table.owner_ids[owner],
                float(scores[owner]),
                self._telling_passage(int(owner), voices),
            )
            for rank, owner in enumerate(best, start=1)
            if voices is not None
        )

    def score_owners(self, query: str) -> dict[str, float]:
        """The score of every owner, by id; see `retrieve`. Empty for a query without words."""
        scores, voices = self._scores(query)
        return {} if voices is None else dict(zip(self.table.owner_ids, scores.tolist(), strict=True))

    def _scores(self, query: str) -> tuple[Scores, Voices | None]:
        """Fused scores of the query as typed and as mended, and the voices of the better of the two."""
        if not word_units(query):
            return np.zeros(0, dtype=np.float32), None
        voices = self._voices(query)
        scores = self._fused(voices)
        mended = self._speller.mended(query)
        if mended == " ".join(words(query)):
            return scores, voices
        mended_voices = self._voices(mended)
        mended_scores = TRUST_IN_MENDING * self._fused(mended_voices)
        better = mended_voices if mended_scores.max(initial=0) > scores.max(initial=0) else voices
        return np.maximum(scores, mended_scores), better

    def _fused(self, voices: Voices) -> Scores:
        return fuse(
            voices,
            self._weights,
            self.table.owners,
            self.table.is_description,
            len(self.table.owner_ids),
        )

    def _voices(self, query: str) -> Voices:
        dense = self.dense(self._encoder.encode_query(query))
        return Voices(*self.lexical(query), dense)

    def lexical(self, query: str) -> tuple[Scores, Scores]:
        """What the words and the characters of a query say of each passage, in [0, 1]."""
        return self._words.scores(query), self._characters.scores(query)

    def dense(self, vector: Vectors) -> Scores:
        """What a query's vector says of each passage, in [0, 1]; 0 but for the nearest ones."""
        similarity = np.zeros(len(self.table), dtype=np.float32)
        nearest = self._vectors.nearest(self.table.type, vector, min(_DENSE_DEPTH, len(similarity)))
        keys, similarities = zip(*nearest, strict=True) if nearest else ((), ())
        similarity[self._positions(keys)] = similarities
        return dense_evidence(similarity, self._encoder.floor)

    def _positions(self, keys: Sequence[int]) -> NDArray[np.int64]:
        wanted = np.array(keys, dtype=np.int64)
        return self._by_key[np.searchsorted(self.table.keys, wanted, sorter=self._by_key)]

    def _telling_passage(self, owner: int, voices: Voices) -> Passage:
        own = np.flatnonzero(self.table.owners == owner)
        joined = voices.words[own] + voices.characters[own] + voices.dense[own]
        return self.table.passage(int(own[int(np.argmax(joined))]))


def load_retriever(
    passage_type: PassageType,
    build: Path,
    vectors: VectorIndex,
    encoder: Encoder,
    weights: FusionWeights,
) -> Retriever:
    """Open the retriever of one passage type, of which a build's folder has at least one passage."""
    folder = build / "lexical" / passage_type
    lexical = (
        LexicalIndex.load(folder / "words", word_units),
        LexicalIndex.load(folder / "characters", character_units),
    )
    return Retriever(read_passage_table(build, passage_type), lexical, vectors, encoder, weights)


def write_lexical(build: Path, passage_type: PassageType) -> None:
    """Index the words and characters of one passage type, whose passages are written.

    Of what is not our own, descriptions are found by their words only: their characters would fill most
    of the index and tell little.
    """
    folder = build / "lexical" / passage_type
    passages = read_passages(build, passage_type)
    build_word_index(passage.text for passage in passages).save(folder / "words")
    has_all = passage_type in OWN_TYPES
    passages = read_passages(build, passage_type)
    spelt = (p.text if has_all or p.field is not PassageField.DESCRIPTION else "" for p in passages)
    build_character_index(spelt).save(folder / "characters")

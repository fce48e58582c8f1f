"""How high the right texts of a corpus rank for a query: mean reciprocal rank and accuracy."""

import csv
import gzip
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import EvaluationDataError
from assistant.retrieval.corpus_ranker import SHARES, CorpusRanker, MakeRanker, Share, joined
from assistant.retrieval.fusion import Scores

_DEPTHS = (1, 5, 10)
# Further down than any corpus reaches: the rank of what is not there.
_NOWHERE = float("inf")


@dataclass(frozen=True, slots=True)
class LinkingSet:
    """Queries with the places of the texts that are right for them.

    Attributes:
        queries: Each a text.
        corpus: The texts to rank.
        right: For each query the positions in the corpus; empty when none of its texts is there.
    """

    queries: tuple[str, ...]
    corpus: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def read_linking_set(queries: Path, corpus: Path, qrels: Path) -> LinkingSet:
    """Read three tables, tab-separated and unquoted, each gzipped or not.

    Args:
        queries: Columns query_id, text.
        corpus: Columns corpus_id, text; others are not looked at.
        qrels: Columns query_id, corpus_id, relevance (right when above 0). Rows that name what the other
            tables lack are left out.

    Raises:
        EvaluationDataError: A table cannot be read, or lacks a column.
    """
    texts_by_query = {row["query_id"]: row["text"] for row in _rows(queries, ("query_id", "text"))}
    corpus_rows = list(_rows(corpus, ("corpus_id", "text")))
    positions = {row["corpus_id"]: position for position, row in enumerate(corpus_rows)}
    right: dict[str, set[int]] = {query_id: set() for query_id in texts_by_query}
    for row in _rows(qrels, ("query_id", "corpus_id", "relevance")):
        known = row["query_id"] in right and row["corpus_id"] in positions
        if known and row["relevance"] not in ("", "0"):
            right[row["query_id"]].add(positions[row["corpus_id"]])
    return LinkingSet(
        tuple(texts_by_query.values()),
        tuple(row["text"] for row in corpus_rows),
        tuple(frozenset(own) for own in right.values()),
    )


def _rows(file: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8", newline="") as table:
            reader = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise EvaluationDataError(file=str(file), reason=f"no column {', '.join(sorted(missing))}")
            yield from reader
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise EvaluationDataError(file=str(file), reason=str(error)) from error


def evaluate_linking(linking_set: LinkingSet, make_ranker: MakeRanker) -> dict[str, float]:
    """Rank the whole corpus for each query.

    Returns:
        n, mrr, accuracy at 1, 5 and 10, and seconds: to encode and index the corpus, and to encode and
        answer all queries.
    """
    began = time.monotonic()
    ranker = make_ranker(linking_set.corpus)
    encoded = time.monotonic()
    ranks = ranks_by_shares(ranker, linking_set, {"all": SHARES})["all"]
    searched = time.monotonic()
    return {
        **figures(ranks),
        "encode_seconds": round(encoded - began, 2),
        "search_seconds": round(searched - encoded, 2),
    }


def ranks_by_shares(
    ranker: CorpusRanker, linking_set: LinkingSet, mixtures: Mapping[str, Mapping[str, Share]]
) -> dict[str, list[float]]:
    """Rank of the first right text of each query, under each of several mixtures of the voices."""
    ranks: dict[str, list[float]] = {name: [] for name in mixtures}
    for query, right in zip(linking_set.queries, linking_set.right, strict=True):
        voices = ranker.voices(query)
        for name, shares in mixtures.items():
            ranks[name].append(first_rank(joined(voices, shares), right))
    return ranks


def first_rank(scores: Scores, right: frozenset[int]) -> float:
    """Rank of the best of the right positions, from 1; of equal scores the earlier one is ahead."""
    if not right:
        return _NOWHERE
    places = np.array(sorted(right))
    best = int(places[np.argmax(scores[places])])
    ahead = np.count_nonzero(scores > scores[best]) + np.count_nonzero(scores[:best] == scores[best])
    return float(1 + ahead)


def figures(ranks: Sequence[float]) -> dict[str, float]:
    """Number of queries, mean reciprocal rank over the whole ranking, and accuracies."""
    count = len(ranks)
    found = {f"accuracy@{k}": sum(rank <= k for rank in ranks) / max(count, 1) for k in _DEPTHS}
    mrr = sum(1 / rank for rank in ranks) / max(count, 1)
    return {"n": count, "mrr": round(mrr, 4), **{name: round(share, 4) for name, share in found.items()}}

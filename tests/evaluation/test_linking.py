"""Linking queries to a corpus of one's own: the figures, and the tables that they are made from."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.cli import main
from assistant.errors import EvaluationDataError
from assistant.evaluation.linking import evaluate_linking, figures, first_rank, read_linking_set
from assistant.retrieval.corpus_ranker import ranker_maker
from tests.encoders import WordEncoder
from tests.ingest.building import build

QUERIES = 'query_id\ttext\nq1\tKock\nq2\t"citat\nq3\t?!\n'
CORPUS = "corpus_id\tesco_uri\ttext\nc1\tu1\tsnickare\nc2\tu2\tkock\nc3\tu3\tcitat\nc4\tu4\tlokförare\n"
QRELS = "query_id\titer\tcorpus_id\trelevance\nq1\t0\tc2\t1\nq1\t0\tc1\t0\nq2\t0\tc3\t1\nq2\t0\tgone\t1\n"


def written(folder: Path, *, queries: str = QUERIES, corpus: str = CORPUS, qrels: str = QRELS) -> list[Path]:
    """The three tables, of which the last two are gzipped."""
    files = [folder / "queries.tsv", folder / "corpus.tsv.gz", folder / "qrels.tsv.gz"]
    files[0].write_text(queries, encoding="utf-8")
    for file, text in zip(files[1:], (corpus, qrels), strict=True):
        file.write_bytes(gzip.compress(text.encode()))
    return files


def test_the_right_text_comes_first_and_a_query_without_one_counts_as_missed(tmp_path: Path) -> None:
    build(tmp_path / "index")
    linking_set = read_linking_set(*written(tmp_path))
    found = evaluate_linking(linking_set, ranker_maker(tmp_path / "index", WordEncoder()))
    assert (found["n"], found["accuracy@1"], found["mrr"]) == (3, 0.6667, 0.6667)


def test_a_corpus_is_encoded_once(tmp_path: Path) -> None:
    build(tmp_path / "index")
    linking_set = read_linking_set(*written(tmp_path))
    evaluate_linking(linking_set, ranker_maker(tmp_path / "index", WordEncoder()))
    encoder = WordEncoder()
    evaluate_linking(linking_set, ranker_maker(tmp_path / "index", encoder))
    assert encoder.calls == ["Kock", '"citat', "?!"]


def test_the_command_prints_one_json_object(
    index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INDEX_DIR", str(index_dir))
    queries, corpus, qrels = map(str, written(tmp_path))
    assert main(["evaluate", "linking", "--queries", queries, "--corpus", corpus, "--qrels", qrels]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {
        *("n", "mrr", "accuracy@1", "accuracy@5", "accuracy@10", "encode_seconds", "search_seconds")
    }


@dataclass(frozen=True)
class BrokenCase:
    id: str
    corpus: bytes


BROKEN = [
    BrokenCase("no-text-column", gzip.compress(b"corpus_id\tname\nc1\tkock\n")),
    BrokenCase("empty", gzip.compress(b"")),
    BrokenCase("not-gzip", b"corpus_id\ttext\n"),
    BrokenCase("cut-off", gzip.compress(CORPUS.encode())[:20]),
    BrokenCase("not-utf-8", gzip.compress(b"corpus_id\ttext\nc1\t\xff\n")),
]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.id)
def test_a_broken_table_is_named(case: BrokenCase, tmp_path: Path) -> None:
    queries, corpus, qrels = written(tmp_path)
    corpus.write_bytes(case.corpus)
    with pytest.raises(EvaluationDataError, match=r"corpus\.tsv\.gz"):
        read_linking_set(queries, corpus, qrels)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    queries, corpus, _ = written(tmp_path)
    with pytest.raises(EvaluationDataError, match="nowhere"):
        read_linking_set(queries, corpus, tmp_path / "nowhere.tsv")


def test_of_equal_scores_the_earlier_text_is_ahead() -> None:
    scores = np.array([0.5, 0.7, 0.5, 0.5], dtype=np.float32)
    assert first_rank(scores, frozenset({2, 3})) == 3
    assert first_rank(scores, frozenset({1, 3})) == 1


def test_figures_of_no_queries_are_zero() -> None:
    assert figures([]) == {"n": 0, "mrr": 0, "accuracy@1": 0, "accuracy@5": 0, "accuracy@10": 0}


def test_figures_of_known_ranks() -> None:
    assert figures([1, 2, 10, float("inf")]) == {
        "n": 4,
        "mrr": 0.4,
        "accuracy@1": 0.25,
        "accuracy@5": 0.5,
        "accuracy@10": 0.75,
    }

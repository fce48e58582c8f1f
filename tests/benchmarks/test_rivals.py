import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.stores.manifest import current_build
from benchmarks import product_run, rival_run
from benchmarks.rival_methods import ChromaRival, MatrixRival, Rival
from benchmarks.tasks import Query, Task, distinct, figures, linking_task, load_task, phrase_tasks
from benchmarks.timing import markdown, of_rounds, percentile, timed
from tests.encoders import WordEncoder

LABELS = ("kock", "kock på fartyg", "murare", "bricklayer", "lastbilsförare")
TASK = Task(
    "phrases sv",
    LABELS,
    ("5120", "5120", "7112", "7112", "8332"),
    (Query("kock", ("5120",)), Query("murare", ("7112", "7111"))),
)
HEAD = "query_id\ttext\n"


@pytest.fixture(params=["matrix", "chroma"])
def rival(request: pytest.FixtureRequest, tmp_path: Path) -> Rival:
    encoder = WordEncoder()
    vectors = encoder.encode_passages(list(LABELS))
    if request.param == "matrix":
        return MatrixRival(vectors, encoder)
    return ChromaRival(vectors, encoder, tmp_path)


def test_a_rival_ranks_the_same_text_first(rival: Rival) -> None:
    for number, label in enumerate(LABELS):
        assert rival.rank(label, 3)[0] == number
    assert sorted(rival.rank("murare", 100)) == list(range(len(LABELS)))


def test_a_matrix_cuts_the_query_into_pieces() -> None:
    encoder = WordEncoder()
    rival = MatrixRival(encoder.encode_passages(list(LABELS)), encoder)
    assert set(rival.rank("lastbilsförare and murare", 2)) == {2, 4}
    assert rival.rank("...", 2)


def test_an_answer_ranks_as_its_best_text_does() -> None:
    assert distinct(["5120", "5120", "7112", "5120", "8332"], 2) == ["5120", "7112"]


def test_figures_are_the_textbook_ones() -> None:
    found = figures(TASK, [["7112", "5120"], ["7112", "1", "2", "3", "7111"]])
    assert found == pytest.approx(
        {"accuracy@1": 0.5, "accuracy@5": 1.0, "accuracy@10": 1.0, "rp@5": 1.0, "mrr": 0.75}
    )
    assert set(figures(TASK, [[], []]).values()) == {0.0}


def test_a_linking_set_is_read_from_its_files(tmp_path: Path) -> None:
    queries, corpus, qrels = (tmp_path / name for name in ("q.tsv", "c.tsv", "r.tsv.gz"))
    queries.write_text(f'{HEAD}q1\tkock "A la carte"\n', encoding="utf-8")
    corpus.write_text("corpus_id\ttext\nc1\tcook\nc2\tchef\nc3\tnurse\n", encoding="utf-8")
    with gzip.open(qrels, "wt", encoding="utf-8") as file:
        file.write("query_id\titer\tcorpus_id\trelevance\nq1\t0\tc1\t1\nq1\t0\tc2\t1\n")
    task = linking_task("set", queries, corpus, qrels)
    assert task.queries == (Query('kock "A la carte"', ("0", "1")),)
    assert dict(zip(task.answers, task.labels, strict=True)) == {"0": "cook", "1": "chef", "2": "nurse"}


def test_the_product_and_a_rival_are_measured_alike(tmp_path: Path, index_dir: Path) -> None:
    phrases = tmp_path / "phrases.tsv"
    phrases.write_text("lang\tphrase\tssyk\nsv\tjag var kock\t5120\nen\tnurse\t2221,2223\n", encoding="utf-8")
    tasks = phrase_tasks(current_build(index_dir), phrases)
    assert [task.name for task in tasks] == ["phrases sv", "phrases en"]
    assert {"kock", "cook"} <= {label.casefold() for label in tasks[0].labels}
    assert {len(code) for code in tasks[0].answers} == {4}
    folder = tmp_path / "asked"
    (folder / "tasks").mkdir(parents=True)
    TASK.save(folder / "tasks" / "0.json")
    assert load_task(folder / "tasks" / "0.json") == TASK
    (folder / "texts.json").write_text(json.dumps(LABELS), encoding="utf-8")
    (folder / "queries.json").write_text(json.dumps(["kock", "murare"]), encoding="utf-8")
    assert rival_run.encode("e5", folder)["texts"] == len(LABELS)
    assert rival_run.encode("e5", folder)["texts"] == 0
    found = [rival_run.measure("e5", folder), product_run.measure(index_dir, folder)]
    for one in found:
        assert one["phrases sv"] == pytest.approx(
            {"accuracy@1": 1.0, "accuracy@5": 1.0, "accuracy@10": 1.0, "rp@5": 0.75, "mrr": 1.0}, abs=0.26
        )
        assert len(one["link_ms"]) == 2  # type: ignore[arg-type]


def test_every_query_is_timed_once_after_the_warm_up() -> None:
    asked: list[str] = []
    timing = timed(asked.append, ["a", "b", "c"], warm_up=2)
    assert asked == ["a", "b", "a", "b", "c"]
    assert len(timing.wall_ms) == len(timing.cpu_ms) == 3


def test_one_disturbed_round_does_not_count() -> None:
    assert of_rounds([[1.0, 2.0], [50.0, 2.0], [1.5, 2.5]]) == [1.5, 2.0]
    assert percentile(list(np.arange(101.0)), 95) == 95


def test_a_table_is_markdown() -> None:
    assert markdown([["a", "b"], [1, "c"]]) == "| a | b |\n| --- | --- |\n| 1 | c |"

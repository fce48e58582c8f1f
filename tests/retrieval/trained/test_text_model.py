"""The text model: what it makes of any text, and that it survives its file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.trained.text_model import TextModel
from assistant.retrieval.trained.units import text_units

BUCKETS = 512


def model() -> TextModel:
    table = np.random.default_rng(3).standard_normal((BUCKETS, 8)).astype(np.float16)
    return TextModel(table)


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    length: float


CASES = [
    Case("a-word", "undersköterska", 1),
    Case("one-letter", "c", 1),
    Case("signs-around", "«C++»!!", 1),
    Case("another-script", "سائق شاحنة", 1),
    Case("very-long", "kock " * 20_000, 1),
    Case("null-character", "kock\0", 1),
    Case("empty", "", 0),
    Case("signs-only", "?! 🙂 \u200b", 0),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_text_becomes_a_vector_of_length_one_or_none(case: Case) -> None:
    vectors = model().encode([case.text])
    assert vectors.shape == (1, 8)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[0]) == pytest.approx(case.length, abs=1e-5)


def test_a_text_has_the_same_vector_in_any_company() -> None:
    texts = ["", "kock", "lastbilsförare", "!", "nurse"] * 200
    together = model().encode(texts)
    alone = np.concatenate([model().encode([text]) for text in texts[:5]])
    np.testing.assert_allclose(together[-5:], alone, atol=1e-6)


def test_no_texts_give_no_vectors() -> None:
    assert model().encode([]).shape == (0, 8)


def test_units_none_of_which_is_known_give_a_zero_row() -> None:
    assert not TextModel(np.zeros((BUCKETS, 4), dtype=np.float16)).encode(["kock"]).any()


def test_a_saved_model_is_the_same_when_opened(tmp_path: Path) -> None:
    model().save(tmp_path / "text")
    opened = TextModel.load(tmp_path / "text")
    assert opened.dimensions == 8
    np.testing.assert_array_equal(opened.encode(["kock", ""]), model().encode(["kock", ""]))


def test_words_are_known_without_their_diacritics_too() -> None:
    plain, proper = (set(text_units(word, 2**20).tolist()) for word in ("malare", "målare"))
    assert len(plain & proper) > 0.8 * len(plain)

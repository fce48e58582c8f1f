import numpy as np
import pytest

from assistant.retrieval.fusion import FusionWeights, Voices, best_by_owner, dense_evidence, fuse

# Four passages of three owners; the last passage describes what its owner does.
OWNERS = np.array([0, 0, 1, 2])
IS_DESCRIPTION = np.array([False, False, False, True])


def scores(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


SILENT = scores(0, 0, 0, 0)


def fused(voices: Voices, weights: FusionWeights | None = None) -> list[float]:
    joined = fuse(voices, weights or FusionWeights(), OWNERS, IS_DESCRIPTION, 3)
    return [round(float(score), 4) for score in joined]


def test_each_owner_has_the_score_of_its_best_passage() -> None:
    assert best_by_owner(scores(0.2, 0.7, 0.4, 0), OWNERS, 4).tolist() == pytest.approx([0.7, 0.4, 0, 0])


def test_unrelated_similarity_is_no_evidence() -> None:
    assert dense_evidence(scores(-1, 0.78, 0.89, 1), 0.78).tolist() == pytest.approx([0, 0, 0.5, 1])


def test_silence_scores_nothing_and_full_agreement_one() -> None:
    assert fused(Voices(SILENT, SILENT, SILENT)) == [0, 0, 0]
    weights = FusionWeights(descriptions=0)
    assert fused(Voices(scores(1, 0, 0, 0), scores(0, 1, 0, 0), scores(1, 0, 0, 0)), weights) == [1, 0, 0]


def test_each_voice_picks_its_own_passage() -> None:
    weights = FusionWeights(words=1, characters=1, dense=1, descriptions=1)
    split = fused(Voices(scores(0.8, 0, 0, 0), scores(0, 0.8, 0, 0), SILENT), weights)
    assert split == [0.4, 0, 0]


def test_a_description_speaks_with_a_weight_of_its_own() -> None:
    weights = FusionWeights(words=0, characters=0, dense=3, descriptions=1)
    assert fused(Voices(SILENT, SILENT, scores(1, 0, 0, 1)), weights) == [0.75, 0, 0.25]
    assert weights.total == 4

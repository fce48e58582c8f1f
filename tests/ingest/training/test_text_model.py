"""What training makes of small sets of labels: synonyms meet, the rest stays apart, and nothing is random."""

from dataclasses import replace

import numpy as np

from ingest.training.labels import Labels, LabelSet
from ingest.training.pairs import PairSource
from ingest.training.text_model import Fitting, fit_text_model

SETS = (
    LabelSet("cook", ("kock", "kökschef"), ("cook", "chef")),
    LabelSet("nurse", ("sjuksköterska",), ("nurse", "registered nurse")),
    LabelSet("driver", ("lastbilsförare", "lastbilschaufför"), ("lorry driver", "truck driver")),
    LabelSet("carpenter", ("snickare",), ("carpenter", "joiner")),
    LabelSet("group", ("yrken inom vård",), ("health professionals",)),
    LabelSet("alone", ("ensam",), ()),
)
LABELS = Labels(
    {one.key: one for one in SETS},
    descriptions={"nurse": ("looks after patients",)},
    memberships=(("nurse", "group"),),
    uses=(("cook", "alone"),),
)
FITTING = Fitting(dimensions=16, rounds=40, batch=4)
NOTHING = Labels({}, {}, (), ())


def test_a_word_finds_its_translation() -> None:
    model = fit_text_model(LABELS, FITTING)
    queries = model.encode(["kock", "sjuksköterska", "lastbilsförare", "snickare"])
    answers = model.encode(["cook", "nurse", "lorry driver", "carpenter"])
    np.testing.assert_array_equal((queries @ answers.T).argmax(axis=1), range(4))


def test_a_member_comes_near_its_group() -> None:
    nurse, cook, group = fit_text_model(LABELS, FITTING).encode(["nurse", "cook", "health professionals"])
    assert nurse @ group > cook @ group


def test_the_same_labels_give_the_same_model_byte_by_byte() -> None:
    texts = ["kock", "nurse", "något annat"]
    first, second = (fit_text_model(LABELS, FITTING).encode(texts).tobytes() for _ in range(2))
    assert first == second
    assert fit_text_model(LABELS, replace(FITTING, seed=1)).encode(texts).tobytes() != first


def test_there_may_be_nothing_to_learn_from() -> None:
    vectors = fit_text_model(NOTHING, FITTING).encode(["kock", ""])
    assert np.isfinite(vectors).all()


def test_every_pair_joins_two_different_texts_of_what_owns_it() -> None:
    source = PairSource(LABELS)
    drawn = source.draw()
    texts = [(source.texts[a], source.texts[b]) for a, b in zip(drawn.left, drawn.right, strict=True)]
    assert all(a != b for a, b in texts)
    assert {pair for pair in texts if "ensam" in pair} <= {(label, "ensam") for label in SETS[0].labels}

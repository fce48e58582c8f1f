"""Which labels training never sees."""

from ingest.training.held_out import is_held_out


def test_about_one_label_in_twelve_is_held_out() -> None:
    held = sum(is_held_out(f"yrke {number}") for number in range(6000))
    assert 400 < held < 600


def test_capitals_and_spaces_make_no_other_label() -> None:
    labels = [f"yrke {number}" for number in range(200)]
    assert [is_held_out(label) for label in labels] == [is_held_out(f" {label.upper()} ") for label in labels]

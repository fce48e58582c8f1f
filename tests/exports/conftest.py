"""Fixtures of the tests of what people take along."""

import os

import pytest

from assistant.prompts import Texts, load_texts
from tests.exports.official import OPEN_BADGES_DIR


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The texts of the exports."""
    return load_texts(folder="exports")


@pytest.fixture(scope="session")
def _official_badges() -> None:
    """Skips where the official schema of Open Badges was not fetched, but not in CI."""
    if not OPEN_BADGES_DIR.is_dir():
        reason = "make .make/open-badges fetches the official schema"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

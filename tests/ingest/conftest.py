"""Fixtures for the tests of the ingest."""

import shutil
from pathlib import Path

import pytest

from tests.ingest.building import TINY


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A copy of the tiny starter data, to change."""
    return Path(shutil.copytree(TINY, tmp_path / "starter"))

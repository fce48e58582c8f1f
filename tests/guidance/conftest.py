"""Fixtures for the tests of the guidance: the starter data's facts, for which no index is needed."""

import pytest

from assistant.guidance.matching import Matcher
from assistant.guidance.paths import PathExplainer
from assistant.prompts import load_texts
from assistant.retrieval.catalogue import Catalogue
from ingest.documents import to_catalogue
from ingest.sources.starter import read_starter
from tests.fakes import MANIFEST


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return to_catalogue(read_starter())


@pytest.fixture(scope="session")
def matcher(catalogue: Catalogue) -> Matcher:
    return Matcher(catalogue.groups, catalogue.skills)


@pytest.fixture(scope="session")
def explainer(catalogue: Catalogue) -> PathExplainer:
    return PathExplainer(catalogue, MANIFEST, load_texts())

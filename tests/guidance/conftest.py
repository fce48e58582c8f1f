"""Fixtures for the tests of the guidance: the starter data's facts, for which no index is needed."""

import pytest

from assistant.domain.language import Language
from assistant.guidance.matching import Matcher
from assistant.guidance.paths import PathExplainer
from assistant.guidance.statement import Voice
from assistant.prompts import load_texts
from assistant.retrieval.places.names import PlaceFinder
from assistant.retrieval.stores.catalogue import Catalogue
from ingest.documents import to_catalogue
from ingest.sources.places import read_places
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


@pytest.fixture(scope="session")
def places() -> PlaceFinder:
    return PlaceFinder(read_places())


@pytest.fixture(params=list(Language))
def voice(request: pytest.FixtureRequest) -> Voice:
    """Each of the two languages, at one and the same time."""
    return Voice(load_texts(), request.param, "2026-11-22T10:00:00+00:00")

"""Fixtures for the tests of the web page."""

import pytest

from tests.browser.served import import_chainlit_quietly


@pytest.fixture(scope="session")
def chainlit_imported() -> None:
    """Chainlit, imported once."""
    import_chainlit_quietly()

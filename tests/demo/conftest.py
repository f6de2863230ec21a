"""One replay of the sample team for all tests that only look at it."""

import pytest

from kb.store.store import Store


@pytest.fixture(scope="session")
def store(built):
    opened = Store.find(built.store)
    yield opened
    opened.close()

"""One replay of the sample team for all tests that only look at it."""

import pytest

from kb.store.store import Store
from kb.work import demo


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    return demo.build(tmp_path_factory.mktemp("demo") / "store")


@pytest.fixture(scope="session")
def store(built):
    opened = Store.find(built.store)
    yield opened
    opened.close()

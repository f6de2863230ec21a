"""Real stores in real repositories."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from store_kit import DOC, IDENTITY, SATO, WHEN, open_store

from kb.store import Store


@pytest.fixture(autouse=True)
def identity(monkeypatch):
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "store"
    files = {"kb.toml": b'[store]\nbranch = "main"\n', DOC: "# アクメ\n\n- 一行目\n".encode()}
    Store.create(folder, files, SATO, "ストアを作る", WHEN).close()
    return folder


@pytest.fixture
def store(root):
    opened = open_store(root)
    yield opened
    opened.close()

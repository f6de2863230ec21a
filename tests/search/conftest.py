"""Both engines, and what helps to ask them."""

import sqlite3
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from search_kit import Asking


@pytest.fixture(params=["embedded", "whoosh"])
def engine_name(request):
    return request.param


@pytest.fixture
def asking(engine_name, tmp_path):
    """An empty engine: in the catalogue's file, or in a folder."""
    if engine_name == "embedded":
        from kb.search.fts import FtsEngine

        db = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
        yield Asking(FtsEngine(db))
        db.close()
    else:
        from kb.search.whoosh_engine import WhooshEngine

        yield Asking(WhooshEngine(tmp_path / "whoosh"))

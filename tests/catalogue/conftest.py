"""A small store of real files."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from catalogue_kit import ACME, BETA, Store


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path)
    made.write("accounts/acme.md", ACME)
    made.write("accounts/west/beta.md", BETA)
    return made

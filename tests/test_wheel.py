"""What is shipped works away from the checkout: starter store and script are in the wheel."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_the_wheel_makes_a_store_by_itself(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "w")]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "w").glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
        names = archive.namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "kb/faces/web/static/kb.js" in names
    assert not any(name.startswith(("tests/", "docs/", "bench/", "frontend/")) for name in names)
    env = {**os.environ, "PYTHONPATH": str(site), "KB_LANG": "en"}
    init = [sys.executable, "-m", "kb", "init", "store", "--as", "Kim <kim@example.com>"]
    made = subprocess.run(init, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    store = tmp_path / "store"
    assert (store / "templates/ja/meeting.md.j2").is_file()
    assert (store / "playbooks/principles/p-handover-30.md").is_file()
    where = [sys.executable, "-c", "import kb.starter; print(kb.starter.home())"]
    home = subprocess.run(where, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert Path(home.stdout.strip()) == site / "kb" / "starter_files"

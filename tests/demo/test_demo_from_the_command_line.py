"""What the demo promises, asked as a person asks: from the command line, on its own day."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text("utf-8"))
NOON = "2026-11-21T12:00:00+09:00"


def kb(*words, store=None, code=0):
    env = os.environ | {"KB_NOW": NOON, "KB_LANG": "ja", "KB_MEMBER": "sato"}
    where = ["--store", str(store)] if store else []
    ran = subprocess.run(
        [sys.executable, "-m", "kb", *where, "--json", *words],
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )
    assert ran.returncode == code, ran.stderr
    return json.loads(ran.stdout or ran.stderr)


@pytest.fixture(scope="module")
def asked(built, tmp_path_factory):
    """A copy: the commands leave what they derive beside the files."""
    return shutil.copytree(built.store, tmp_path_factory.mktemp("asked") / "store")


def test_demo_answers_as_the_contract_says(tmp_path, built):
    answer = kb("demo", str(tmp_path / "d"))
    assert answer == {
        "store": str(tmp_path / "d"),
        "accounts": EXPECTED["accounts"],
        "meetings": EXPECTED["meetings"],
        "commits": built.commits,
        "url": None,
    }


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "x").write_text("x")
    error = kb("demo", str(tmp_path), code=2)["error"]
    assert error["code"] == "demo-not-empty"
    assert error["hint"]


def test_todos_of_the_day(asked):
    listed = kb("todo", "--all", store=asked)
    assert listed["total"] == EXPECTED["todos"]
    assert sum(todo["done"] for todo in listed["items"]) == EXPECTED["todos_done"]
    overdue = kb("todo", "--overdue", store=asked)["items"]
    assert [todo["id"] for todo in overdue] == EXPECTED["todos_overdue"]


def test_meetings_of_the_store(asked):
    listed = kb("meeting", "list", store=asked)
    assert listed["total"] == EXPECTED["meetings"]
    states = [meeting["state"] for meeting in listed["items"]]
    assert states.count("closed") == EXPECTED["meetings_past"]


@pytest.mark.parametrize("ref", EXPECTED["check_must_fault"])
def test_check_faults_the_meeting_that_only_looks_back(asked, ref):
    codes = {p["code"] for p in kb("meeting", "check", ref, store=asked)["problems"]}
    assert {"no-hypothesis", "only-carried"} <= codes


@pytest.mark.parametrize("ref", EXPECTED["check_must_pass"])
def test_check_passes_the_good_preparation(asked, ref):
    assert kb("meeting", "check", ref, store=asked)["problems"] == []


def test_as_of_a_meetings_start(asked):
    known = kb("asof", "2026-10-07T14:00", "minasoko", store=asked)
    newest = known["meetings"][0]
    assert newest["id"] == "m-jp0ecv"
    assert [h["confidence"] for h in newest["hypotheses"]] == [80, 55]
    assert [h["verdict"] for h in newest["hypotheses"]] == [None, None]


def test_history_tells_who_wrote(asked):
    items = kb("history", "minasoko/2026-10-07", store=asked)["items"]
    said = [item["message"] for item in items]
    assert said[-1] == "minasoko の 2026-10-07 のミーティングを準備: 利用低下の確認と立て直し"
    assert "minasoko の 2026-10-07 の仮説を判定" in said
    assert {item["by"] for item in items} == {"sato"}

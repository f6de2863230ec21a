"""Notes into a real store: where they go, what is written, and that a second time changes nothing."""

import json
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from kb import wiring
from kb.errors import NotFound, WrongUse
from kb.text.outline import parse
from kb.work.import_result import plan_text
from kb.work.importing import checked_slug, run, slug_of

NOTES = dedent(
    """\
    # アクメ様 定例

    ## 2026/11/21 定例
    出席: 佐藤、田中様

    - [ ] What is new?
    【決定】12/3に公開する
    ### 宿題
    - 見積もりを送る（佐藤、11/30まで）
    - [x] 招待状を送る @tanaka
    ```
    ## 2026-11-01
    <!-- open

    ## 11月14日 定例
    <!-- never closed
    ## TODO
    - [ ] box below a comment
    """
)


@pytest.fixture
def store(tmp_path: Path, as_sato: None) -> Path:
    root = tmp_path / "team"
    wiring.start_store(root, None, lang="ja", team="T")
    return root


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "議事録.md").write_text(NOTES, "utf-8")
    return folder


def _import(store: Path, *paths: Path, **options):
    context = wiring.open_context(str(store), None, lang="ja")
    return run(context, paths, **options)


def _git(store: Path, *args: str) -> str:
    done = subprocess.run(["git", *args], cwd=store, check=True, capture_output=True)
    return done.stdout.decode()


def _commits(store: Path) -> int:
    return int(_git(store, "rev-list", "--count", "HEAD"))


def test_a_document_is_made_and_reads_as_one(store: Path, notes: Path) -> None:
    before = _commits(store)
    result = _import(store, notes, name="アクメ株式会社")
    text = (store / "accounts/acme.md").read_text("utf-8")
    assert text.startswith(
        "---\naccount: acme\nname: アクメ株式会社\n---\n\n# アクメ株式会社\n\n## 2026-11-21 定例 ^m-"
    )
    assert "- 出席: 田中様 / @" in text or "- 出席: 佐藤, 田中様" in text
    assert "### 決定事項\n\n- 12/3に公開する\n" in text
    assert (
        "### TODO\n\n- [ ] 見積もりを送る @佐藤 due:2026-11-30\n- [x] 招待状を送る @tanaka\n"
        in text
    )
    document = parse(text.encode())
    assert [m.date for m in document.meetings] == ["2026-11-21", "2026-11-14"]
    kinds = [s.kind for m in document.meetings for s in m.root.walk()]
    assert kinds == ["meeting", "decisions", "todos", "other", "meeting", "other"]
    assert text.count("\n## 日付のない記録\n\n### 議事録.md\n\n> # アクメ様 定例\n") == 1
    assert result.as_json()["documents"][0]["warnings"] == []
    assert _commits(store) == before + 1
    assert _git(store, "status", "--porcelain") == ""


def test_every_line_of_the_source_is_there_as_it_was(store: Path, notes: Path) -> None:
    _import(store, notes)
    lines = (store / "accounts/acme.md").read_text("utf-8").split("\n")
    quoted = [line[2:] for line in lines if line.startswith("> ")]
    for line in NOTES.split("\n"):
        assert quoted.count(line) == NOTES.split("\n").count(line) or not line.strip()


def test_todos_are_listed_once(store: Path, notes: Path) -> None:
    _import(store, notes)
    context = wiring.open_context(str(store), None, lang="ja")
    rows = context.catalogue.todos("2026-11-25", every=True)
    assert sorted(row.text for row in rows) == ["招待状を送る", "見積もりを送る"]


def test_a_second_import_changes_nothing(store: Path, notes: Path) -> None:
    _import(store, notes)
    head = _git(store, "rev-parse", "HEAD")
    result = _import(store, notes)
    assert result.added == 0
    assert _git(store, "rev-parse", "HEAD") == head


def test_a_grown_file_adds_only_the_new_meeting(store: Path, notes: Path) -> None:
    _import(store, notes)
    before = (store / "accounts/acme.md").read_bytes()
    source = notes / "議事録.md"
    source.write_text(
        NOTES.replace("## 2026/11/21", "## 2026/12/05 定例\n新しい話\n\n## 2026/11/21"), "utf-8"
    )
    result = _import(store, notes)
    assert result.added == 1
    after = (store / "accounts/acme.md").read_bytes()
    assert [m.date for m in parse(after).meetings] == [
        "2026-12-05", "2026-11-21", "2026-11-14",
    ]  # fmt: skip
    start = after.index(b"## 2026-12-05")
    stop = after.index(b"## 2026-11-21")
    assert after[:start] + after[stop:] == before


def test_a_meeting_edited_by_hand_is_left_alone(store: Path, notes: Path) -> None:
    _import(store, notes)
    path = store / "accounts/acme.md"
    edited = (
        path.read_text("utf-8")
        .replace("定例 ^m", "四半期レビュー ^m")
        .replace("- 12/3に公開する\n", "- 12/4に公開する\n- 追記\n")
    )
    path.write_text(edited, "utf-8")
    assert _import(store, notes).added == 0
    assert path.read_text("utf-8") == edited


def test_a_source_that_changed_is_pointed_at(store: Path, notes: Path) -> None:
    _import(store, notes)
    source = notes / "議事録.md"
    source.write_text(NOTES.replace("- [ ] What is new?", "- [ ] What is new?\nもう一行"), "utf-8")
    result = _import(store, notes)
    assert result.added == 0
    messages = [w["message"] for w in result.as_json()["documents"][0]["warnings"]]
    assert any("2026-11-21のミーティングはすでに文書にあり" in message for message in messages)


def test_an_existing_document_keeps_its_order_and_bytes(store: Path, tmp_path: Path) -> None:
    old = (
        "---\naccount: acme\nlang: en\n---\n\n# ACME\n\n## 2026-01-10 Kick-off\n\n"
        "- Attendees: Anna\n\n## 2026-03-10 Review ^m-4k7q2x\n\n### TODO\n\n- [ ] call\n"
    )
    (store / "accounts").mkdir()
    (store / "accounts/acme.md").write_bytes(old.replace("\n", "\r\n").encode())
    source = tmp_path / "acme.md"
    source.write_text("## 2026-02-10\nb\n## 2026-04-10 [Cancelled]\n## 2025-12-10\na\n", "utf-8")
    _import(store, source)
    data = (store / "accounts/acme.md").read_bytes()
    assert [m.date for m in parse(data).meetings] == [
        "2025-12-10", "2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10",
    ]  # fmt: skip
    assert [m.cancelled for m in parse(data).meetings] == [False] * 4 + [True]
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"### Imported notes" in data
    kept = iter(data.split(b"\r\n"))
    assert all(line in kept for line in old.encode().split(b"\n"))  # all, in their order


def test_two_files_of_one_day_stay_two_meetings(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "2026-11-21-a.md").write_text("# Sync\n\nfirst\n", "utf-8")
    (folder / "2026-11-21-b.md").write_text("# Sync\n\nsecond\n", "utf-8")
    assert _import(store, folder).added == 2
    document = parse((store / "accounts/acme.md").read_bytes())
    assert len({m.ids for m in document.meetings}) == 2
    assert _import(store, folder).added == 0


def test_identical_meetings_of_one_file_are_both_kept(store: Path, tmp_path: Path) -> None:
    source = tmp_path / "acme.md"
    source.write_text("## 2026-11-21\nsame\n## 2026-11-21\nsame\n", "utf-8")
    assert _import(store, source).added == 2
    assert (store / "accounts/acme.md").read_text("utf-8").count("> same\n") == 2
    assert _import(store, source).added == 0


def test_undated_meetings_wait_for_a_year(store: Path, tmp_path: Path) -> None:
    source = tmp_path / "acme.md"
    source.write_text("## December 20\na\n## January 10\nb\n", "utf-8")
    result = _import(store, source).as_json()["documents"][0]
    assert [(m["date"], m["month_day"]) for m in result["meetings"]] == [
        (None, "12-20"),
        (None, "01-10"),
    ]
    assert all("--year" in warning["message"] for warning in result["warnings"])
    assert parse((store / "accounts/acme.md").read_bytes()).meetings == ()
    assert _import(store, source).added == 0
    dated = _import(store, source, year=2025)
    assert dated.added == 2
    dates = [m.date for m in parse((store / "accounts/acme.md").read_bytes()).meetings]
    assert dates == ["2026-01-10", "2025-12-20"]


def test_a_dry_run_writes_nothing_and_reads_well(store: Path, notes: Path) -> None:
    before = _commits(store)
    result = _import(store, notes, dry_run=True)
    assert _commits(store) == before
    assert not (store / "accounts/acme.md").exists()
    assert _git(store, "status", "--porcelain") == ""
    plan = plan_text(result, "ja")
    assert "→ accounts/acme.md" in plan
    assert "+ 2026-11-21 定例、TODO 2件、決定 1件" in plan
    assert "書き込みはしていません" in plan
    json.dumps(result.as_json())


def test_files_that_are_no_notes_are_listed(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "a.md").write_text("# 2026-11-21\nx\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"\n")
    (folder / "binary.md").write_bytes(b"\x00\x01")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "link.md").symlink_to(folder / "a.md")
    result = _import(store, folder).as_json()
    assert result["files"] == 4
    assert [Path(s["source"]).name for s in result["skipped"]] == [
        "binary.md",
        "empty.txt",
        "picture.png",
    ]
    assert all(s["reason"] for s in result["skipped"])


def test_a_file_over_twenty_megabytes_is_refused(store: Path, tmp_path: Path) -> None:
    source = tmp_path / "acme.md"
    source.write_bytes(b"x" * (20 * 1024 * 1024 + 1))
    with pytest.raises(WrongUse) as refused:
        _import(store, source)
    assert refused.value.code == "import-too-large"
    assert not (store / "accounts/acme.md").exists()


def test_a_very_long_line_is_kept(store: Path, tmp_path: Path) -> None:
    line = "語" * 150_000
    source = tmp_path / "acme.txt"
    source.write_bytes(
        f"■ 2026/11/21 定例\r\n{line}\r\n■ 2026/11/14 定例\r\n話\r\n".encode("cp932")
    )
    _import(store, source)
    text = (store / "accounts/acme.md").read_text("utf-8")
    assert [m.date for m in parse(text.encode()).meetings] == ["2026-11-21", "2026-11-14"]
    assert f"\n> {line}\n" in text
    assert _import(store, source).added == 0


@pytest.mark.parametrize("word", ["../x", "a/b", "", "-x", "a b", "x" * 65, "a\nb", ".git", "a.b"])
def test_bad_account_names_are_refused(store: Path, notes: Path, word: str) -> None:
    with pytest.raises(WrongUse) as refused:
        _import(store, notes, account=word)
    assert refused.value.code == "import-bad-account"


def test_a_name_that_differs_by_case_or_width_is_the_same_account(store: Path, notes: Path) -> None:
    _import(store, notes, account="acme")
    result = _import(store, notes, account="ＡCME")
    assert result.documents[0].account == "acme"
    assert result.added == 0


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("acme.md", "acme"),
        ("アクメ株式会社.txt", "アクメ株式会社"),
        ("ＡＣＭＥ Corp.md", "acme-corp"),
        ("acme/2026-11-21.md", "acme"),
        ("acme/2026-11-21 sync.md", "acme"),
        ("acme/meeting-notes/2026.md", "acme"),
        ("acme/minutes/20261121-sync/index.md", "acme"),
        ("acme/議事録.md", "acme"),
        ("a..b/../acme/notes.md", "acme"),
    ],
)
def test_the_account_that_a_path_suggests(path: str, slug: str) -> None:
    assert slug_of(None, Path("/srv") / path) == slug
    assert checked_slug(slug_of(None, Path("/srv") / path)) == slug


def test_front_matter_names_the_account_but_no_path() -> None:
    assert slug_of("../../etc/passwd", Path("/srv/x.md")) == "etc-passwd"
    assert slug_of("Acme", Path("/srv/x.md")) == "acme"


def test_what_is_not_there_is_said(store: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        _import(store, tmp_path / "nothing.md")
    assert missing.value.code == "import-no-path"


def test_the_stores_own_documents_are_refused(store: Path, notes: Path) -> None:
    _import(store, notes)
    with pytest.raises(WrongUse) as refused:
        _import(store, store / "accounts" / "acme.md")
    assert refused.value.code == "import-own"


def test_notes_for_an_english_account_are_written_in_english(store: Path, tmp_path: Path) -> None:
    (store / "accounts").mkdir(exist_ok=True)
    (store / "accounts/acme.md").write_text(
        "---\naccount: acme\nlang: en\n---\n\n# ACME\n", "utf-8"
    )
    source = tmp_path / "acme.md"
    source.write_text(
        "intro\n\n## 2026-11-28\nx\n## 2026-11-21 14:00-15:00 Sync\nAttendees: Anna, Ben\nDecision: ship\nAI: Anna to ship\n",
        "utf-8",
    )
    plan = plan_text(_import(store, source), "en")
    text = (store / "accounts/acme.md").read_text("utf-8")
    assert "- Time: 14:00–15:00\n- Attendees: Anna, Ben\n" in text
    assert "### Decisions\n\n- ship\n" in text
    assert "### TODO\n\n- [ ] Anna to ship @Anna\n" in text
    assert "### Imported notes\n" in text
    assert "## Undated notes\n" in text
    assert "Files read: 1. Meetings: 3 new, 0 already there." in plan

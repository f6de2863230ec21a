"""The index is always that of the files: after any change, any damage, any kill."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.catalogue import schema
from kb.remembered import Remembered
from kb.search.ports import Where
from kb.wiring import open_context
from kb.work import searching

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = "import sys; from kb.faces.cli.app import main; main()"


def git(root, *words):
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)


def document(account, meetings):
    parts = [f"---\naccount: {account}\nname: 顧客{account}\n---\n"]
    parts += [
        f"\n## 2026-{1 + n // 28:02}-{1 + n % 28:02} 定例{n}\n\n### アジェンダ\n\n#### 論点{n}\n\n"
        f"- スタンス: 提案{n}を{account}に示す\n- お客様: 共通の言葉、合図は{account}x{n}\n- 決定: 決めたこと{n}\n"
        for n in range(meetings, 0, -1)
    ]
    return "".join(parts)


@pytest.fixture
def root(tmp_path, engine_name):
    """A store of six accounts with five meetings each, committed."""
    root = tmp_path / "store"
    (root / "accounts").mkdir(parents=True)
    for account in ("aa", "bb", "cc", "dd", "ee", "ff"):
        (root / f"accounts/{account}.md").write_text(document(account, 5), "utf-8")
    (root / "playbooks/principles").mkdir(parents=True)
    (root / "playbooks/principles/p-one.md").write_text(
        "---\nprinciple: p-one\ntitle: 早く会う\nstatus: adopted\ntags: [会う]\n---\n\n# 早く会う\n\n決まったその日に申し出る\n", "utf-8"
    )  # fmt: skip
    (root / "kb.toml").write_text(
        f'[team]\nname = "t"\nlanguage = "ja"\n[search]\nengine = "{engine_name}"\n', "utf-8"
    )
    (root / ".gitignore").write_text(".kb/\n")
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    return root


def ask(root, text, **more):
    """Return (path, snippet) of all hits, as a command of its own finds them."""
    context = open_context(str(root), None, lang="ja")
    try:
        return [
            (hit.path, hit.snippet)
            for hit in searching.search(context, text, limit=200, **more).hits
        ]
    finally:
        context.catalogue.close()


def command(root, text, **more):
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "--store", str(root), "search", text, "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,
    )  # fmt: skip


def right(root):
    """Say that every text is found once, and nothing else."""
    everything = ask(root, "共通の言葉")
    assert len(everything) == 30
    assert len(set(everything)) == 30
    for account, n in (("aa", 1), ("cc", 3), ("ff", 5)):
        ((path, snippet),) = ask(root, f'"{account}x{n}"')
        assert path == f"accounts/{account}.md"
        assert f"{account}x{n}" in snippet
    assert ask(root, "早く会う")[0][0] == "playbooks/principles/p-one.md"


def touched(root):
    """Return what could be seen to change in the store: all files but what is derived."""
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and ".kb" not in path.relative_to(root).parts
        and "misses.jsonl" not in path.name
    }


def test_all_is_found_and_nothing_is_touched(root):
    before = touched(root)
    right(root)
    right(root)
    assert touched(root) == before


def test_the_words_of_a_question_are_looked_for_again_once_something_changed(root, monkeypatch):
    asked = []
    real = searching.find
    first = ask(root, "共通の言葉")
    assert ask(root, "共通の言葉") == first  # by now the index is tidied up
    monkeypatch.setattr(searching, "find", lambda *a: asked.append(1) or real(*a))
    assert ask(root, "共通の言葉") == first
    assert asked == []
    assert len(ask(root, "共通の言葉", where=Where(accounts=("aa",)))) == 5
    file = root / "accounts/bb.md"
    file.write_text(file.read_text("utf-8").replace("共通の言葉、合図はbbx2", "別の話"), "utf-8")
    assert len(ask(root, "共通の言葉")) == 29
    settings = root / "kb.toml"
    settings.write_text(settings.read_text("utf-8") + 'words = ["共通の言葉 = 別の話"]\n', "utf-8")
    assert len(ask(root, "共通の言葉")) == 30
    assert len(asked) == 3


def test_questions_that_nothing_answers_are_forgotten_too(root, monkeypatch):
    found = Remembered(40_000, searching._size)
    monkeypatch.setattr(searching, "_found", found)
    for number in range(20):
        assert ask(root, f"zzz{number}") == []
    assert 0 < len(found._answers) <= 8


def test_changes_by_hand_are_found_at_once(root):
    right(root)
    file = root / "accounts/bb.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("共通の言葉、合図はbbx2", "まったく新しい発言"), "utf-8")
    assert len(ask(root, "共通の言葉")) == 29
    assert ask(root, '"bbx2"') == []
    assert [path for path, _ in ask(root, "新しい発言")] == ["accounts/bb.md"]
    file.rename(root / "accounts/moved.md")
    assert [path for path, _ in ask(root, "新しい発言")] == ["accounts/moved.md"]
    (root / "accounts/moved.md").unlink()
    assert ask(root, "新しい発言") == []
    assert len(ask(root, "共通の言葉")) == 25
    file.write_text(text, "utf-8")
    right(root)


def test_a_customer_gets_another_name(root):
    assert len(ask(root, "共通の言葉 顧客aa")) == 5
    file = root / "accounts/aa.md"
    file.write_text(file.read_text("utf-8").replace("name: 顧客aa", "name: みなと商会"), "utf-8")
    assert len(ask(root, "共通の言葉 みなと商会")) == 5
    assert len(ask(root, "共通の言葉 account:みなと商会")) == 5


def test_another_branch(root):
    right(root)
    git(root, "checkout", "-qb", "other")
    (root / "accounts/aa.md").write_text(document("aa", 2).replace("aax1", "別の枝"), "utf-8")
    git(root, "commit", "-qam", "other")
    assert len(ask(root, "別の枝")) == 1
    git(root, "checkout", "-q", "main")
    right(root)
    git(root, "checkout", "-q", "other")
    assert len(ask(root, "別の枝")) == 1
    assert len(ask(root, "共通の言葉")) == 27


def test_a_saved_line_is_found_by_the_next_command(root, as_sato):
    from kb.faces.cli import app

    right(root)
    assert app.run(["--store", str(root), "add", "aa", "said", "保存したばかりの一言"]) == 0
    assert [path for path, _ in ask(root, "保存したばかり")] == ["accounts/aa.md"]


WRITTEN = """---
account: gg
name: あおば商店
goal: 在庫の差異を減らす
people:
  yamada: {name: 山田様, role: 倉庫長}
---

# あおば商店

前置きに棚卸しの話。

## 2026-11-25 電話

見出しだけの日の見積書。

- 箇条書きの領収書

## 2026-11-20 定例

### アジェンダ

#### 進め方

段落に納期の話。

| 列 | 値 |
|---|---|
| 表の中 | 検収 |

> 引用の監査

```
コードの突合
```

- お客様: 声を出した
  - 子の項目に返品
- 倉庫を見に行く [[aa#^t-8f3kq0]]
- [ ] 伝票を直す @sato due:2026-12-01 ^t-000001

### そのほか

自由な見出しの出荷
"""


@pytest.mark.parametrize(
    ("word", "at"),
    [
        ("在庫の差異", 1), ("倉庫長", 1), ("棚卸し", 1), ("見積書", 15), ("領収書", 17), ("納期", 25), ("検収", 29), ("監査", 31),
        ("突合", 34), ("声を出した", 37), ("返品", 38), ("伝票", 40), ("出荷", 44),
    ],
)  # fmt: skip
def test_everything_that_was_written_is_found_once_where_it_stands(root, word, at):
    (root / "accounts/gg.md").write_text(WRITTEN, "utf-8")
    context = open_context(str(root), None, lang="ja")
    hits = searching.search(context, f'"{word}"').hits
    context.catalogue.close()
    assert [hit.path for hit in hits] == ["accounts/gg.md"]
    near = WRITTEN.split("\n")[hits[0].line - 1 : hits[0].line + 9]
    assert hits[0].line == 1 or any(word in line for line in near)
    assert hits[0].line <= at


def test_what_is_carried_over_is_found_where_it_stands(root):
    (root / "accounts/gg.md").write_text(WRITTEN, "utf-8")
    assert not [text for _, text in ask(root, "倉庫を見に行く") if "倉庫を見" in text]


def test_bytes_that_are_no_text(root):
    (root / "accounts/gg.md").write_bytes(
        WRITTEN.encode().replace("返品".encode(), b"\xff\xfe\xed\xa0\x80")
    )
    page = root / "playbooks/principles/p-one.md"
    page.write_bytes(page.read_bytes() + b"\n\xff\xfe \xe4\xb8 broken\n")
    assert len(ask(root, '"出荷"')) == 1
    assert ask(root, "broken")[0][0] == "playbooks/principles/p-one.md"
    right(root)


def test_pages_and_reviews(root):
    right(root)
    page = root / "playbooks/principles/p-one.md"
    page.write_text(page.read_text("utf-8").replace("決まったその日", "三日以内"), "utf-8")
    assert ask(root, "三日以内")[0][0] == "playbooks/principles/p-one.md"
    (root / "reviews").mkdir()
    review = root / "reviews/p-one-adoption-1.md"
    review.write_text(
        "# p-one\n\n## 2026-11-24T09:20:11+09:00 commented @sato ^e-rq703d\n\n根拠が足りないと感じます\n",
        "utf-8",
    )
    assert [path for path, _ in ask(root, "根拠が足りない")] == ["reviews/p-one-adoption-1.md"]
    review.unlink()
    assert ask(root, "根拠が足りない") == []


def test_a_comment_is_shown_as_it_was_typed():
    from kb.search.entries import of_review
    from kb.text.thread import append, new_event

    typed = "# 見出しのような <b>一行</b>\n- 箇条書き"
    event = new_event("r-1", "2026-11-24T09:20:11+09:00", "commented", "sato", (), typed)
    data = append(b"---\r\nreview: r-1\r\n---\r\n\r\n# p-one\r\n", event)
    assert b"\\# " in data
    (entry,) = of_review("r", data)
    assert (entry.text, entry.title) == (typed, "p-one")
    assert (entry.id, entry.date, entry.owners) == (event.id, "2026-11-24", ("sato",))
    assert data.splitlines()[entry.line].endswith(event.id.encode())


# Damage


def files(root, engine_name):
    folder = root / ".kb/whoosh" if engine_name == "whoosh" else root / ".kb"
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in (".gitignore", "kb.lock")
    ]


def damages():
    def truncated(path, _):
        os.truncate(path, path.stat().st_size // 2)

    def emptied(path, _):
        os.truncate(path, 0)

    def gone(path, _):
        path.unlink()

    def scribbled(path, chance):
        data = bytearray(path.read_bytes())
        for _ in range(50):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)

    def foreign(path, _):
        path.write_bytes(b"not ours at all\n" * 300)

    def folder(path, _):
        path.unlink()
        path.mkdir()

    return [truncated, emptied, gone, scribbled, foreign, folder]


@pytest.mark.parametrize("damage", damages(), ids=lambda damage: damage.__name__)
def test_damage_to_any_file_is_mended(root, engine_name, damage):
    right(root)
    before = touched(root)
    chance = random.Random(1)
    names = [path.name for path in files(root, engine_name)]
    assert names
    for place in range(len(names)):
        found = files(root, engine_name)
        if place < len(found) and found[place].stat().st_size:
            damage(found[place], chance)
            right(root)
    assert touched(root) == before


def test_a_foreign_database_is_set_aside(root):
    right(root)
    file = schema.file_of(root)
    schema.remove(file)
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE search_entry (n INTEGER, unit TEXT)")
        db.execute("INSERT INTO search_entry VALUES (1, 'm1')")
    db.close()
    right(root)


def test_an_older_catalogue_is_left_alone(root):
    old = root / ".kb/catalogue-0.sqlite"
    old.parent.mkdir()
    old.write_bytes(b"from long ago")
    right(root)
    assert old.read_bytes() == b"from long ago"


def test_tables_of_an_earlier_index_are_filled_anew(root, monkeypatch):
    from kb.search import index

    with monkeypatch.context() as patch:
        patch.setattr(index, "VERSION", index.VERSION - 1)
        right(root)
    right(root)


def test_the_catalogue_goes_and_the_index_stays(root, engine_name):
    right(root)
    schema.remove(schema.file_of(root))
    (root / "accounts/ab.md").write_text(document("ab", 5), "utf-8")  # other numbers for all
    assert len(ask(root, "共通の言葉")) == 35
    (root / "accounts/ab.md").unlink()
    right(root)


def test_an_engine_is_changed_and_changed_back(root, engine_name):
    right(root)
    settings = (root / "kb.toml").read_text("utf-8")
    other = {"embedded": "whoosh", "whoosh": "embedded"}[engine_name]
    (root / "kb.toml").write_text(
        settings.replace(f'engine = "{engine_name}"', f'engine = "{other}"'), "utf-8"
    )
    right(root)
    (root / "accounts/aa.md").write_text(document("aa", 5).replace("aax1", "乗り換えた後"), "utf-8")
    assert len(ask(root, "乗り換えた後")) == 1
    (root / "kb.toml").write_text(settings, "utf-8")
    assert len(ask(root, "乗り換えた後")) == 1
    (root / "accounts/aa.md").write_text(document("aa", 5), "utf-8")
    right(root)


def test_a_copied_store_finds_its_own_texts(root, tmp_path):
    right(root)
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    (copy / "accounts/aa.md").write_text(document("aa", 5).replace("aax2", "写しだけの話"), "utf-8")
    assert len(ask(copy, "写しだけの話")) == 1
    assert ask(root, "写しだけの話") == []
    right(root)


# Kills, full disks, several at once


@pytest.mark.slow
def test_kill_while_indexing(root):
    before = touched(root)
    chance = random.Random(7)
    killed = 0
    for turn in range(12):
        if turn % 3 == 0:
            shutil.rmtree(root / ".kb", ignore_errors=True)
        else:
            (root / "accounts/aa.md").write_text(
                document("aa", 5) + f"\n- お客様: 足した{turn}\n", "utf-8"
            )
        process = command(root, "共通の言葉")
        time.sleep(0.05 + chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.communicate()
    (root / "accounts/aa.md").write_bytes(before["accounts/aa.md"][0])
    assert killed > 3
    right(root)
    assert {name: data for name, (data, _) in touched(root).items()} == {
        name: data for name, (data, _) in before.items()
    }


@pytest.mark.parametrize("step", range(6))
def test_a_crash_at_any_step_of_taking_in(root, engine_name, step, monkeypatch):
    """The index is written and its rows are not yet, or the other way round."""
    from kb.catalogue import follow
    from kb.search import index, marker

    def crash(*_, **__):
        raise KeyboardInterrupt

    right(root)
    text = document("aa", 5).replace("aax2", "途中で切れた話")
    (root / "accounts/aa.md").write_text(text, "utf-8")
    with monkeypatch.context() as patch:
        target = [
            (follow, "seen"), (follow, "changed"), (index, "_of_units"), (index, "_reviews"), (marker, "sign"), (follow, "count"),
        ][step]  # fmt: skip
        patch.setattr(*target, crash)
        if target[0] is marker and engine_name == "embedded":
            assert len(ask(root, "途中で切れた話")) == 1
        else:
            with pytest.raises(KeyboardInterrupt):
                ask(root, "途中で切れた話")
    assert len(ask(root, "途中で切れた話")) == 1
    assert len(ask(root, "共通の言葉")) == 30
    (root / "accounts/aa.md").write_text(document("aa", 5), "utf-8")
    right(root)


@pytest.mark.slow
@pytest.mark.parametrize("size", [4_096, 40_000, 200_000])
def test_a_full_disk(root, size):
    before = touched(root)
    process = command(
        root, "共通の言葉", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    )  # fmt: skip
    out, errors = process.communicate()
    assert b"Traceback" not in errors
    assert process.returncode == 0, errors.decode()
    assert b'"total": 30' in out
    right(root)
    assert touched(root) == before


@pytest.mark.slow
def test_several_index_at_once(root):
    before = touched(root)
    for _ in range(2):
        shutil.rmtree(root / ".kb", ignore_errors=True)
        processes = [command(root, "共通の言葉") for _ in range(4)]
        for process in processes:
            out, errors = process.communicate()
            assert process.returncode == 0, errors.decode()
            assert b'"total": 30' in out
        right(root)
    assert touched(root) == before


@pytest.mark.platform
def test_a_folder_that_nobody_may_write(root):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (root / ".kb").mkdir()
    (root / ".kb").chmod(0o500)
    try:
        right(root)
    finally:
        (root / ".kb").chmod(0o700)

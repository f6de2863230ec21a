"""`kb search` as a person and as a script see it."""

import json
import subprocess

import pytest

from kb.faces.cli import app

ACME = """---
account: acme
name: アクメ株式会社
---

## 2026-11-25 定例 ^m-4k7q2x

### 事前仮説

- 管理者の交代で利用が落ちている ^h-3f9a7c
  - 根拠: 利用率 61→48%

### アジェンダ

#### 進め方 ^a-2m8q41

- お客様: 初回は管理者だけでよい
- 決定: 再オンボーディングを行う ^d-9xw2me
- [ ] 見積もりを送る @sato due:2026-11-20 ^t-8f3kq0
- [x] 議事録を送る @mori due:2026-11-20 ^t-8f3kq1
"""
BETA = "---\naccount: beta\nname: Beta Inc.\n---\n\n## 2026-10-01 Renewal talk\n\n### Decisions\n\n- Renew for a year\n"


@pytest.fixture
def kb(tmp_path, capsys, monkeypatch, engine_name):
    root = tmp_path / "store"
    (root / "accounts").mkdir(parents=True)
    (root / "accounts/acme.md").write_text(ACME, "utf-8")
    (root / "accounts/beta.md").write_text(BETA, "utf-8")
    (root / "kb.toml").write_text(
        f'[team]\nname = "t"\nlanguage = "ja"\n[search]\nengine = "{engine_name}"\nwords = ["ツドイ = アクメ"]\n'
        '[members.sato]\nname = "佐藤"\nemail = "sato@example.com"\n', "utf-8"
    )  # fmt: skip
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")

    def run(*words, code=0, lang="ja"):
        monkeypatch.setenv("KB_LANG", lang)
        capsys.readouterr()
        assert app.run(["--store", str(root), "search", *words]) == code
        said = capsys.readouterr()
        return said.out if code == 0 else said.err

    run.root = root
    return run


def hits(kb, *words):
    return json.loads(kb(*words, "--json"))["hits"]


def test_the_answer_as_data(kb):
    answer = json.loads(kb("交代", "--json"))
    assert list(answer) == ["query", "total", "took_ms", "hits", "suggestion", "understood"]
    assert (answer["query"], answer["total"], answer["suggestion"]) == ("交代", 1, None)
    (hit,) = answer["hits"]
    assert hit["id"] == "h-3f9a7c"
    assert (hit["kind"], hit["account"], hit["date"], hit["title"]) == (
        "hypothesis",
        "acme",
        "2026-11-25",
        "定例",
    )
    assert (hit["path"], hit["line"]) == ("accounts/acme.md", 10)
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["交代"]
    assert "why" not in hit


def test_reasons(kb):
    answer = json.loads(kb("交代", "--json", "--explain"))
    why = answer["hits"][0]["why"]
    assert list(why)[:3] == ["words", "kind", "fresh"]
    assert why["verbatim"] > 1
    assert "verbatim" in kb("交代", "--explain")


def test_filters_of_the_command_and_in_the_query(kb):
    assert [h["kind"] for h in hits(kb, "管理者", "--kind", "said")] == ["said"]
    assert {h["account"] for h in hits(kb, "更新", "--account", "beta")} == {"beta"}
    assert hits(kb, "管理者", "--since", "2026-11-26") == []
    assert hits(kb, "管理者", "--until", "2026-11-24") == []
    assert [h["id"] for h in hits(kb, "is:open")] == ["t-8f3kq0"]
    assert [h["id"] for h in hits(kb, "is:overdue 見積もり")] == ["t-8f3kq0"]
    assert [h["id"] for h in hits(kb, "owner:sato")] == ["t-8f3kq0"]
    assert {h["account"] for h in hits(kb, 'account:"beta inc"')} == {"beta"}
    assert {h["account"] for h in hits(kb, "kind:decision")} == {"acme", "beta"}
    assert len(hits(kb, "送る", "--limit", "1")) == 1


def test_an_id_finds_its_line_first(kb):
    assert hits(kb, "d-9xw2me")[0]["id"] == "d-9xw2me"
    assert hits(kb, "acme#^h-3f9a7c")[0]["id"] == "h-3f9a7c"


def test_both_languages_and_the_teams_own_words(kb):
    assert hits(kb, "更新")[0]["account"] == "beta"
    assert {h["account"] for h in hits(kb, "ツドイ")} == {"acme"}


def test_nothing_found_says_what_was_understood_and_is_noted(kb):
    answer = json.loads(kb("onbording", "宇宙船", "--json"))
    assert answer["hits"] == []
    assert answer["suggestion"] == "onboarding 宇宙船"
    assert "見つかりませんでした" in kb("宇宙船", lang="ja")
    assert "Nothing found" in kb("宇宙船", lang="en")
    notes = (kb.root / ".git/kb/misses.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["query"] for line in notes] == [
        "onbording 宇宙船",
        "宇宙船",
        "宇宙船",
    ]


def test_what_is_wrong_is_said(kb):
    for words in (
        ("x", "--limit", "0"),
        ("x", "--limit", "201"),
        ("x", "--since", "いつか"),
        ("x", "--kind", "nothing"),
    ):
        error = kb(*words, code=2)
        assert error.strip()
        assert "Traceback" not in error


def test_a_text_for_people(kb):
    out = kb("交代")
    assert "仮説  acme  2026-11-25  定例  h-3f9a7c" in out
    assert "accounts/acme.md:10" in out
    assert "\x1b" not in out


def test_control_characters_are_not_shown(kb):
    file = kb.root / "accounts/acme.md"
    file.write_text(ACME + "\n- お客様: 端末\x1b[31mを赤く\x07する\n", "utf-8")
    out = kb("端末")
    assert "端末" in out
    assert "\x1b" not in out
    assert "\x07" not in out


@pytest.mark.parametrize(
    "text", ['<b>bold</b> & "q"', "~~~ 3*4*5 `code` ~~", "\\path\\to", "#tag?"]
)
def test_what_had_to_be_escaped_is_found_once(kb, text):
    assert (
        app.run(
            ["--store", str(kb.root), "--as", "sato", "add", "acme", "memo", f"かるがも {text}"]
        )
        == 0
    )
    assert (
        app.run(["--store", str(kb.root), "--as", "sato", "add", "acme", "memo", f"{text} ことり"])
        == 0
    )
    assert [hit["kind"] for hit in hits(kb, "かるがも")] == ["memo"]
    assert [hit["kind"] for hit in hits(kb, "ことり")] == ["memo"]

"""Editing what stands: exactly the words change, stale saves are merged, two texts are both kept."""

import shutil
import subprocess

import pytest

from kb.errors import NotFound, WrongUse
from kb.text.find import item_at
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import parse
from kb.text.rewrite import rewrite, words_of
from kb.text.sides import choices
from kb.wiring import open_context
from kb.work import editing
from kb.work.editing import Change, Choice, Place, TwoTexts

DOCUMENT = """---
account: acme
name: アクメ
---

# アクメ

## 2026-12-09 次回 ^m-0000a1

### アジェンダ

## 2026-11-25 14:00 第4四半期レビュー ^m-4k7q2x

- 時間: 14:00–14:50
- 出席: 田中様 / @sato

### 事前仮説

- 担当の交代で利用が落ちている ^h-3f9a7c
  - 根拠: 61→48%
  - 確信度: 70%

### アジェンダ

#### 進め方 ^a-2m8q41

- スタンス: 12月前半に2回、当社主催で実施したい
- お客様: 初回は管理者だけでよい
- 決定: 12/3 に管理者向け ^d-9xw2me
- [ ] 招待状を送る @sato due:2026-11-28 ^t-8f3kq0
  - 補足の行

#### 次の会

### 気づき

- 引き継ぎ会を申し出る #引き継ぎ ^i-7ke4n1

### 社内メモ

- 予算は来期
- 二行の
  メモ

## 2026-10-14 前回 ^m-0000b2

### 決定事項

- 前回の決定 ^d-00000a
"""
TOML = """[team]
name = "t"
lang = "ja"
timezone = "Asia/Tokyo"

[store]
branch = "main"

[members.sato]
name = "佐藤"
email = "sato@example.com"
"""
PATH = "accounts/acme.md"
REF = "acme/m-4k7q2x"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store with one document, made once; to be copied."""
    root = tmp_path_factory.mktemp("editing") / "store"
    (root / "accounts").mkdir(parents=True)
    (root / "accounts/acme.md").write_text(DOCUMENT, "utf-8")
    (root / "kb.toml").write_text(TOML, "utf-8")
    (root / ".gitignore").write_text(".kb/\n", "utf-8")
    git = ["git", "-C", root, "-c", "user.name=x", "-c", "user.email=x@example.com"]
    for words in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    return root


@pytest.fixture
def ctx(made, tmp_path, monkeypatch):
    """The team's context in a store of one's own."""
    monkeypatch.setenv("KB_NOW", "2026-11-25T15:00:00+09:00")
    root = shutil.copytree(made, tmp_path / "store")
    opened = open_context(str(root), "sato", lang="ja")
    yield opened
    opened.close()


def write(ctx, text):
    (ctx.root / PATH).write_text(text, "utf-8", newline="")


def text(ctx):
    return (ctx.root / PATH).read_bytes().decode()


def line_of(words, document=DOCUMENT):
    return next(n for n, row in enumerate(document.splitlines(), 1) if words in row)


def opened(ctx, words):
    return editing.opened(ctx, REF, Place("line", line_of(words)))


def changed(ctx, words, **fields):
    form = opened(ctx, words)
    edit = Change(form.place, form.base, form.fields | fields)
    return editing.save(ctx, REF, edit)


def differences(ctx):
    """Return the lines that are new, and those that are gone."""
    old, new = DOCUMENT.splitlines(), text(ctx).splitlines()
    return [row for row in new if row not in old], [row for row in old if row not in new]


@pytest.mark.parametrize(
    ("words", "fields", "new"),
    [
        ("12/3", {"text": "12/4 に管理者向け"}, "- 決定: 12/4 に管理者向け ^d-9xw2me"),
        ("初回は", {"text": "二回目から"}, "- お客様: 二回目から"),
        (
            "招待状",
            {"text": "案内を送る"},
            "- [ ] 案内を送る @sato due:2026-11-28 ^t-8f3kq0",
        ),
        (
            "招待状",
            {"owner": "tanaka", "due": "2026/12/1"},
            "- [ ] 招待状を送る @tanaka due:2026-12-01 ^t-8f3kq0",
        ),
        ("招待状", {"owner": "", "due": ""}, "- [ ] 招待状を送る ^t-8f3kq0"),
        ("引き継ぎ会", {"text": "早めに申し出る #早め"}, "- 早めに申し出る #早め ^i-7ke4n1"),
        ("予算は", {"text": "予算は今期"}, "- 予算は今期"),
        ("進め方", {"title": "段取り"}, "#### 段取り ^a-2m8q41"),
        ("進め方", {"stance": "1回でよい"}, "- スタンス: 1回でよい"),
        ("次の会", {"stance": "年明けに"}, "- スタンス: 年明けに"),
        ("担当の", {"text": "交代で落ちた"}, "- 交代で落ちた ^h-3f9a7c"),
        ("担当の", {"because": "61→45%"}, "  - 根拠: 61→45%"),
        ("担当の", {"test": "当日尋ねる"}, "  - 検証: 当日尋ねる"),
        ("担当の", {"confidence": "80％"}, "  - 確信度: 80%"),
    ],
)
def test_exactly_the_words_that_were_typed_change(ctx, words, fields, new):
    edited = changed(ctx, words, **fields)
    added, gone = differences(ctx)
    assert added == [new]
    assert len(gone) <= 1
    assert edited.commit
    assert edited.line == line_of(words)


def test_a_line_that_nobody_changed_keeps_every_byte(ctx):
    for words in ("12/3", "招待状", "引き継ぎ会", "予算は", "進め方", "担当の", "二行の"):
        assert changed(ctx, words).commit is None
    assert text(ctx) == DOCUMENT


def test_an_emptied_field_goes_and_an_emptied_line_is_refused(ctx):
    with pytest.raises(WrongUse, match="text-empty"):
        changed(ctx, "12/3", text=" ")
    with pytest.raises(WrongUse, match="bad-confidence"):
        changed(ctx, "担当の", confidence="99")
    with pytest.raises(WrongUse, match="bad-date"):
        changed(ctx, "招待状", due="いつか")
    changed(ctx, "担当の", because="")
    assert differences(ctx) == ([], ["  - 根拠: 61→48%"])


@pytest.mark.parametrize(
    "hostile",
    [
        "a\n- b",
        "a\n## 2026-01-01 x",
        "<!-- a",
        "```\na",
        "決定: b",
        "a ^d-00000a",
        "[ ] a",
        "# a",
        "a\n\n\nb",
        "| a |\n|---|",
        "a #社内",
        "[[acme#^t-8f3kq0]]",
        "a @tanaka due:2026-01-01",
        "\\",
        "---",
    ],
)
@pytest.mark.parametrize("words", ["12/3", "招待状", "予算は", "引き継ぎ会", "担当の", "初回は"])
def test_what_is_typed_stays_one_item_and_comes_back(words, hostile):
    document = parse(DOCUMENT.encode(), DEFAULT_NAMES)
    after = rewrite(document, item_at(document, line_of(words)), hostile)
    wanted = "\n".join(part.strip() for part in hostile.splitlines() if part.strip())
    if words == "招待状":
        wanted = wanted.removesuffix(" @tanaka due:2026-01-01")
    assert words_of(item_at(after, line_of(words))) == wanted
    rows = after.data.decode().splitlines()
    assert all(other in rows or words in other for other in DOCUMENT.splitlines())
    assert [one.ids for one in after.meetings] == [one.ids for one in document.meetings]


def test_a_line_and_a_topic_are_removed_with_what_is_below(ctx):
    form = opened(ctx, "招待状")
    assert form.below == 1
    editing.save(ctx, REF, Change(form.place, form.base, {}, remove=True))
    assert "招待状" not in text(ctx)
    assert "補足の行" not in text(ctx)
    form = editing.opened(ctx, REF, Place("line", line_of("進め方", text(ctx))))
    editing.save(ctx, REF, Change(form.place, form.base, {}, remove=True))
    _, gone = differences(ctx)
    assert len(gone) == 6
    assert "#### 次の会" in text(ctx)


def test_title_times_and_attendees(ctx):
    form = editing.opened(ctx, REF, Place("head"))
    assert form.fields == {
        "title": "第4四半期レビュー",
        "start": "14:00",
        "end": "14:50",
        "attendees": "田中様 / @sato",
    }
    fields = {"title": "年末の会", "start": "15:30", "end": "16:00", "attendees": "鈴木様 / @sato"}
    editing.save(ctx, REF, Change(Place("head"), form.base, fields))
    assert differences(ctx)[0] == [
        "## 2026-11-25 15:30 年末の会 ^m-4k7q2x",
        "- 時間: 15:30–16:00",
        "- 出席: 鈴木様 / @sato",
    ]
    with pytest.raises(WrongUse, match="bad-times"):
        editing.save(ctx, REF, Change(Place("head"), form.base, fields | {"end": "15:00"}))
    with pytest.raises(WrongUse, match="bad-time"):
        editing.save(ctx, REF, Change(Place("head"), form.base, fields | {"end": "25:00"}))


def test_a_meeting_without_an_id_keeps_its_name_when_its_title_changes(ctx):
    write(ctx, DOCUMENT.replace(" ^m-4k7q2x", ""))
    row = next(one for one in ctx.catalogue.meetings("acme") if one.date == "2026-11-25")
    ref = f"acme/{row.id}"
    form = editing.opened(ctx, ref, Place("head"))
    editing.save(ctx, ref, Change(Place("head"), form.base, form.fields | {"title": "別の題"}))
    assert f"## 2026-11-25 14:00 別の題 ^{row.id}" in text(ctx)


def test_a_stretch_as_it_is_written(ctx):
    form = editing.opened(ctx, REF, Place("text", line_of("### 社内メモ")))
    assert form.fields["text"] == "- 予算は来期\n- 二行の\n  メモ"
    edit = Change(form.place, form.base, {"text": "表にした\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"})
    editing.save(ctx, REF, edit)
    assert "### 社内メモ\n\n表にした\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## 2026-10-14" in text(
        ctx
    )
    whole = editing.opened(ctx, REF, Place("text"))
    assert whole.fields["text"].startswith("- 時間: 14:00")
    for bad in ("## 2026-01-01 neu", "<!-- offen", "```\noffen"):
        with pytest.raises(WrongUse, match="body-unsafe"):
            editing.save(ctx, REF, Change(whole.place, whole.base, {"text": bad}))


def test_line_ends_of_the_document_stay(ctx):
    write(ctx, DOCUMENT.replace("\n", "\r\n"))
    changed(ctx, "二行の", text="三\n行の\nメモ")
    assert "- 三\r\n  行の\r\n  メモ\r\n" in text(ctx)
    assert "\n" not in text(ctx).replace("\r\n", "")


# --- two people ---------------------------------------------------------------------------------


def test_a_stale_form_is_merged_with_what_others_wrote(ctx):
    form = opened(ctx, "12/3")
    changed(ctx, "初回は", text="全員でもよい")
    write(ctx, text(ctx).replace("### アジェンダ\n\n####", "### アジェンダ\n\n- 先に一言\n\n####"))
    edited = editing.save(ctx, REF, Change(form.place, form.base, {"text": "12/4 にする"}))
    after = text(ctx)
    assert "- お客様: 全員でもよい" in after
    assert "- 先に一言" in after
    assert after.splitlines()[edited.line - 1] == "- 決定: 12/4 にする ^d-9xw2me"


def conflict(ctx, words="12/3", theirs=None, mine=None, **more):
    form = opened(ctx, words)
    changed(ctx, words, **(theirs or {"text": "12/3 に全員向け"}))
    edit = Change(
        form.place, form.base, form.fields | (mine or {"text": "12/4 に管理者向け"}), **more
    )
    before = text(ctx)
    with pytest.raises(TwoTexts) as found:
        editing.save(ctx, REF, edit)
    assert text(ctx) == before, "nothing is written"
    assert ctx.store.kept() == []
    return edit, found.value


@pytest.mark.parametrize(
    ("pick", "lines"),
    [
        ("both", ["- 決定: 12/3 に全員向け ^d-9xw2me", "- 決定: 12/4 に管理者向け"]),
        ("theirs", ["- 決定: 12/3 に全員向け ^d-9xw2me"]),
        ("mine", ["- 決定: 12/4 に管理者向け ^d-9xw2me"]),
    ],
)
def test_two_texts_for_one_line_wait_for_a_choice(ctx, pick, lines):
    edit, found = conflict(ctx)
    (row,) = choices(found.places)
    assert (row.theirs, row.mine) == (
        "- 決定: 12/3 に全員向け ^d-9xw2me",
        "- 決定: 12/4 に管理者向け ^d-9xw2me",
    )
    editing.save(ctx, REF, edit, Choice(found.digest, (pick,)))
    assert [row for row in text(ctx).splitlines() if row.startswith("- 決定")] == lines


def test_what_only_one_changed_of_the_line_is_merged_even_then(ctx):
    edit, found = conflict(
        ctx,
        "招待状",
        {"text": "案内を送る", "due": "2026-12-02"},
        {"text": "招待状を出す"},
    )
    editing.save(ctx, REF, edit, Choice(found.digest, ("mine",)))
    assert "- [ ] 招待状を出す @sato due:2026-12-02 ^t-8f3kq0" in text(ctx)


def test_both_titles_and_both_times_stay_too(ctx):
    edit, found = conflict(ctx, "進め方", {"title": "やり方"}, {"title": "段取り"})
    editing.save(ctx, REF, edit, Choice(found.digest, ("both",)))
    assert "#### やり方 / 段取り ^a-2m8q41" in text(ctx)
    edit, found = conflict(ctx, "担当の", {"confidence": "60"}, {"confidence": "80"})
    editing.save(ctx, REF, edit, Choice(found.digest, ("both",)))
    assert "  - 確信度: 60%\n    - 確信度\\: 80%\n" in text(ctx)


def test_a_choice_counts_only_for_the_texts_that_were_looked_at(ctx):
    edit, found = conflict(ctx)
    changed(ctx, "12/3", text="12/5 に全員向け")
    with pytest.raises(TwoTexts) as again:
        editing.save(ctx, REF, edit, Choice(found.digest, ("mine",)))
    assert again.value.digest != found.digest
    with pytest.raises(TwoTexts):
        editing.save(ctx, REF, edit, Choice(again.value.digest, ()))


def test_a_line_that_moved_is_opened_where_it_stands_now(ctx):
    blob = opened(ctx, "12/3").base
    write(ctx, DOCUMENT.replace("# アクメ\n", "# アクメ\n\n一言\n"))
    form = editing.opened(ctx, REF, Place("line", line_of("12/3")), blob)
    assert form.place.line == line_of("12/3") + 2
    changed_line = DOCUMENT.replace("12/3", "12/9")
    write(ctx, changed_line)
    form = editing.opened(ctx, REF, Place("line", line_of("12/3")), blob)
    assert (form.base, form.fields["text"]) == (blob, "12/3 に管理者向け")


def test_a_version_that_nobody_knows_and_a_line_that_is_none_are_refused(ctx):
    for base in ("0" * 40, "HEAD", "--help", ""):
        with pytest.raises(NotFound, match="edit-base-gone"):
            editing.save(ctx, REF, Change(Place("line", 1), base, {"text": "x"}))
    base = opened(ctx, "12/3").base
    with pytest.raises(NotFound, match="no-item"):
        editing.save(ctx, REF, Change(Place("line", line_of("前回の決定")), base, {"text": "x"}))


def test_a_line_that_somebody_changed_is_not_removed_by_who_had_not_seen_that(ctx):
    form = opened(ctx, "12/3")
    changed(ctx, "12/3", text="12/3 に全員向け")
    editing.save(ctx, REF, Change(form.place, form.base, {}, remove=True))
    assert "- 決定: 12/3 に全員向け ^d-9xw2me" in text(ctx)

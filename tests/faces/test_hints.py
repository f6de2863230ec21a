"""What is said besides the answer, and in whose words a command may be given."""

import pytest

ACME = "accounts/acme.md"


def test_a_line_for_a_cancelled_meeting_or_an_archived_account_is_written_with_a_hint(kb, team):
    kb("meeting", "cancel", "acme/2026-11-25")
    said = kb("add", "acme/2026-11-25", "memo", "中止のあとの一言")
    assert said.err == (
        "acme の 2026-11-25 のミーティングは中止になっていますが、そのまま書きました。\n"
    )
    kb("account", "archive", "acme")
    archived = "顧客 acme は保管済みですが、そのまま書きました。\n"
    assert archived in kb("add", "acme/2026-11-25", "memo", "もう一言").err
    assert kb("meeting", "new", "acme", "--date", "2026-12-02").err == archived
    text = (team / ACME).read_text("utf-8")
    assert "中止のあとの一言" in text
    assert "もう一言" in text


def test_the_answer_names_the_topic_that_was_chosen(kb, team):
    kb("add", "acme", "topic", "進め方")
    said = kb("add", "acme", "said", "よい")
    assert said.out.endswith("論点: 進め方\n")
    assert kb("add", "acme", "said", "とてもよい", "--json").json["topic"] == "進め方"
    assert kb("add", "acme", "memo", "x", "--json").json["topic"] is None
    assert "論点" not in kb("add", "acme", "said", "よくない", "--under", "進め方").out


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("仮説", "hypotheses"),
        ("論点", "topics"),
        ("決定", "decisions"),
        ("決定事項", "decisions"),
        ("TODO", "todos"),
        ("気づき", "insights"),
        ("要望", "requests"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--as", "sato")])
def test_kinds_have_japanese_names(kb, team, word, shown, more):
    id_ = kb(*more, "add", "acme", word, "一行の文", "--json").json["id"]
    assert id_ in [one["id"] for one in kb("meeting", "show", "acme", "--json").json[shown]]


def test_kinds_have_japanese_names_in_unusual_words_too(kb, team):
    kb("add", "acme", "--under=1", "お客様", "--", "-の声", code=None)
    kb("add", "acme", "メモ", "--", "- 先頭が線")
    assert "先頭が線" in kb("meeting", "show", "acme", "--json").json["memo"]


def test_verdicts_have_japanese_names(kb, team):
    id_ = kb("add", "acme", "事前仮説", "引き継ぎがない", "--json").json["id"]
    kb("verdict", id_, "棄却")
    (claim,) = kb("meeting", "show", "acme", "--json").json["hypotheses"]
    assert claim["verdict"] == "refuted"


def test_what_is_missing_is_explained_in_japanese(kb, team):
    assert kb("meeting", "show", code=2).err.startswith(
        "ミーティングの指定 (REF) が抜けています。\n"
    )
    assert kb("add", "acme", "詩", "x", code=2).err.startswith(
        "種類 (KIND) にその言葉は使えません。"
    )


def test_a_store_without_a_good_language_speaks_the_locales(kb, team):
    settings = team / "kb.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('language = "ja"', 'language = "fr"'), "utf-8")
    for locale, begin in (("C", "kb.toml line"), ("ja_JP.UTF-8", "kb.toml の")):
        said = kb("todo", code=2, KB_LANG="", LC_ALL=locale)
        assert said.err.startswith(begin)


def test_no_store_is_said_with_the_whole_folder(kb, tmp_path, monkeypatch):
    monkeypatch.delenv("KB_STORE", raising=False)
    said = kb("todo", code=3, cwd=tmp_path)
    assert str(tmp_path) in said.err


def test_minutes_after_the_end_are_plain_numbers(kb, team):
    said = kb("meeting", "close", "acme/2026-11-25", now="2029-12-31T09:00:00+09:00", lang="en")
    assert "Minutes complete 1629730 minutes after the end" in said.out


def test_who_is_no_member_is_told_so_in_one_breath(kb, team):
    said = kb("add", "acme", "memo", "x", "--as", "誰か <bb@x>")
    assert said.err == (
        "bb@x は、このチームのメンバーとして登録されていません。変更はその名前で記録されます。"
        "kb.toml の [members] にご自身を足してください。\n"
    )
    assert kb("todo", "--as", "誰か <bb@x>").err == ""


def test_cancelling_and_moving_name_the_customer_and_the_day(kb, team):
    moved = kb("meeting", "move", "acme/2026-11-25", "2026-11-26").out
    assert moved.startswith("アクメ株式会社 の 2026-11-25 のミーティング")
    cancelled = kb("meeting", "cancel", "acme/2026-11-26").out
    assert cancelled.startswith("アクメ株式会社 の 2026-11-26 のミーティング")
    assert cancelled.endswith("を中止にしました。\n")


def test_an_owner_without_a_name_is_refused(kb, team):
    assert kb("todo", "--owner", "", "--json", code=2).error["code"] == "bad-owner"


@pytest.mark.parametrize(
    ("pasted", "memo"),
    [
        ("- 一行目\n- 二行目\n", "- 一行目\n  二行目"),
        ("- 一行目\n  続き\n", "- 一行目\n  続き"),
        ("・一行目", "- 一行目"),
        ("-5%になった", "- -5%になった"),
    ],
)
def test_a_pasted_list_gets_a_first_line_of_its_words(kb, team, pasted, memo):
    kb("add", "acme", "memo", "-", stdin=pasted.encode())
    assert f"\n{memo}\n" in (team / ACME).read_text("utf-8")


def test_english_counts_need_no_plural(kb, team):
    assert "1 documents" not in kb("reindex", lang="en").out

"""The first hour on the command line: every kind of line, ticks, verdicts, and where they go."""

import subprocess

import pytest

KINDS = {
    "hypothesis": (
        *("管理者の交代で利用が落ちている", "--because", "利用率 61→48%", "--test", "当日尋ねる"),
        *("--impact", "売上 +120万円/年", "--confidence", "70"),
    ),
    "topic": ("再オンボーディングの進め方", "--stance", "12月前半に2回、実施したい"),
    "said": ("初回は管理者だけでよい", "--under", "再オン"),
    "decision": ("12/3 に管理者向けを行う", "--under", "1"),
    "todo": ("招待状を送る", "--owner", "sato", "--due", "2026-11-28"),
    "insight": ("交代が決まった時点で引き継ぎ会を申し出る #引き継ぎ",),
    "request": ("CSVで書き出したい",),
    "memo": ("更新は前向き",),
}
AS_A_PERSON_WOULD = """\
## 2026-11-25 14:00 定例 ^m-rtyea3

- 時間: 14:00–14:50
- 出席: / @sato

### 事前仮説

- 管理者の交代で利用が落ちている ^{hypothesis}
  - 根拠: 利用率 61→48%
  - 検証: 当日尋ねる
  - 効果: 売上 +120万円/年
  - 確信度: 70%

### アジェンダ

#### 再オンボーディングの進め方 ^{topic}

- スタンス: 12月前半に2回、実施したい
- お客様: 初回は管理者だけでよい
- お客様: 「CSVで書き出したい」 #要望 ^{request}
- 決定: 12/3 に管理者向けを行う ^{decision}

### 決定事項

### TODO

- [ ] 招待状を送る @sato due:2026-11-28 ^{todo}

### 気づき

- 交代が決まった時点で引き継ぎ会を申し出る #引き継ぎ ^{insight}

### 社内メモ

- 更新は前向き
"""


def document(team):
    return (team / "accounts" / "acme.md").read_text("utf-8")


def test_a_meeting_with_each_kind_of_line(kb, team, git):
    added = {}
    for kind, words in KINDS.items():
        before = git(team, "rev-parse", "HEAD")
        added[kind] = kb("add", "acme/2026-11-25", kind, *words, "--json").json
        assert git(team, "status", "--porcelain") == ""
        assert git(team, "rev-list", f"{before}..HEAD").split() == [added[kind]["commit"]]
        line = document(team).splitlines()[added[kind]["line"] - 1]
        assert words[0].split(" #")[0] in line
        assert added[kind]["path"] == "accounts/acme.md"
    given = {kind: answer["id"] for kind, answer in added.items() if answer["id"]}
    assert set(given) == set(KINDS) - {"said", "memo"}
    assert document(team).endswith(AS_A_PERSON_WOULD.format(**given))
    log = git(team, "log", "-1", "--format=%an <%ae>|%s|%(trailers:key=Kb-Meeting,valueonly)")
    assert log.startswith("佐藤 恭平 <sato@example.com>|acme 2026-11-25: 社内メモを追加|m-rtyea3")

    shown = kb("meeting", "show", "acme/2026-11-25", "--json").json
    (claim,) = shown["hypotheses"]
    assert claim["id"] == given["hypothesis"]
    assert claim["confidence"] == 70
    assert claim["because"] == "利用率 61→48%"
    (topic,) = shown["topics"]
    assert topic["stance"] == "12月前半に2回、実施したい"
    assert topic["said"][0]["text"] == "初回は管理者だけでよい"
    assert [one["id"] for one in topic["decisions"]] == [given["decision"]]
    (todo,) = shown["todos"]
    assert (todo["owner"], todo["due"], todo["promise"]) == ("sato", "2026-11-28", True)
    assert [one["id"] for one in shown["insights"]] == [given["insight"]]
    assert [one["id"] for one in shown["requests"]] == [given["request"]]
    assert "更新は前向き" in shown["memo"]


def test_messages_and_words_follow_the_language_of_the_store(kb, tmp_path, as_sato, git):
    root = tmp_path / "team"
    kb("init", root, "--lang", "en")
    kb("account", "add", "acme", "--name", "Acme Inc.", cwd=root)
    kb("meeting", "new", "acme", "--date", "2026-11-25", "--title", "Sync", cwd=root, lang="ja")
    kb("add", "acme", "topic", "Onboarding", cwd=root)
    kb("add", "acme", "said", "managers only", cwd=root)
    assert git(root, "log", "-1", "--format=%s") == "acme 2026-11-25: add what the customer said"
    assert "- Customer: managers only\n" in (root / "accounts" / "acme.md").read_text()


def test_gits_own_index_goes_along(kb, team, git):
    kb("add", "acme", "said", "この行が残る")
    (team / "note.txt").write_text("x")
    git(team, "add", "note.txt")
    git(team, "commit", "-qm", "x")
    assert "この行が残る" in git(team, "show", "HEAD:accounts/acme.md")


def test_what_was_typed_stays_one_line_of_its_kind(kb, team):
    kb("add", "acme", "topic", "論点")
    kb("add", "acme", "said", "x\n- 決定: y")
    kb("add", "acme", "todo", "a\n\n## 2026-12-01 b\n<!-- ^t-aaaaaa")
    shown = kb("meeting", "show", "acme/2026-11-25", "--json").json
    (said,) = shown["topics"][0]["said"]
    assert said["text"].startswith("x")
    assert shown["decisions"] == []
    assert len(shown["todos"]) == 1
    assert kb("meeting", "list", "acme", "--json").json["total"] == 1


def test_text_from_standard_input(kb, team):
    kb("add", "acme", "memo", "-", stdin="一行目\n二行目\n".encode())
    assert "- 一行目\n  二行目\n" in document(team)
    kb("add", "acme", "memo", "-", stdin=b"\xff\xfe\x80", code=2)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-25T13:00:00+09:00", "2026-11-25"),  # an hour before
        ("2026-11-25T14:20:00+09:00", "2026-11-25"),  # going on
        ("2026-11-25T15:20:00+09:00", "2026-11-25"),  # half an hour after, next week's prepared
        ("2026-11-26T08:00:00+09:00", "2026-12-02"),  # the next day
        ("2027-01-01T08:00:00+09:00", "2026-12-02"),  # nothing ahead: the latest
    ],
)
def test_the_meeting_that_an_account_means(kb, team, now, day):
    kb("meeting", "new", "acme", "--date", "2026-12-02", "--start", "14:00", "--title", "次回")
    kb("add", "acme/2026-12-02", "hypothesis", "来週の仮説")
    kb("add", "acme", "insight", "ここに入る", now=now)
    shown = kb("meeting", "show", f"acme/{day}", "--json").json
    assert [one["text"] for one in shown["insights"]] == ["ここに入る"]


def test_names_of_a_meeting(kb, team):
    made = kb("meeting", "new", "acme", "--date", "2026-11-25", "--start", "17:00", "--json").json
    error = kb("add", "acme/2026-11-25", "memo", "x", "--json", code=2).error
    assert error["code"] == "two-meetings"
    assert "acme/2026-11-25T14:00" in error["message"]
    assert "acme/2026-11-25T17:00" in error["message"]
    kb("add", "acme/2026-11-25T17:00", "memo", "夕方のほう")
    kb("add", made["id"], "memo", "idで")
    kb("add", f"acme/{made['id']}", "memo", "顧客とidで")
    evening = kb("meeting", "show", made["id"], "--json").json
    assert all(text in evening["memo"] for text in ("夕方のほう", "idで", "顧客とidで"))


def test_an_account_in_a_folder(kb, team, git):
    (team / "accounts" / "east").mkdir()
    git(team, "mv", "accounts/acme.md", "accounts/east/acme.md")
    git(team, "commit", "-qm", "move")
    added = kb("add", "acme/2026-11-25", "memo", "x", "--json").json
    assert added["path"] == "accounts/east/acme.md"


def test_a_topic_by_number_id_and_start(kb, team):
    first = kb("add", "acme", "topic", "価格の話", "--json").json["id"]
    kb("add", "acme", "topic", "価格ではない話")
    for number, under in enumerate(("2", first, "価格の")):
        kb("add", "acme", "said", f"言葉{number}", "--under", under)
    topics = kb("meeting", "show", "acme/2026-11-25", "--json").json["topics"]
    assert [[one["text"] for one in topic["said"]] for topic in topics] == [
        ["言葉1", "言葉2"],
        ["言葉0"],
    ]
    assert kb("add", "acme", "said", "x", "--under", "価格", "--json", code=2).error["code"] == (
        "topic-ambiguous"
    )
    assert kb("add", "acme", "said", "x", "--under", "無い", "--json", code=3).error["code"] == (
        "no-topic"
    )


def test_the_same_words_twice_are_two_todos(kb, team):
    ids = [kb("add", "acme", "todo", "送る", "--json").json["id"] for _ in range(3)]
    assert len(set(ids)) == 3
    kb("done", ids[1])
    left = kb("todo", "--json").json["items"]
    assert [row["id"] for row in left] == [ids[0], ids[2]]


def test_an_owner_whom_nobody_knows_is_pointed_at(kb, team):
    answer = kb("add", "acme", "todo", "送る", "--owner", "@dareka", "--json")
    assert answer.json["id"]
    assert "@dareka" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert "- [ ] 送る @dareka ^" in document(team)
    assert kb("add", "acme", "todo", "送る2", "--owner", "sato").err == ""


def test_done_with_an_id_that_is_not_written_yet(kb, team):
    path = team / "accounts" / "acme.md"
    path.write_text(document(team).replace("### TODO\n", "### TODO\n\n- [ ] 手で書いた\n"))
    (row,) = kb("todo", "--json").json["items"]
    assert "^t-" not in document(team)
    answer = kb("done", row["id"], "--json").json
    assert answer["id"] == row["id"]
    assert f"- [x] 手で書いた ^{row['id']}\n" in document(team)
    assert kb("todo", "--json").json["total"] == 0
    again = kb("done", row["id"], "--json").json
    assert again["commit"] is None


def test_a_todo_carried_over_twice_counts_once_and_is_done_everywhere(kb, team):
    todo = kb("add", "acme", "todo", "見積もりを送る", "--owner", "sato", "--json").json["id"]
    for day in ("2026-12-02", "2026-12-09"):
        kb("meeting", "new", "acme", "--date", day, "--start", "14:00", "--title", "定例")
    assert document(team).count(f"[[acme#^{todo}]]") == 2
    assert kb("todo", "--json").json["total"] == 1
    kb("done", f"[[acme#^{todo}]]")
    assert kb("todo", "--json").json["total"] == 0
    assert kb("todo", "--all", "--json").json["total"] == 1
    kb("meeting", "new", "acme", "--date", "2026-12-16", "--start", "14:00", "--title", "定例")
    assert document(team).count(f"[[acme#^{todo}]]") == 2


def test_todos_by_owner_account_and_day(kb, team):
    kb("account", "add", "beta", "--name", "ベータ")
    kb("meeting", "new", "beta", "--date", "2026-11-20", "--title", "初回")
    kb("add", "beta", "todo", "早い", "--owner", "sato", "--due", "2026-11-21")
    kb("add", "acme", "todo", "遅い", "--owner", "tanaka", "--due", "2026-12-01")
    kb("add", "acme", "todo", "期日なし")
    rows = kb("todo", "--json").json
    assert rows["total"] == 3
    assert [row["text"] for row in rows["items"]] == ["早い", "遅い", "期日なし"]
    assert list(rows["items"][0]) == [
        *("id", "text", "owner", "due", "done", "overdue", "promise"),
        *("account", "date", "path", "line"),
    ]
    assert [row["text"] for row in kb("todo", "--overdue", "--json").json["items"]] == ["早い"]
    assert kb("todo", "--owner", "@sato", "--json").json["total"] == 1
    assert kb("todo", "--account", "acme", "--json").json["total"] == 2
    assert "早い" in kb("todo").out
    kb("todo", "--account", "nobody", code=3)
    assert "nobody" in kb("todo", "--owner", "nobody").err


def test_verdicts_are_appended_and_the_later_wins(kb, team):
    claim = kb("add", "acme", "hypothesis", "仮説", "--because", "理由", "--json").json["id"]
    kb("verdict", claim, "supported", "--quote", "その通りです")
    assert "  - 判定: 支持 「その通りです」\n" in document(team)
    kb("verdict", claim, "refuted", now="2026-12-03T10:00:00+09:00")
    assert "  - 判定: 棄却 (2026-12-03)\n" in document(team)
    (shown,) = kb("meeting", "show", "acme/2026-11-25", "--json").json["hypotheses"]
    assert shown["verdict"] == "refuted"
    assert "支持" in document(team)


def test_a_verdict_on_a_claim_that_has_no_id_yet(kb, team):
    path = team / "accounts" / "acme.md"
    path.write_text(document(team).replace("### アジェンダ", "- 手で書いた仮説\n\n### アジェンダ"))
    shown = kb("meeting", "show", "acme/2026-11-25", "--json").json["hypotheses"]
    answer = kb("verdict", shown[0]["id"], "mixed", "--quote", "半分は", "--json").json
    assert answer["id"] == shown[0]["id"]
    assert f"- 手で書いた仮説 ^{answer['id']}\n  - 判定: 一部 「半分は」\n" in document(team)


def test_ids_of_another_kind_are_refused(kb, team):
    todo = kb("add", "acme", "todo", "送る", "--json").json["id"]
    claim = kb("add", "acme", "hypothesis", "仮説", "--json").json["id"]
    assert kb("done", claim, "--json", code=2).error["code"] == "not-a-todo"
    assert kb("verdict", todo, "mixed", "--json", code=2).error["code"] == "not-a-hypothesis"
    assert kb("done", "t-000000", "--json", code=3).error["code"] == "no-id"
    assert kb("done", "x", "--json", code=2).error["code"] == "bad-id"


def test_options_that_would_be_lost_are_refused(kb, team):
    for words in (
        ("said", "x", "--owner", "sato"),
        ("memo", "x", "--under", "1"),
        ("todo", "x", "--confidence", "70"),
        ("hypothesis", "x", "--stance", "y"),
    ):
        assert kb("add", "acme", *words, "--json", code=2).error["code"] == "option-not-here"


def test_deleting_what_is_derived_changes_no_answer(kb, team):
    kb("add", "acme", "todo", "送る", "--owner", "sato")
    before = kb("todo", "--json").out
    subprocess.run(["rm", "-rf", str(team / ".kb")], check=True)
    assert kb("todo", "--json").out == before


def test_another_branch_and_back_parses_nothing(kb, team, git):
    kb("add", "acme", "todo", "送る")
    git(team, "checkout", "-qb", "other")
    (team / "accounts" / "acme.md").write_text("# 別\n\n## 2026-11-25 別\n\n### TODO\n\n- [ ] 別\n")
    git(team, "commit", "-qam", "other")
    assert [row["text"] for row in kb("todo", "--json").json["items"]] == ["別"]
    git(team, "checkout", "-q", "main")
    assert [row["text"] for row in kb("todo", "--json").json["items"]] == ["送る"]
    git(team, "checkout", "-q", "other")
    git(team, "checkout", "-q", "main")
    answer = kb("doctor", "--json").json
    assert answer == {"problems": [], "parsed": 0}

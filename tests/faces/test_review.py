"""Reviews from the command line: from asking to approving, and what an approval outlives."""

import re

import pytest

TEAM = """
[members.nakamura]
name = "中村 沙英"

[units.east]
name = "東ユニット"
lead = "takahashi"
members = ["sato", "mori"]
"""
REF = "acme/2026-11-25"
APPROVED = re.compile(r"^## \S+ approved .*$", re.MULTILINE)


@pytest.fixture
def unit(colleagues, kb, git):
    """The store of acme with five members, and a meeting that is prepared."""
    team = colleagues
    config = team / "kb.toml"
    config.write_text(config.read_text("utf-8") + TEAM, "utf-8")
    path = team / "accounts" / "acme.md"
    path.write_text(path.read_text("utf-8").replace("csm: ", "unit: east\ncsm: "), "utf-8")
    git(team, "-c", "user.name=佐藤", "-c", "user.email=sato@example.com", "commit", "-qam", "x")
    assert "csm: sato" in path.read_text("utf-8")
    kb(
        *("add", REF, "hypothesis", "管理者の交代で利用が落ちている", "--because", "61→48%"),
        *("--test", "引き継ぎを尋ねる", "--confidence", "70"),
    )
    kb("add", REF, "topic", "再オンボーディング", "--stance", "12月に二回行う")
    return team


@pytest.fixture
def asked(unit, kb):
    """The same, with a review asked for from mori."""
    return kb("review", "request", REF, "検証に自信がありません", "--to", "mori", "--json").json


def document(root):
    return (root / "accounts" / "acme.md").read_text("utf-8")


def thread_of(root, made):
    return (root / made["path"]).read_text("utf-8")


def as_(who, *args):
    return (*args, "--as", who)


# Asking


def test_asking_writes_the_thread_and_the_ids_in_one_commit(unit, kb, git):
    path = unit / "accounts" / "acme.md"
    path.write_text(re.sub(r" \^[mha]-\w{6}", "", document(unit)))  # as somebody wrote it by hand
    git(unit, "commit", "-qam", "von Hand")
    before = git(unit, "rev-list", "--count", "HEAD")
    made = kb("review", "request", REF, "見てください", "--json").json
    assert int(git(unit, "rev-list", "--count", "HEAD")) == int(before) + 1
    changed = git(unit, "show", "--format=%s", "--name-only", "HEAD").split("\n")
    assert changed[0] == "acme 2026-11-25: レビューを依頼"
    assert sorted(changed[2:]) == ["accounts/acme.md", made["path"]]
    meeting = kb("meeting", "show", REF, "--json").json
    assert made["path"] == f"reviews/{meeting['id']}-pre.md"
    assert f"^{meeting['id']}" in document(unit)
    assert (made["of"], made["kind"]) == (f"acme#^{meeting['id']}", "pre")
    assert (made["state"], made["author"]) == ("open", "sato")
    assert made["due"] == "2026-11-25T10:00:00+09:00"  # four hours before 14:00
    (event,) = made["events"]
    assert (event["type"], event["by"], event["verified"]) == ("requested", "sato", True)
    assert event["text"] == "見てください"
    assert event["to"] == made["reviewers"]
    assert made["review"].startswith("r-")
    assert git(unit, "status", "--porcelain") == ""


def test_turns_go_round_the_unit_and_never_to_the_author(unit, kb):
    assert kb("review", "request", REF, "--json").json["reviewers"] == ["mori"]
    kb("meeting", "new", "acme", "--date", "2026-12-02")
    kb("add", "acme/2026-12-02", "hypothesis", "もう一つ")
    assert kb("review", "request", "acme/2026-12-02", "--json").json["reviewers"] == ["takahashi"]


def test_who_is_away_is_passed_over(unit, kb, git):
    config = unit / "kb.toml"
    text = config.read_text("utf-8")
    away = 'email = "mori@example.com"\naway = ["2026-11-23/2026-11-27"]'
    config.write_text(text.replace('email = "mori@example.com"', away), "utf-8")
    assert kb("review", "request", REF, "--json").json["reviewers"] == ["takahashi"]


def test_asking_again_goes_to_the_same_people(asked, kb):
    again = kb("review", "request", REF, "直しました", "--json").json
    assert again["review"] == asked["review"]
    assert [one["to"] for one in again["events"]] == [["mori"], ["mori"]]


@pytest.mark.parametrize(
    ("args", "code", "error"),
    [
        (("--to", "sato"), 6, "review-to-author"),
        (("--to", "nobody"), 2, "unknown-member"),
        (("--kind", "adoption"), 2, "review-kind"),
        (("--as", "Fremd <x@example.org>"), 2, "review-no-member"),
    ],
)
def test_what_can_not_be_asked(unit, kb, args, code, error):
    before = document(unit)
    assert kb("review", "request", REF, *args, "--json", code=code).error["code"] == error
    assert document(unit) == before
    assert not (unit / "reviews").exists() or not list((unit / "reviews").glob("*.md"))


def test_an_empty_preparation_is_nothing_to_review(unit, kb):
    kb("meeting", "new", "acme", "--date", "2026-12-02")
    failed = kb("review", "request", "acme/2026-12-02", "--json", code=2)
    assert failed.error["code"] == "review-empty"


def test_minutes_are_reviewed_after_the_meeting(unit, kb):
    failed = kb("review", "request", REF, "--kind", "post", "--json", code=2)
    assert failed.error["code"] == "review-not-held"
    later = "2026-11-25T16:00:00+09:00"
    kb("add", REF, "decision", "二回行う", now=later)
    made = kb("review", "request", REF, "--json", now=later).json
    assert (made["kind"], made["due"]) == ("post", None)


# Approving


def test_an_approval_outlives_ids_the_customers_words_and_a_verdict(asked, unit, kb):
    done = kb(*as_("mori", "review", "approve", asked["review"], "よい準備です", "--json")).json
    assert (done["state"], done["approvals"]) == ("approved", ["mori"])
    claim = kb("meeting", "show", REF, "--json").json["hypotheses"][0]["id"]
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace(f" ^{claim}", f" ^{claim} ^h-zzzzzz"))  # a second id
    path.write_text(document(unit).replace("12月に二回行う", "12月に二回行う  "))
    assert "^h-zzzzzz" in document(unit)
    kb("add", REF, "said", "引き継ぎ資料がなかった", "--under", "1")
    kb("add", REF, "decision", "二回行う", "--under", "1")
    kb("verdict", claim, "supported", "--quote", "資料がなかった")
    kb("meeting", "close", REF, now="2026-11-25T14:53:00+09:00")
    after = kb("review", "show", asked["review"], "--json").json
    assert after["state"] == "approved"
    assert after["edited_since"] is None


def test_one_word_of_a_claim_makes_it_edited_since_with_the_difference(asked, unit, kb):
    kb(*as_("mori", "review", "approve", REF))
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace("利用が落ちている", "利用が大きく落ちている"))
    after = kb("review", "show", REF, "--json").json
    assert (after["state"], after["outdated"]) == ("stale", ["mori"])
    assert after["edited_since"]["by"] == "mori"
    assert after["edited_since"]["changes"] == [
        {
            "part": "claim",
            "was": "管理者の交代で利用が落ちている",
            "now": "管理者の交代で利用が大きく落ちている",
        }
    ]
    assert after["events"][-1]["current"] is False
    shown = kb("review", "show", REF).out
    assert "承認後に変更あり @mori" in shown
    assert "「管理者の交代で利用が落ちている」→「管理者の交代で利用が大きく落ちている」" in shown
    path.write_text(document(unit).replace("利用が大きく落ちている", "利用が落ちている"))
    assert kb("review", "show", REF, "--json").json["state"] == "approved"


def test_what_was_edited_by_hand_is_in_the_history_before_it_is_approved(asked, unit, kb, git):
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace("利用が落ちている", "利用が落ち込んでいる"))
    kb(*as_("mori", "review", "approve", REF))
    assert git(unit, "status", "--porcelain") == ""
    path.write_text(document(unit).replace("利用が落ち込んでいる", "利用が伸びている"))
    (changed,) = kb("review", "show", REF, "--json").json["edited_since"]["changes"]
    assert changed["was"] == "管理者の交代で利用が落ち込んでいる"


def test_people_of_other_languages_read_it_in_theirs(asked, kb):
    kb(*as_("mori", "review", "changes", REF, "x"))
    shown = kb("review", "show", REF, lang="en").out
    assert "pre-review  [changes wanted @mori]" in shown
    assert "Written by @sato; asked: @mori" in shown
    failed = kb(*as_("mori", "review", "close", "r-zzzzzz"), lang="en", code=3)
    assert failed.err.startswith("There is no review “r-zzzzzz”.")
    assert kb("review", "--help", lang="en").out.count("kb review") >= 3


def test_an_approval_can_be_taken_back(asked, kb):
    kb(*as_("mori", "review", "approve", REF))
    kb(*as_("mori", "undo"))
    assert kb("review", "show", REF, "--json").json["state"] == "open"


def test_confidence_is_part_of_what_was_approved(asked, unit, kb):
    kb(*as_("mori", "review", "approve", REF))
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace("確信度: 70%", "確信度: 90%"))
    changed = kb("review", "show", REF, "--json").json["edited_since"]["changes"]
    assert changed == [{"part": "confidence", "was": "70%", "now": "90%"}]


def test_the_authors_own_approval_is_not_allowed(asked, unit, kb):
    before = thread_of(unit, asked)
    failed = kb("review", "approve", REF, "--json", code=6)
    assert failed.error["code"] == "review-author"
    assert thread_of(unit, asked) == before


def test_a_co_authors_approval_is_not_allowed_either(asked, unit, kb, git):
    kb(*as_("takahashi", "add", REF, "hypothesis", "もう一つの仮説"))
    assert kb(*as_("takahashi", "review", "approve", REF), code=6)
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace("もう一つの仮説", "もう一つの別の仮説"))
    who = ("-c", "user.name=佐藤", "-c", "user.email=sato@example.com")
    trailer = "直す\n\nCo-authored-by: 伊藤 航 <ito@example.com>"
    git(unit, *who, "commit", "-qam", trailer)
    assert kb(*as_("ito", "review", "approve", REF), code=6)
    assert kb(*as_("mori", "review", "approve", REF, "--json")).json["state"] == "approved"


def test_who_only_wrote_minutes_or_ids_may_approve_the_preparation(asked, kb):
    kb(*as_("takahashi", "add", REF, "memo", "メモ"))
    kb(*as_("takahashi", "review", "comment", REF, "どうでしょう"))
    kb(*as_("takahashi", "review", "approve", REF))


def test_a_member_without_an_address_counts_too(asked, kb):
    done = kb(*as_("nakamura", "review", "approve", REF, "--json")).json
    assert (done["state"], done["approvals"]) == ("approved", ["nakamura"])


def test_a_handwritten_approval_of_another_member_does_not_count(asked, unit, kb, git):
    kb(*as_("mori", "review", "approve", REF))
    (line,) = APPROVED.findall(thread_of(unit, asked))
    git(unit, "revert", "--no-edit", "HEAD")
    path = unit / asked["path"]
    path.write_text(path.read_text("utf-8") + f"\n{line}\n")
    digest = re.search(r"digest:(\S+)", line)[1]
    other = f"## 2026-11-25T09:30:00+09:00 approved @takahashi digest:{digest} ^e-zzzzzz"
    path.write_text(path.read_text("utf-8") + f"\n{other}\n")
    for commit in (False, True):  # in the work tree only, then committed by sato
        if commit:
            git(unit, "commit", "-qam", "von Hand")
        found = kb("review", "show", REF, "--json").json
        assert "takahashi" not in found["approvals"]
        (forged,) = (one for one in found["events"] if one["id"] == "e-zzzzzz")
        assert forged["verified"] is False
    assert "数えません" in kb("review", "show", REF).out
    kept = kb("meeting", "show", REF, "--json").json["reviews"]
    assert kept == [{"review": asked["review"], "kind": "pre", "state": "approved"}]
    assert f"事前レビュー: 承認 @mori  {asked['review']}" in kb("meeting", "show", REF).out
    assert found["approvals"] == ["mori"]  # her line had been hers when it first came
    kb(*as_("takahashi", "review", "approve", REF))
    assert "takahashi" in kb("review", "show", REF, "--json").json["approvals"]


def test_changing_the_type_of_ones_line_makes_it_another_event(asked, unit, kb, git):
    kb(*as_("mori", "review", "changes", REF, "根拠に数字を"))
    path = unit / asked["path"]
    text = path.read_text("utf-8").replace("changes-requested @mori", "approved @mori")
    path.write_text(text)
    git(unit, "commit", "-qam", "von Hand")
    found = kb("review", "show", REF, "--json").json
    assert (found["state"], found["approvals"]) == ("open", [])


def test_approving_twice_is_once(asked, kb, git, unit):
    kb(*as_("mori", "review", "approve", REF))
    head = git(unit, "rev-parse", "HEAD")
    kb(*as_("mori", "review", "approve", REF))
    assert git(unit, "rev-parse", "HEAD") == head


def test_changes_wait_for_the_same_reviewer(asked, kb):
    kb(*as_("mori", "review", "changes", REF, "根拠に数字を一つ"))
    assert kb(*as_("takahashi", "review", "approve", REF, "--json")).json["state"] == "changes"
    done = kb(*as_("mori", "review", "approve", REF, "--json")).json
    assert (done["state"], done["approvals"]) == ("approved", ["takahashi", "mori"])


# Comments, suggestions, sharing


def test_a_comment_stands_on_any_id_with_its_type(asked, kb):
    claim = kb("meeting", "show", REF, "--json").json["hypotheses"][0]["id"]
    said = kb(
        *as_("mori", "review", "comment", REF, "5月は？", "--on", claim, "--type", "根拠", "--json")
    ).json["events"][-1]
    assert (said["type"], said["on"], said["comment_type"]) == ("commented", claim, "evidence")
    answer = kb("review", "comment", REF, "入れました", "--on", said["id"], "--json").json
    assert answer["events"][-1]["comment_type"] is None
    unknown = kb("review", "comment", REF, "x", "--on", "h-zzzzzz", "--json", code=3)
    assert unknown.error["code"] == "no-id"
    assert kb("review", "comment", REF, "x", "--on", "huh", code=2)


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_nothing_said_is_no_comment(asked, kb, text):
    assert kb("review", "comment", REF, text, "--json", code=2).error["code"] == "text-empty"
    assert kb(*as_("mori", "review", "changes", REF, text, "--json"), code=2)


def test_a_comment_can_forge_no_event(asked, unit, kb):
    line = "## 2026-11-25T09:30:00+09:00 approved @mori digest:pre1:0 ^e-zzzzzz"
    text = f"お願いします\n{line}\r{line}\u2028{line}\n---\n<!-- \x07 ^e-aaaaaa"
    made = kb("review", "comment", REF, text, "--json").json
    assert [one["type"] for one in made["events"]] == ["requested", "commented"]
    assert made["events"][-1]["text"].count("## 2026-11-25T09:30") == 3
    assert kb("review", "comment", REF, "a\0b", "--json", code=2).error["code"] == "text-nul"


def test_a_suggestion_is_taken_in_one_step_and_makes_nobody_a_co_author(asked, unit, kb, git):
    claim = kb("meeting", "show", REF, "--json").json["hypotheses"][0]["id"]
    args = ("review", "suggest", REF, "検証: 設定を触れる人の数を数える", "--on", claim, "--json")
    offer = kb(*as_("mori", *args)).json["events"][-1]
    assert offer["text"] == "- old: 検証: 引き継ぎを尋ねる\n- new: 検証: 設定を触れる人の数を数える"
    before = int(git(unit, "rev-list", "--count", "HEAD"))
    done = kb("review", "accept", REF, offer["id"], "--json").json
    assert int(git(unit, "rev-list", "--count", "HEAD")) == before + 1
    assert "  - 検証: 設定を触れる人の数を数える\n" in document(unit)
    assert f"管理者の交代で利用が落ちている ^{claim}" in document(unit)
    assert done["events"][-1]["on"] == offer["id"]
    assert done["authors"] == ["sato"]
    again = kb("review", "accept", REF, offer["id"], "--json", code=2)
    assert again.error["code"] == "suggestion-taken"
    assert kb(*as_("mori", "review", "approve", REF, "--json")).json["state"] == "approved"


def test_a_suggestion_for_words_that_are_gone_is_refused(asked, unit, kb):
    claim = kb("meeting", "show", REF, "--json").json["hypotheses"][0]["id"]
    args = ("review", "suggest", REF, "利用が落ちた", "--on", claim, "--json")
    offer = kb(*as_("mori", *args)).json["events"][-1]
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace("利用が落ちている", "利用が伸びている"))
    before = (document(unit), thread_of(unit, asked))
    failed = kb("review", "accept", REF, offer["id"], "--json", code=4)
    assert failed.error["code"] == "suggestion-stale"
    assert "利用が落ちている" in failed.error["message"]
    assert (document(unit), thread_of(unit, asked)) == before


@pytest.mark.parametrize(
    ("text", "options", "new"),
    [
        ("スタンス: 11月に一回", ("--on", "TOPIC"), "- スタンス: 11月に一回"),
        ("進め方", ("--on", "TOPIC"), "#### 進め方 ^TOPIC"),
        ("根拠: 52%", ("--on", "MEETING"), "  - 根拠: 52%"),
        ("効果なし", ("--on", "CLAIM", "--old", "61→48"), "  - 根拠: 効果なし"),
        ("# <!-- 見出し ^h-aaaaaa", ("--on", "CLAIM"), "- \\# \\<!-- 見出し \\^h-aaaaaa ^CLAIM"),
    ],
)
def test_lines_of_every_kind_can_be_said_otherwise(asked, unit, kb, text, options, new):
    meeting = kb("meeting", "show", REF, "--json").json
    names = {
        "TOPIC": meeting["topics"][0]["id"],
        "CLAIM": meeting["hypotheses"][0]["id"],
        "MEETING": meeting["id"],
    }
    given = [names.get(one, one) for one in options]
    offer = kb(*as_("mori", "review", "suggest", REF, text, *given, "--json")).json["events"][-1]
    kb("review", "accept", REF, offer["id"])
    for name, id_ in names.items():
        new = new.replace(name, id_)
    assert f"{new}\n" in document(unit)


def test_a_field_that_is_lacking_can_be_suggested(asked, unit, kb):
    claim = kb("meeting", "show", REF, "--json").json["hypotheses"][0]["id"]
    args = ("review", "suggest", REF, "効果: 更新 +120万円/年", "--on", claim, "--json")
    offer = kb(*as_("mori", *args)).json["events"][-1]
    again = kb(*as_("mori", *args)).json["events"][-1]
    assert (offer["old"], offer["new"]) == ("", "効果: 更新 +120万円/年")
    assert "いま: （なし）" in kb("review", "show", REF).out
    kb("review", "accept", REF, offer["id"])
    meeting = kb("meeting", "show", REF, "--json").json
    assert meeting["hypotheses"][0]["impact"] == "更新 +120万円/年"
    assert document(unit).count("効果:") == 1  # the template's blank line was filled
    failed = kb("review", "accept", REF, again["id"], "--json", code=4)
    assert failed.error["code"] == "suggestion-not-lacking"
    bare = kb("add", REF, "hypothesis", "欄のない仮説", "--json").json["id"]
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace(f"欄のない仮説 ^{bare}", f"欄のない仮説 ^{bare}\n"))
    offer = kb(*as_("mori", "review", "suggest", REF, "検証: 尋ねる", "--on", bare, "--json"))
    kb("review", "accept", REF, offer.json["events"][-1]["id"])
    claims = kb("meeting", "show", REF, "--json").json["hypotheses"]
    assert [one["test"] for one in claims] == ["引き継ぎを尋ねる", "尋ねる"]


def test_what_can_not_be_suggested(asked, kb):
    meeting = kb("meeting", "show", REF, "--json").json
    claim = meeting["hypotheses"][0]["id"]
    kb("meeting", "new", "acme", "--date", "2026-12-02")
    other = kb("add", "acme/2026-12-02", "hypothesis", "よそ", "--json").json["id"]

    def refused(code, error, text, *options):
        failed = kb("review", "suggest", REF, text, *options, "--json", code=code)
        assert failed.error["code"] == error

    refused(2, "suggest-elsewhere", "x", "--on", other)
    refused(2, "suggest-same", "検証: 引き継ぎを尋ねる", "--on", claim)
    refused(3, "suggest-no-line", "x", "--on", claim, "--old", "そんな行はない")
    refused(3, "suggest-no-line", "x", "--on", meeting["id"])
    refused(2, "text-empty", " ", "--on", claim)
    assert kb("review", "accept", REF, "e-zzzzzz", code=3)
    assert kb("review", "accept", REF, "", "--json", code=2).error["code"] == "suggestion-unnamed"


def test_a_phrase_worth_sharing_is_an_insight_of_who_said_it(asked, unit, kb):
    comment = "5月との比べ方が効いています。この書き方は見せたいです。"
    kb(*as_("mori", "review", "comment", REF, comment))
    made = kb("review", "share", REF, "5月との比べ方が効いています", "--json").json
    assert made["by"] == "mori"
    insight = kb("meeting", "show", REF, "--json").json["insights"][0]
    assert (insight["id"], insight["text"]) == (made["id"], "5月との比べ方が効いています")
    below = document(unit).split(f"^{made['id']}\n")[1].split("\n")[0]
    assert "@mori" in below
    assert made["event"] in below
    assert asked["review"] in below
    own = kb("review", "share", REF, "だれも言っていない言葉", "--json").json
    assert (own["by"], own["event"]) == ("sato", None)


def test_who_asks_is_told_what_reviewers_asked_for_most_often(asked, kb):
    assert asked["often"] is None
    for text, about in (("a", "evidence"), ("b", "evidence"), ("c", "impact"), ("d", "evidence")):
        kb(*as_("mori", "review", "comment", REF, text, "--type", about))
    kb("review", "comment", REF, "own", "--type", "wording")
    again = kb("review", "request", REF, "--json").json
    assert again["often"] == {"type": "evidence", "times": 3, "of": 4}
    assert "多かった指摘は「根拠」です（4件中3件）" in kb("review", "request", REF).out
    assert kb(*as_("takahashi", "review", "request", REF, "--json")).json["often"] is None
    next_year = "2027-11-20T09:00:00+09:00"
    assert (
        kb("review", "request", REF, "--kind", "pre", "--json", now=next_year).json["often"] is None
    )


# Finding, closing


def test_a_review_is_found_by_its_meeting_where_it_has_one(asked, unit, kb):
    meeting = kb("meeting", "show", REF, "--json").json["id"]
    for word in (asked["review"], REF, "acme", meeting, f"acme#^{meeting}"):
        assert kb("review", "show", word, "--json").json["review"] == asked["review"]
    later = "2026-11-25T16:00:00+09:00"
    kb("add", REF, "decision", "決めた", now=later)
    post = kb("review", "request", REF, "--json", now=later).json["review"]
    failed = kb("review", "show", REF, "--json", code=2)
    assert failed.error["code"] == "review-ambiguous"
    kb("review", "close", asked["review"])
    assert kb("review", "show", REF, "--json").json["review"] == post
    assert kb("review", "show", "r-zzzzzz", "--json", code=3).error["code"] == "no-review"


def test_nothing_goes_into_a_closed_review(asked, unit, kb):
    closed = kb("review", "close", REF, "判定は支持でした", "--json").json
    assert closed["state"] == "closed"
    before = thread_of(unit, asked)
    for words in (
        ("comment", REF, "x"),
        ("approve", REF),
        ("changes", REF, "x"),
        ("close", REF),
        ("request", REF),
    ):
        failed = kb(*as_("mori", "review", *words, "--json"), code=6)
        assert failed.error["code"] == "review-closed"
    assert thread_of(unit, asked) == before
    stranger = kb(*as_("ito", "review", "show", REF, "--json")).json
    assert stranger["state"] == "closed"


def test_only_who_has_to_do_with_it_closes_it(asked, kb):
    failed = kb(*as_("ito", "review", "close", REF, "--json"), code=6)
    assert failed.error["code"] == "review-not-yours"
    kb(*as_("takahashi", "review", "close", REF))  # a lead


# What needs somebody


def test_the_oldest_due_comes_first_with_what_helps(asked, unit, kb):
    kb("meeting", "new", "acme", "--date", "2026-11-24", "--start", "10:00")
    old = kb("add", "acme/2026-11-24", "hypothesis", "管理者が代わると利用が落ちる", "--json").json[
        "id"
    ]
    kb("verdict", old, "refuted", "--quote", "落ちていません")
    kb("account", "add", "birch", "--name", "バーチ", "--csm", "ito")
    kb("meeting", "new", "birch", "--date", "2026-11-20")
    like = kb("add", "birch", "hypothesis", "管理者の交代で利用が落ちる", "--json").json["id"]
    kb("add", "birch", "hypothesis", "価格は論点ではない")
    kb("verdict", like, "supported", "--quote", "引き継ぎがなかった")
    kb("meeting", "new", "birch", "--date", "2026-11-25", "--start", "12:00")
    kb("add", "birch/2026-11-25", "hypothesis", "急ぎの仮説")
    first = kb("review", "request", "birch/2026-11-25", "--to", "mori", "--json").json
    found = kb(*as_("mori", "review", "next", "--json")).json
    assert (found["review"], found["waiting"]) == (first["review"], 2)  # 8:00 is before 10:00
    kb(*as_("mori", "review", "approve", first["review"]))
    found = kb(*as_("mori", "review", "next", "--json")).json
    assert (found["review"], found["waiting"]) == (asked["review"], 1)
    assert {"part": "claim", "text": "管理者の交代で利用が落ちている"} in found["lines"]
    (earlier,) = found["earlier"]
    assert (earlier["id"], earlier["verdict"]) == (old, "refuted")
    assert earlier["quote"] == "落ちていません"
    (similar,) = found["similar"]
    assert (similar["id"], similar["account"], similar["verdict"]) == (like, "birch", "supported")
    assert 0.2 <= similar["similarity"] <= 1
    assert not {"sato", "佐藤"} & set(map(str, earlier.values()))
    text = kb(*as_("mori", "review", "next")).out
    assert "このお客様のこれまでの仮説: 1件（棄却 1）" in text
    assert "ほかの顧客の似た仮説: 1件（支持 1）" in text
    kb("add", "acme/2026-11-24", "hypothesis", "担当の方は忙しい")
    text = kb(*as_("mori", "review", "next")).out
    assert "このお客様のこれまでの仮説: 2件（棄却 1・判定待ち 1）" in text
    kb(*as_("mori", "review", "approve", asked["review"]))
    assert kb(*as_("mori", "review", "next", "--json")).json == {"review": None, "waiting": 0}


def test_next_shows_only_what_changed_since_one_looked(asked, unit, kb):
    kb(*as_("mori", "review", "changes", REF, "数字を"))
    assert kb(*as_("mori", "review", "next", "--json")).json["review"] is None
    path = unit / "accounts" / "acme.md"
    path.write_text(document(unit).replace("61→48%", "61→48%、10月"))
    found = kb(*as_("mori", "review", "next", "--json")).json
    assert found["edited_since"]["changes"] == [
        {"part": "why", "was": "61→48%", "now": "61→48%、10月"}
    ]


def test_a_meeting_that_is_over_waits_for_nobody(asked, kb):
    after = "2026-11-25T15:00:00+09:00"
    assert kb(*as_("mori", "review", "next", "--json"), now=after).json["review"] is None
    assert kb(*as_("mori", "review", "approve", REF, "--json"), now=after).json["approvals"]


def todays(kb, who):
    items = kb(*as_(who, "today", "--json")).json["items"]
    return [(one["ref"], one["reason"]) for one in items if one["kind"] == "review"]


def test_today_says_who_waits_for_whom(asked, kb):
    assert todays(kb, "mori") == [
        (asked["review"], "@sato さんからのレビューの依頼です （期限 11/25(水)）")
    ]
    assert todays(kb, "sato") == todays(kb, "ito") == []
    kb(*as_("mori", "review", "changes", REF, "数字を"))
    assert todays(kb, "mori") == []
    assert "@mori さんから差し戻しがありました" in todays(kb, "sato")[0][1]
    kb("review", "comment", REF, "入れました")
    assert todays(kb, "sato") == []
    assert todays(kb, "mori") != []
    kb(*as_("mori", "review", "approve", REF))
    assert todays(kb, "mori") == todays(kb, "sato") == []


def reviews_wanted(kb, *args, **given):
    problems = kb("meeting", "check", REF, "--json", *args, **given).json["problems"]
    return [(one["severity"], one["message"]) for one in problems if one["code"] == "no-review"]


def test_the_check_reminds_of_a_review_and_requires_it_where_that_is_wanted(unit, kb):
    ((severity, message),) = reviews_wanted(kb)
    assert severity == "warning"
    assert f"kb review request {REF}" in message
    kb("review", "request", REF, "--to", "mori")
    assert reviews_wanted(kb) == []
    assert "@mori" in reviews_wanted(kb, now="2026-11-25T11:00:00+09:00")[0][1]
    kb(*as_("mori", "review", "changes", REF, "数字を"))
    assert "差し戻し" in reviews_wanted(kb)[0][1]
    config = unit / "kb.toml"
    text = re.sub(r"(?m)^pre_review *=.*$", "", config.read_text("utf-8"))
    config.write_text(text.replace("[policies]\n", '[policies]\npre_review = "require"\n'), "utf-8")
    assert reviews_wanted(kb, code=1)[0][0] == "error"
    after = "2026-11-25T14:53:00+09:00"
    assert (
        kb("meeting", "close", REF, "--json", code=6, now=after).error["code"] == "close-required"
    )
    kb(*as_("mori", "review", "approve", REF), now=after)
    kb("meeting", "close", REF, now=after)
    config.write_text(config.read_text("utf-8").replace('"require"', '"off"'), "utf-8")


def test_nobody_is_reminded_who_has_nobody_to_ask(team, kb):
    kb("add", REF, "hypothesis", "一人の仮説")
    assert reviews_wanted(kb) == []


# Documents that change around a review


def test_a_review_follows_its_meeting_and_its_account(asked, kb):
    kb("account", "rename", "acme", "acorn")
    kb("meeting", "move", "acorn", "2026-12-02")
    found = kb("review", "show", "acorn", "--json").json
    assert found["review"] == asked["review"]
    assert (found["account"], found["date"]) == ("acorn", "2026-12-02")
    assert found["due"] == "2026-12-02T10:00:00+09:00"
    kb(*as_("mori", "review", "approve", "acorn"))
    assert kb("review", "show", asked["review"], "--json").json["approvals"] == ["mori"]


def test_an_approval_after_the_start_counts_and_is_called_late(asked, kb):
    now = "2026-11-25T14:05:00+09:00"
    made = kb(*as_("mori", "review", "approve", REF, "--json"), now=now).json
    assert (made["state"], made["events"][-1]["late"]) == ("approved", True)
    assert "開始後の承認" in kb("review", "show", REF).out


def test_what_is_reviewed_may_be_gone(asked, unit, kb, git):
    (unit / "accounts" / "acme.md").unlink()
    git(unit, "commit", "-qam", "weg")
    found = kb("review", "list", "--json").json["items"]
    assert [(one["review"], one["title"]) for one in found] == [(asked["review"], None)]
    failed = kb(*as_("mori", "review", "approve", asked["review"], "--json"), code=3)
    assert failed.error["code"] == "review-gone"
    assert kb("review", "show", asked["review"])
    assert kb(*as_("mori", "review", "next", "--json")).json["review"] is None


@pytest.mark.parametrize(
    "data",
    [
        b"---\nreview: [x\n---\n## 2026-11-25T09:00:00+09:00 approved @mori ^e-aaaaaa\n\xff\n",
        b"---\nreview: r-aaaaaa\nkind: what\nof: {a: b}\ndue: soon\n---\n",
        b"## 2026-11-25T09:00:00 requested @mori to:@mori,@@,x ^e-aaaaaa\r\n## x\r## y",
        b"---\nreview: r-aaaaaa\nkind: adoption\nof: ../../etc\n---\n",
        b"## 2026-11-25T09:00:00Z commented @mori ^e-aaaaaa\n\n\x1b[31mred\x07\n",
    ],
)
def test_threads_that_somebody_spoiled_stop_nothing(asked, unit, kb, data):
    (unit / "reviews" / "spoiled.md").write_bytes(data)
    assert kb("review", "list", "--json").json["total"] == 2
    kb("review", "list")
    kb("review", "show", "spoiled", "--json")
    shown = kb("review", "show", "spoiled").out
    assert not {"\x1b", "\x07"} & set(shown)
    kb("today")
    assert kb(*as_("mori", "review", "next", "--json")).json["review"] == asked["review"]
    kb(*as_("mori", "review", "approve", REF))


def test_a_page_that_is_reviewed_anew_is_found_by_its_name(unit, kb):
    kb("review", "request", "p-handover-30", "--to", "mori")
    first = kb("review", "show", "p-handover-30", "--json").json
    assert (first["kind"], first["path"]) == ("adoption", "reviews/p-handover-30-adoption-1.md")
    kb("review", "close", "p-handover-30")
    kb("review", "request", "p-handover-30", "--to", "mori")
    second = kb("review", "show", "p-handover-30", "--json").json
    assert second["path"] == "reviews/p-handover-30-adoption-2.md"
    assert second["state"] == "open"
    assert kb("review", "request", "p-nowhere", "--json", code=3).error["code"] == "review-no-page"
    assert kb("review", "show", "p-nowhere", "--json", code=3).error["code"] == "no-review"

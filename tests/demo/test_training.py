"""Training over the sample team's history: nothing that came later is ever shown."""

import json
import os
import re
import shutil
import stat
import subprocess

import pytest

from kb.faces.cli import app
from kb.model.people import read_people
from kb.model.reading import Reader
from kb.text import frontmatter
from kb.text.outline import parse
from kb.wiring import open_context
from kb.work import training, training_results
from kb.work.training_names import Hider, hide_all

NOON = "2026-11-21T12:00:00+09:00"
OWN = {
    "sato": {"minasoko", "yuzuriha"},
    "mori": {"orikasa"},
    "takahashi": {"kanatake"},
    "nakamura": {"hibarino"},
    "ito": {"tomoshibi"},
    "emma": {"larkmoor", "quillhaven"},
}
WORDS = re.compile(r"^\s*(?:[-*]\s+)?(?:\[.\]\s+)?(?:[^\s:：]{1,8}[:：]\s*)?")


@pytest.fixture(scope="module")
def root(built, tmp_path_factory):
    copy = tmp_path_factory.mktemp("training") / "store"
    shutil.copytree(built.store, copy, symlinks=True)
    return copy


@pytest.fixture
def kb(root, capsys, monkeypatch):
    monkeypatch.setenv("KB_NOW", NOON)
    monkeypatch.setenv("KB_LANG", "ja")

    def run(*words, member="sato", code=0, as_json=True):
        capsys.readouterr()
        extra = ["--json"] if as_json else []
        ended = app.run(["--store", str(root), "--as", member, *extra, *map(str, words)])
        said = capsys.readouterr()
        assert ended == code, said
        if not as_json:
            return said.out
        return json.loads(said.out if ended == 0 else said.err)

    return run


@pytest.fixture
def ctx(root, monkeypatch):
    monkeypatch.setenv("KB_NOW", NOON)
    opened = open_context(str(root), "mori", lang="ja")
    yield opened
    opened.close()


def git(root, *words):
    done = subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)
    return done.stdout


def document(root, commit, account):
    """The document of an account in a commit, its front matter, and its claims by id."""
    data = git(root, "show", f"{commit}:accounts/{account}.md")
    front = frontmatter.read(data)
    members = frozenset(OWN)
    reader = Reader(
        data, parse(data).names, account=account, path="x", members=members,
        people=read_people(front),
    )  # fmt: skip
    meetings = [reader.read(one) for one in parse(data).meetings]
    claims = {claim.id: (claim, one) for one in meetings for claim in one.hypotheses}
    return data.decode(), front, claims


@pytest.fixture(scope="module")
def today(root):
    return {name.stem: document(root, "HEAD", name.stem) for name in (root / "accounts").glob("*")}


def test_every_judged_hypothesis_is_asked_and_none_of_ones_own(kb, today):
    judged = {
        (account, id_)
        for account, (_, _, claims) in today.items()
        for id_, (claim, _) in claims.items()
        if claim.verdict in ("supported", "refuted")
    }
    assert len(judged) == 57
    for member, own in OWN.items():
        items = kb("train", "--count", "999", member=member)["items"]
        asked = [(one["account"], one["id"]) for one in items]
        assert len(asked) == len(set(asked))
        assert set(asked) == {pair for pair in judged if pair[0] not in own}


def test_the_question_is_the_claim_as_it_stood_and_nothing_later_is_anywhere(kb, root, today):
    shown = {}
    for member in ("sato", "emma"):
        items = kb("train", "--count", "999", member=member)["items"]
        shown |= {one["id"]: one for one in items}
        page = kb("train", "--count", "999", member=member, as_json=False)
        for one, block in zip(items, page.split("\n\n"), strict=False):
            assert one["id"] in block
            name = today[one["account"]][1]["name"]
            assert re.sub("株式会社| Inc.| Pte. Ltd.", "", name) not in block
            assert one["account"] not in block.casefold()
            for account in today:
                assert account not in block.casefold(), "another customer's"
    assert len(shown) == 57
    for one in shown.values():
        account = one["account"]
        now, _, claims = today[account]
        last = git(root, "log", "-1", "--format=%cI", one["as_of"]).decode().strip()
        then, front, before = document(root, one["as_of"], account)
        claim, _ = before[one["id"]]
        meeting = claims[one["id"]][1]
        assert last < f"{meeting.date}T{meeting.start}:00+09:00"
        assert claim.verdict is None
        assert (one["text"], one["because"], one["test"]) == (claim.text, claim.because, claim.test)
        assert (one["segment"], one["stage"]) == (front["segment"], front["stage"])
        at_start = git(
            root, "rev-list", "-1", "--first-parent", "HEAD",
            f"--before={meeting.date}T{meeting.start}:00+09:00",
        ).decode().strip()  # fmt: skip
        assert document(root, at_start, account)[0] == then, "it is the last text before the start"
        said = json.dumps(one, ensure_ascii=False)
        for line in set(now.splitlines()) - set(then.splitlines()):
            words = re.sub(r"\s\^[a-z]-\w{6}$", "", WORDS.sub("", line)).strip("「」 ")
            if len(words) > 5 and words not in then:
                assert words not in said
        assert not {"verdict", "quote", "supported", "refuted", "支持", "棄却"} & set(
            said.split('"')
        )


def test_what_was_known_is_shown_for_the_commit_of_a_question(kb):
    for one in kb("train", "--count", "999")["items"]:
        then = kb("asof", one["as_of"], one["account"])
        assert then["commit"] == one["as_of"]
        (claim,) = [
            claim
            for meeting in then["meetings"]
            for claim in meeting["hypotheses"]
            if claim["id"] == one["id"]
        ]
        assert (claim["text"], claim["verdict"]) == (one["text"], None)
    assert kb("asof", one["as_of"][:12], one["account"])["text"] == then["text"]
    assert kb("asof", "deadbeef", "minasoko", code=2)["error"]["code"] == "bad-moment"


def test_the_order_is_the_members_own_and_nothing_comes_twice_before_the_end(kb, root):
    first = [one["id"] for one in kb("train", "--count", "999", member="mori")["items"]]
    other = [one["id"] for one in kb("train", "--count", "999", member="ito")["items"]]
    assert first == [one["id"] for one in kb("train", "--count", "999", member="mori")["items"]]
    assert [id_ for id_ in first if id_ in other] != [id_ for id_ in other if id_ in first]
    kb("train", "answer", first[0], "70", member="mori")
    rest = [one["id"] for one in kb("train", "--count", "999", member="mori")["items"]]
    assert rest == [*first[1:], first[0]]
    (root / ".git/kb/training/mori.jsonl").unlink()


def test_answers_stay_beside_the_repository_and_only_the_first_counts(kb, root):
    head = git(root, "rev-parse", "HEAD")
    question = kb("train", "--count", "1", member="nakamura")["items"][0]
    told = kb("train", "answer", question["id"], "95%", member="nakamura")
    assert told["held"] == (told["verdict"] == "supported")
    assert told["account"] == question["account"]
    assert told["counted"]
    again = kb("train", "answer", question["id"], "5", member="nakamura")
    assert not again["counted"]
    missed = again if told["held"] else told
    assert missed["reading"][-1]["ref"] == f"{told['account']}/{told['date']}"
    assert not (told if told["held"] else again)["reading"]
    score = kb("train", "score", member="nakamura")
    assert (score["answered"], score["enough"]) == (1, False)
    assert score["brier"] == round((0.95 - told["held"]) ** 2, 6)
    assert [(b["from"], b["to"], b["n"], b["held"]) for b in score["calibration"] if b["n"]] == [
        (90, 100, 1, int(told["held"]))
    ]
    file = root / ".git/kb/training/nakamura.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text().splitlines()) == 2
    assert git(root, "rev-parse", "HEAD") == head
    assert not git(root, "status", "--porcelain")


def test_a_line_that_was_cut_off_loses_only_itself(ctx, kb, root):
    for one in kb("train", "--count", "2", member="mori")["items"]:
        kb("train", "answer", one["id"], "60", member="mori")
    file = root / ".git/kb/training/mori.jsonl"
    junk = b'[]\n{"at": 5}\n{"at": "2026-11-21"}\n7\n\xff\n'
    file.write_bytes(junk + file.read_bytes()[:-20])
    assert len(training_results.answers(ctx, "mori")) == 1
    kb("train", "answer", kb("train", "--count", "1", member="mori")["items"][0]["id"], "60",
       member="mori")  # fmt: skip
    assert len(training_results.answers(ctx, "mori")) == 2
    file.unlink()


@pytest.mark.parametrize("value", ["4", "96", "0.7", "x", "", "70 5"])
def test_a_probability_is_5_to_95(kb, value):
    error = kb("train", "answer", "h-4q1bdm", value, code=2)["error"]
    assert error["code"] == "train-probability"


@pytest.mark.parametrize("id_", ["h-zz19tr", "h-6hg8ez", "h-tb3jpf", "h-000000", "t-8f3kq0", ""])
def test_what_is_no_question_says_so(kb, id_):
    """One's own, one that waits, one that is mixed, none, and a TODO."""
    assert kb("train", "answer", id_, "70", code=3)["error"]["code"] == "train-no-question"


def test_a_stranger_is_asked_for_a_name(kb):
    error = kb("train", member="X <x@example.org>", code=2)["error"]
    assert error["code"] == "train-no-member"


def test_twenty_answers_say_something_and_are_shared_on_demand(kb, root):
    items = kb("train", "--count", "20", member="emma")["items"]
    for one in items[:19]:
        kb("train", "answer", one["id"], "70", member="emma")
    few = kb("train", "score", member="emma", as_json=False)
    assert "19問" in few
    assert "ブライア" not in few
    kb("train", "answer", items[19]["id"], "70", member="emma")
    score = kb("train", "score", member="emma")
    assert score["enough"]
    assert "ブライアスコア" in kb("train", "score", member="emma", as_json=False)
    shared = kb("train", "score", "--share", member="emma")["shared"]
    assert shared["path"] == "training/emma.csv"
    assert git(root, "show", "HEAD:training/emma.csv").decode().splitlines() == [
        "date,answered,brier,baseline",
        f"2026-11-21,20,{score['brier']:.3g},{score['baseline']:.3g}",
    ]
    assert git(root, "show", "--format=%an", "--name-only", "HEAD").decode().split("\n\n") == [
        "Emma Lindqvist",
        "training/emma.csv\n",
    ]
    assert kb("train", "score", "--share", member="emma")["shared"]["commit"] is None


def test_the_baseline_knows_only_what_had_ended_before(ctx):
    wanted = {one.at: one for one in training.questions(ctx, 999)}
    seen = []
    for moment in sorted(wanted):
        ended = training._ended(ctx, moment)
        assert len(ended) >= len(seen)
        seen = ended
    assert training._ended(ctx, min(wanted)) == []
    assert len(training._ended(ctx, ctx.now)) == 57


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("アクメ株式会社の利用が戻る", "顧客の利用が戻る"),
        ("アクメ様の利用が戻る。ACMEは", "顧客様の利用が戻る。顧客は"),
        ("利用が戻る", "利用が戻る"),
    ],
)
def test_the_customers_name_is_taken_out(text, shown):
    assert Hider(["アクメ株式会社", "acme"], "ja")(text) == shown
    english = Hider(["Larkmoor Instruments Pte. Ltd."], "en")
    assert english("Larkmoor Instruments stays") == "the customer stays"
    assert english("Larkmoor stays, larkmoors don't") == "the customer stays, larkmoors don't"
    short = Hider(["オリカサアウトドア株式会社", "株式会社ヒバリノ薬局"], "ja")
    assert (
        short("ヒバリノ様は薬局で、アウトドアのヒバリノ") == "顧客様は薬局で、アウトドアのヒバリノ"
    )
    assert short("オリカサアウトドアは、オリカサ様の") == "顧客は、顧客様の"


ACCOUNTS = [
    ("kanatake", "カナタケ精機株式会社"),
    ("north-star", "Northstar Foods Inc."),
    ("pilot", "パイロット物産"),
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It worked at Kanatake, see [[kanatake#^h-3e21e5]]",
         "It worked at another customer, see [[another customer#^h-3e21e5]]"),
        ("カナタケ精機でも、カナタケ様でも、カナタケでも効いた",
         "別の顧客でも、別の顧客様でも、別の顧客でも効いた"),
        ("Northstar and North Star: a pilot", "the customer and the customer: a pilot"),
        ("オートパイロットを使う", "オートパイロットを使う"),
    ],
)  # fmt: skip
def test_no_other_customer_is_named_on_a_page_either(text, shown):
    assert hide_all([text, None], "north-star", ACCOUNTS, "ja") == [shown, None]


def test_kb_help_imports_nothing_of_it():
    code = "import sys; from kb.faces.cli import app; app.run(['--help']); print(*sys.modules)"
    done = subprocess.run(
        ["python", "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert "kb.work.training" not in done.stdout

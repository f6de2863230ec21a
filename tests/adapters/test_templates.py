"""Templates: the built-in ones read as a person would write, hostile ones end in a sentence."""

import time

import pytest

from kb import starter
from kb.adapters import template_child
from kb.adapters.templates import render
from kb.errors import WrongUse
from kb.messages import say
from kb.text.escape import plain
from kb.text.outline import parse

NAME = "templates/ja/meeting.md.j2"


def values(**changed):
    empty = {
        "meeting": {"date": "2026-11-25", "start": "14:00", "end": "15:00", "title": "定例"},
        "account": {"name": "アクメ株式会社", "goal": None},
        "theirs": [],
        "ours": ["sato"],
        "carried": [],
        "undecided": [],
        "last_decisions": [],
        "principles": [],
        "cta": [],
    }
    return empty | changed


FULL = values(
    theirs=[{"name": "田中様", "role": "部長"}, {"name": "鈴木様", "role": None}],
    ours=["sato", "mori"],
    carried=[
        {
            "text": "見積もりを送る",
            "owner": "sato",
            "due": "2026-11-01",
            "since": "10/14",
            "link": "[[acme#^t-8f3kq0]]",
            "days_overdue": 24,
        },
        {
            "text": "名簿をいただく",
            "owner": None,
            "due": None,
            "since": "10/28",
            "link": "[[acme#^t-1c9d5z]]",
            "days_overdue": 0,
        },
    ],
    undecided=[{"title": "来期の体制", "link": "[[acme#^a-2m8q41]]"}],
    last_decisions=[{"text": "初回は管理者だけにする", "date": "2026-10-28"}],
    principles=[
        {
            "id": "p-value-90",
            "kind": "principle",
            "title": "効果を示す",
            "held": 5,
            "failed": 1,
            "use_when": "更新の前",
        }
    ],
    cta=[{"line": "更新の90日前です"}],
)


def built_in(path):
    return starter.files()[f"templates/{path}.md.j2"].decode()


FULL_JA = """\
## 2026-11-25 14:00 定例

- 時間: 14:00–15:00
- 出席: 田中様(部長), 鈴木様 / @sato @mori

### 事前仮説

-
  - 根拠:
  - 検証:
  - 効果:
  - 確信度:

<!-- 使えそうな行動原則: [[p-value-90]] 効果を示す (当たり5 / 外れ1)。使うとき: 更新の前 -->

### アジェンダ

#### 来期の体制 [[acme#^a-2m8q41]]

- スタンス:
- お客様:
- 決定:

####

- スタンス:
- お客様:
- 決定:

### 決定事項

### TODO

- 見積もりを送る (10/14より) [[acme#^t-8f3kq0]]
- 名簿をいただく (10/28より) [[acme#^t-1c9d5z]]

### 気づき

### 社内メモ

- 前回の決定: 初回は管理者だけにする (2026-10-28)
- CTA: 更新の90日前です
"""


def test_everything_carried_over_in_japanese():
    assert render(built_in("ja/meeting"), FULL, name=NAME) == FULL_JA


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("given", [values(), FULL, values(ours=[], cta=[{"line": "x"}])])
def test_blank_lines_as_a_person_sets_them(lang, given):
    text = render(built_in(f"{lang}/meeting"), given, name=NAME)
    lines = text.split("\n")
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not [line for line in lines if line != line.rstrip()]
    for number, line in enumerate(lines):
        if line.startswith("#") and number:
            assert lines[number - 1] == ""
            assert lines[number + 1] == "" or number + 2 == len(lines)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_new_meeting_reads_as_an_empty_one(lang):
    found = parse(render(built_in(f"{lang}/meeting"), values(), name=NAME).encode()).meetings
    assert len(found) == 1
    kinds = [section.kind for section in found[0].root.walk()]
    assert kinds == [
        *("meeting", "hypotheses", "agenda", "topic", "decisions", "todos", "insights", "memo")
    ]
    inner = [item for section in found[0].root.children for item in section.all_items()]
    assert inner
    assert all(item.blank for item in inner)


def test_an_unknown_time_leaves_no_line():
    meeting = {"date": "2026-11-25", "start": None, "end": None, "title": ""}
    text = render(built_in("ja/meeting"), values(meeting=meeting), name=NAME)
    assert text.startswith("## 2026-11-25\n\n- 出席: / @sato\n")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_candidate_principle_keeps_any_title(lang):
    from kb.text import frontmatter

    given = {
        "id": "p-x",
        "title": 'a "b" \\ c: d',
        "owner": "sato",
        "today": "2026-11-21",
        "verify_by": "2027-01-31",
        "mission": "",
        "evidence": [
            {
                "quote": "驚きました",
                "link": "[[acme#^h-3f9a7c]]",
                "date": "2026-10-28",
                "digest": "0" * 16,
                "commit": "abc",
            }
        ],
        "insights": [{"link": "[[acme#^i-7ke4n1]]", "text": ""}],
    }
    text = render(built_in(f"{lang}/principle"), given, name=NAME)
    assert frontmatter.read(text.encode())["title"] == 'a "b" \\ c: d'
    assert "[[acme#^h-3f9a7c]] 2026-10-28 item1:0000000000000000 commit:abc\n" in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_message_to_the_channel(lang):
    given = {
        "meeting": {"date": "2026-11-25", "title": "定例", "url": "", "minutes_after_end": 4},
        "account": {"name": "アクメ", "colour_text": ""},
        "csm": "佐藤",
        "decisions": [{"text": "一"}, {"text": "二"}],
        "todos": [{"text": "送る", "owner": "佐藤", "due": None, "ours": True}],
        "verdicts": [],
        "insights": [],
        "requests": [],
    }
    text = render(built_in(f"{lang}/slack"), given, name=NAME)
    assert "• 一\n• 二\n\n*TODO*\n• [" in text


HOSTILE = {
    "product": ("{{ 'a' * 2 * 10**8 }}", "greedy"),
    "long output": (
        "{% set x = 'a' * 10**6 %}{% for i in range(999) %}{{ x }}{% endfor %}",
        "long",
    ),
    "wide output": ("{{ '議' * 100000 }}", "long"),
    "nested loops": ("{% for a in range(9**5) %}" * 3 + "{% endfor %}" * 3, "greedy"),
    "range": ("{% for i in range(10**9) %}x{% endfor %}", "greedy"),
    "doubling": (
        "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x * 2 %}{% endfor %}",
        "greedy",
    ),
    "padding": ("{{ 'a' | center(10**9) }}", "greedy"),
    "format width": ("{{ '%1000000000d' | format(1) }}", "greedy"),
    "recursion": ("{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}", "greedy"),
    "brackets": ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "greedy"),
    "blocks": ("{% if 1 %}" * 3000 + "{% endif %}" * 3000, "greedy"),
    "class": ("{{ ''.__class__.__mro__ }}", "forbidden"),
    "class by key": ("{{ ''['__class__'] }}", "forbidden"),
    "class by filter": ("{{ '' | attr('__class__') }}", "forbidden"),
    "class by format": ("{{ '{0.__class__}'.format('') }}", "forbidden"),
    "globals": ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "forbidden"),
    "itself": ("{{ self.__init__.__globals__ }}", "forbidden"),
    "change a value": ("{{ meeting.update({'title': 'x'}) }}", "forbidden"),
    "include": ("{% include '/etc/passwd' %}", "include"),
    "import": ("{% import '../../kb.toml' as x %}", "include"),
    "extends": ("{% extends 'x' %}", "include"),
    "unfinished": ("{% if meeting %}", "syntax"),
    "unknown": ("{{ nothing }}", "unknown"),
    "division": ("{{ 1 / 0 }}", "failed"),
    "source": ("x" * 70_000, "source"),
}


@pytest.mark.parametrize("case", list(HOSTILE))
def test_a_hostile_template_ends_in_one_sentence(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source, expected = HOSTILE[case]
    began = time.monotonic()
    with pytest.raises(WrongUse) as caught:
        render(source, values(), name=NAME)
    assert time.monotonic() - began < 10
    assert caught.value.code == f"template-{expected}"
    for lang in ("ja", "en"):
        sentence, hint = say(caught.value.code, lang, **caught.value.params)
        assert NAME in sentence
        assert hint
        assert "\n" not in sentence
    assert not list(tmp_path.iterdir())


def test_the_sentence_names_line_and_value():
    with pytest.raises(WrongUse) as caught:
        render("## {{ meeting.date }}\n\n- {{ meeting.colour }}\n", values(), name=NAME)
    sentence, _ = say(caught.value.code, "ja", **caught.value.params)
    assert sentence == f"テンプレート {NAME} の 3 行目にある「colour」という値はありません。"


def test_a_crash_of_the_child_is_a_sentence_too(monkeypatch):
    """A child that the system ends says nothing; we say it for it."""
    monkeypatch.setattr("kb.adapters.templates._SECONDS", 0.001)
    with pytest.raises(WrongUse, match="template-greedy"):
        render("too slow", {}, name=NAME)


TYPED = [
    "# 見出し",
    "- 別の行",
    "> 引用",
    "1. 一番",
    "[ ] やること",
    "<!-- 隠す",
    "見せない <!-- 隠す",
    "決定: こちらで決めた",
    "一行目\n- 二行目\n## 2026-01-01 三行目",
    "盗む ^t-8f3kq0",
    "```",
    "---",
    "| a | b |",
]


@pytest.mark.parametrize("typed", TYPED)
def test_what_a_customer_said_stays_one_item(typed):
    text = render("## 2026-11-25 x\n\n- {{ a }}\n\n### TODO\n", {"a": typed}, name=NAME)
    found = parse(text.encode()).meetings
    assert len(found) == 1
    root = found[0].root
    assert [section.kind for section in root.walk()] == ["meeting", "todos"]
    (item,) = root.items
    assert (item.label, item.box, item.ids, item.children) == (None, None, (), ())
    assert item.text


def test_a_comment_of_the_template_is_not_ended_by_a_value():
    text = render("<!-- {{ a }} -->\n", {"a": "x --> y"}, name=NAME)
    assert text.count("-->") == 1


def test_a_link_stays_a_link():
    assert render("{{ a }}", {"a": "[[acme#^t-8f3kq0]]"}, name=NAME) == "[[acme#^t-8f3kq0]]"
    assert render("{{ a }}", {"a": "[[p-value-90]]"}, name=NAME) == "[[p-value-90]]"


@pytest.mark.parametrize("typed", ["# x", r"\# x", r"\\", r"a \* b", "`\\*`"])
def test_a_text_reads_as_it_was_typed_with_its_backslashes(typed):
    assert plain(render("{{ a }}", {"a": typed}, name=NAME)) == typed


def test_only_plain_data_goes_in():
    with pytest.raises(TypeError):
        render("{{ a }}", {"a": object()}, name=NAME)


def test_line_of_an_error_without_a_trace():
    assert template_child.line_of(ValueError()) is None

"""The mail that a customer gets is one that a Japanese CSM would send."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import kb
from kb.messages import find
from kb.messages.sharing import TABLE
from kb.model.share import SafeMeeting, SafeTodo, SafeTopic
from kb.work.letter import letter
from kb.work.sharing import as_json, digest, file_name
from kb.work.sharing_words import Polite

MEETING = SafeMeeting(
    account="アクメ株式会社",
    title="第4四半期 **レビュー**",
    date="2026-11-25",
    start="14:00",
    end="14:50",
    next_date="2026-12-16",
    customer=("田中様", "鈴木 直美"),
    ours=("佐藤 恭平", "高橋 実紀"),
    topics=(
        SafeTopic(
            title="再オンボーディングの進め方",
            stance="12月前半に2回、[当社](https://example.com)で実施したい",
            said=("初回は管理者だけでよい。\n現場は2回目から",),
            decisions=("12/3 に管理者向けを実施する",),
            todos=(
                SafeTodo("招待状を送る", "佐藤 恭平", "2026-11-28", done=False),
                SafeTodo("名簿をいただく", "田中様", None, done=True),
            ),
        ),
    ),
    decisions=("年内にもう一度集まる",),
    todos=(),
)
JAPANESE = """アクメ株式会社
田中様、鈴木 直美様

いつもお世話になっております。
佐藤です。

11月25日は、お時間をいただきありがとうございました。
お話しした内容をまとめましたので、お送りいたします。

■ 第4四半期 レビュー
日時：2026年11月25日（水） 14:00–14:50
出席：田中様、鈴木 直美様／佐藤 恭平、高橋 実紀

1. 再オンボーディングの進め方
【ご提案】
・12月前半に2回、当社 (https://example.com)で実施したい
【ご意見】
・初回は管理者だけでよい。
　現場は2回目から
【決まったこと】
・12/3 に管理者向けを実施する
【TODO】
・招待状を送る（佐藤 恭平、11月28日まで）
・完了：名簿をいただく（田中様）

会議全体
【決まったこと】
・年内にもう一度集まる

次回：2026年12月16日（水）

内容に相違や漏れがございましたら、お知らせください。
引き続き、どうぞよろしくお願いいたします。

佐藤 恭平
"""
ENGLISH = """Dear 田中様, 鈴木 直美,

Thank you for your time on 25 November. This is what we discussed and agreed.

第4四半期 レビュー
When: Wed 25 November 2026, 14:00–14:50
Present: 田中様, 鈴木 直美 / 佐藤 恭平, 高橋 実紀

1. 再オンボーディングの進め方
We propose:
- 12月前半に2回、当社 (https://example.com)で実施したい
You said:
- 初回は管理者だけでよい。
  現場は2回目から
Decided:
- 12/3 に管理者向けを実施する
TODO:
- 招待状を送る (佐藤 恭平, by 28 November)
- Done: 名簿をいただく (田中様)

The meeting as a whole
Decided:
- 年内にもう一度集まる

Next meeting: Wed 16 December 2026

If anything is missing or not as you remember it, please let us know.

Kind regards
佐藤 恭平
"""


def test_a_mail_in_japanese_reads_like_one():
    made = letter(MEETING, "ja", sender="佐藤 恭平")
    assert made.subject == "【議事録】第4四半期 レビュー（11月25日）"
    assert made.body == JAPANESE


def test_a_mail_in_english_reads_like_one():
    made = letter(MEETING, "en", sender="佐藤 恭平")
    assert made.subject == "Minutes of our meeting on 25 November: 第4四半期 レビュー"
    assert made.body == ENGLISH


def test_who_was_not_there_does_not_stand_in_the_mail():
    assert "森" not in letter(MEETING, "ja", sender="森 ひより").body
    assert letter(MEETING, "en", sender="森 ひより").body.endswith("Kind regards\n")


def test_the_mail_of_a_cancelled_meeting_says_so_and_thanks_for_nothing():
    off = replace(MEETING, cancelled=True)
    for before in (True, False):
        made = letter(off, "ja", before=before)
        assert made.subject == "【中止のご連絡】第4四半期 レビュー（11月25日）"
        assert (
            "11月25日に予定しておりましたお打ち合わせは、中止となりました。\nこれまでに"
            in made.body
        )
        assert "・初回は管理者だけでよい。" in made.body
        assert "ありがとうございました" not in made.body
    made = letter(replace(off, topics=(), decisions=()), "en")
    assert made.subject == "Our meeting on 25 November is cancelled: 第4四半期 レビュー"
    assert "has been cancelled.\n\n" in made.body


def test_before_a_meeting_the_mail_asks_what_to_add_and_thanks_for_nothing():
    made = letter(MEETING, "ja", before=True)
    assert made.subject.startswith("【事前のご案内】")
    assert "ありがとうございました" not in made.body
    assert "加えたい議題" in made.body
    assert "look forward" in letter(MEETING, "en", before=True).body


def test_without_names_the_company_is_addressed():
    nobody = replace(MEETING, customer=(), ours=(), start=None, topics=(), decisions=())
    assert letter(nobody, "ja").body.startswith("アクメ株式会社 御中\n\nいつもお世話に")
    assert letter(nobody, "en").body.startswith("Dear アクメ株式会社 team,")
    assert "出席" not in letter(nobody, "ja").body


@pytest.mark.parametrize(
    ("name", "shown"),
    [("田中", "田中様"), ("田中様", "田中様"), ("田中さん", "田中さん"), ("山田部長", "山田部長")],
)
def test_people_are_addressed_politely_once(name, shown):
    assert Polite("ja").to(name) == shown
    assert Polite("en").to(name) == name


def test_a_short_mail_has_an_address_of_its_own_and_a_long_one_none():
    short = letter(MEETING, "en")._replace(body="Hello & goodbye\n#1?\n")
    asked = parse_qs(urlsplit(short.address).query)
    assert asked == {"subject": [short.subject], "body": ["Hello & goodbye\r\n#1?\r\n"]}
    assert short.address.startswith("mailto:?")
    assert letter(MEETING, "ja").address is None


def test_nothing_typed_becomes_a_second_line_of_the_subject():
    made = letter(replace(MEETING, title="件名\r\nBcc: a@b.jp"), "ja")
    assert "\n" not in made.subject
    assert "\r" not in made.subject


def test_a_file_is_called_by_its_day_and_title():
    assert file_name(MEETING) == "2026-11-25 第4四半期 レビュー"
    assert file_name(replace(MEETING, title='a/b\\c:"d"\n..')) == "2026-11-25 a b c d"
    assert len(file_name(replace(MEETING, title="長" * 500))) == 80


def test_the_digest_changes_with_the_view_alone():
    assert digest(MEETING) == digest(replace(MEETING))
    assert digest(MEETING) != digest(replace(MEETING, end="15:00"))
    assert as_json(MEETING)["topics"][0]["todos"][0]["owner"] == "佐藤 恭平"


def test_every_sentence_for_customers_is_said():
    folder = Path(kb.__file__).parent
    names = ["letter", "paper", "sharing_words"]
    sources = [(folder / "work" / f"{name}.py").read_text("utf-8") for name in names]
    sources += [
        (folder / "faces/web/html" / f"{name}.html.j2").read_text("utf-8")
        for name in ("minutes", "guest")
    ]
    source = "".join(sources)
    for code in (code for code in TABLE if code.startswith("out-")):
        base = code.removeprefix("out-").removesuffix("-before").removesuffix("-cancelled")
        assert f'"{base}' in source or f"'{base}'" in source, code
        assert find(code) is not None

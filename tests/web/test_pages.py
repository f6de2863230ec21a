"""What pages show: the same things as the work layer says, in the language of who looks."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from web_kit import NOW, PORT, Browser, raised

from kb.faces.web.pages.results import unsigned
from kb.faces.web.site import Site

MEETING = "/m/minasoko/m-2yn804"
PAGES = [
    "/",
    "/?days=7&all=1",
    "/accounts",
    "/accounts?q=ミナ",
    "/accounts/minasoko",
    "/accounts/quillhaven",
    MEETING,
    f"{MEETING}/written",
    f"{MEETING}/projected",
    "/search",
    "/search?q=引き継ぎ",
    "/search?q=admin&kind=insight",
    "/search?q=zzzzqqqq",
    "/playbook",
    "/playbook/p-handover-30",
    "/playbook/p-sponsor-kickoff",
    "/playbook/p-mass-welcome",
    "/playbook/play-handover-session",
    "/playbook/manual-bulk-invite-csv",
    "/board",
    "/board?unit=east",
    "/board?mine=1",
    "/train",
    "/m/minasoko/2026-10-07",
]


def seen(text):
    """What a person reads of a page, and what is read out to them."""
    text = re.sub(r"<(style|head)\b.*?</\1>", "", text, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|placeholder|alt)="([^"]*)"', text))
    return html.unescape(re.sub(r"<[^>]+>", " ", text) + " " + spoken)


@pytest.fixture(scope="module")
def asked(demo_read):
    """Look at a page in a language, each once for all tests of this module."""
    answers = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_NOW", NOW)
        browsers = {
            lang: Browser(Site(str(demo_read), "sato", PORT, raised), lang) for lang in ("ja", "en")
        }

        def look(path, lang="ja"):
            if (path, lang) not in answers:
                answers[path, lang] = browsers[lang].get(path)
            return answers[path, lang]

        yield look


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_in_both_languages(asked, path):
    for lang in ("ja", "en"):
        got = asked(path, lang)
        assert got.status_code == 200
        assert "<h1" in got.text
        if "projected" not in path:  # that one speaks the customer's language
            assert f'<html lang="{lang}">' in got.text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_an_id_or_a_word_of_the_machine(asked, path):
    words = r"\b(commit|item1|adopt1|branch|merge|rebase|blob|HEAD|repository|sync)\b|コミット|ブランチ|リポジトリ"
    for lang in ("ja", "en"):
        text = seen(asked(path, lang).text)
        assert not re.search(r"\^[mhadtiq]-[0-9a-z]{6}", text)
        assert not re.search(words, text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_or_runs_anything_but_our_script(asked, path):
    text = re.sub(r"<template.*?</template>", "", asked(path).text, flags=re.DOTALL)
    text = re.sub(r'<script type="module" src="/static/kb.js\?v=[0-9a-f]{12}"></script>', "", text)
    assert not re.search(
        r"<script|<iframe|<object|<embed|\son\w+=|\sstyle=|javascript:", text, re.IGNORECASE
    )
    for found in re.findall(r'(?:src|href|action)="([^"]*)"', text):
        assert not found or found.startswith(("/", "#")), found  # nothing is the page itself


def test_ids_on_a_page_are_there_once(asked):
    for path in PAGES:
        ids = re.findall(r'\sid="([^"]+)"', asked(path).text)
        assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]


def test_every_field_has_a_name_that_is_read_out(asked):
    for path in PAGES:
        text = asked(path).text
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
        text = re.sub(r"<label\b(?:(?!</label>).)*</label>", "", text, flags=re.DOTALL)
        for field in re.findall(r"<(?:input|textarea|select)\b[^>]*>", text):
            kind = re.search(r'type="(\w+)"', field)
            if kind and kind[1] == "hidden":
                continue
            name = re.search(r'\sid="([^"]+)"', field)
            assert name, field
            assert name[1] in labelled, field


def test_today_leads_to_the_meeting_and_says_what_is_late(reading, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    text = reading.get("/").text
    assert f'href="{MEETING}"' in text
    assert "ミナソコ醸造株式会社" in text
    assert "日過ぎています" in text


def test_the_account_shows_the_document(reading):
    text = reading.get("/accounts/minasoko").text
    for part in (
        "ミナソコ醸造株式会社",
        "既存のお客様の年間購入回数を2.1回から2.6回にする",
        "会員と非会員の購入回数の差をどう読むか",
        "柏木様",
        "通知を直したら",
        'class="seal supported"',
        "残っている約束",
    ):
        assert part in text, part


@pytest.mark.parametrize("path", [MEETING, "/accounts/minasoko"])
def test_no_line_begins_with_the_dot_before_what_a_hypothesis_would_bring(asked, path):
    page = asked(path, "en").text
    assert re.search(r"confidence \d+%&#160;· ", page)
    assert not re.search(r"confidence \d+% ·", page)


def test_words_in_another_language_say_so(reading):
    text = reading.get("/accounts/quillhaven").text
    assert re.search(r'<span class="voice" lang="en">', text)


class Spoken(HTMLParser):
    """Collects the texts of a page with their language, less what mixes both by its nature."""

    MIXED = ("option", "small", "why", "crumb", "src", "public-note")
    VOID = ("input", "link", "meta", "br", "img", "hr")

    def __init__(self, page):
        super().__init__()
        self.open, self.texts = [("page", "en", False)], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            _, lang, mixed = self.open[-1]
            named = {tag, *(dict(attrs).get("class") or "").split()}
            mixed = mixed or bool(named & set(self.MIXED))
            self.open.append((tag, dict(attrs).get("lang") or lang, mixed))

    def handle_endtag(self, tag):
        if self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        _, lang, mixed = self.open[-1]
        if not mixed:
            self.texts.append((lang, data))


@pytest.mark.parametrize("path", ["/", "/accounts", "/accounts/minasoko", MEETING])
def test_japanese_words_say_so_on_an_english_page(english, path):
    text = english.get(path).text
    kana = re.compile(r"[ぁ-ゖァ-ヺ]{2}")
    texts = Spoken(text[text.index("<main") : text.index("</main>")]).texts
    texts = [(lang, data) for lang, data in texts if "森 ひより" not in data]  # a name
    assert any(lang == "ja" for lang, data in texts if kana.search(data))
    assert [data for lang, data in texts if lang != "ja" and kana.search(data)] == []


def test_a_link_to_a_line_leads_to_it(reading):
    got = reading.get("/go/minasoko/h-6hg8ez")
    assert got.status_code == 303
    assert got.headers["location"] == f"{MEETING}#h-6hg8ez"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/nobody",
        "/m/minasoko/m-000000",
        "/m/nobody/m-2yn804",
        "/go/minasoko/t-000000",
        "/m/minasoko/x",
        "/playbook/p-none",
        "/accounts/%00",
        "/m/%00/m-2yn804",
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(reading, path):
    got = reading.get(path)
    assert got.status_code in (400, 404)
    assert '<div class="blank"><h1>' in got.text
    shown = re.sub(r"<template.*?</template>", "", got.text, flags=re.DOTALL)
    assert "保存していません" not in shown, "nothing was to be saved"
    assert "Traceback" not in got.text


def test_a_form_for_what_is_not_there_says_that_nothing_was_saved(reading):
    reading.get("/")
    reading.send("/tick", todo="minasoko#^t-000000")
    assert reading.last.status_code == 404
    assert 'role="alert"' in reading.last.text
    assert "保存していません" in reading.last.text


def test_a_page_that_is_none_says_where_to_go(reading):
    got = reading.get("/nowhere")
    assert got.status_code == 404
    assert 'href="/"' in got.text


def test_a_search_without_a_result_offers_another(reading):
    got = reading.get("/search?q=quilhaven")
    assert 'class="btn" href="/search?q=quillhaven"' in got.text
    assert reading.get("/search?q=zzzzqqqq").text.count("見つかりません") == 1


def test_a_name_typed_as_it_sounds_is_found_and_nothing_is_made_of_it(reading):
    shown = reading.get("/search?q=みなそこ").text
    assert shown.count("<mark>ミナソコ</mark>") > 2
    assert "でも探しました" not in shown
    assert "「更新」はrenewal" in reading.get("/search?q=更新").text


def test_search_marks_what_it_found_and_leads_there(reading):
    text = reading.get("/search?q=引き継ぎ").text
    assert "<mark>" in text
    assert re.search(r'href="/go/[\w-]+/[hitdma]-', text)


def test_an_empty_store_says_how_to_begin(tmp_path, clock, monkeypatch):
    from pathlib import Path

    from kb.wiring import start_store

    root = Path(tmp_path / "new")
    start_store(root, "Kim <kim@example.com>", lang="en", team="New")
    browser = Browser(Site(str(root), "Kim <kim@example.com>", PORT, raised), "en")
    assert "There are no documents yet" in browser.get("/").text
    assert "There are no documents yet" in browser.get("/accounts").text


def test_the_member_s_language_goes_before_the_browser_s(demo_store, clock):
    settings = demo_store / "kb.toml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("[members.sato]\n", '[members.sato]\nlanguage = "en"\n'), "utf-8"
    )
    browser = Browser(Site(str(demo_store), "sato", PORT, raised), "ja")
    assert '<html lang="en">' in browser.get("/").text


def test_without_a_wish_the_store_s_language_is_spoken(demo_read, clock):
    browser = Browser(Site(str(demo_read), "sato", PORT, raised), "fr,de;q=0.5")
    assert '<html lang="ja">' in browser.get("/").text


def test_a_fault_of_ours_is_a_page_and_keeps_what_was_typed(demo_store, clock, monkeypatch):
    from kb.work import capture

    written = []
    browser = Browser(
        Site(str(demo_store), "sato", PORT, lambda error: written.append(error) or "log-7")
    )
    browser.get(MEETING)
    monkeypatch.setattr(capture, "add", lambda *_: 1 / 0)
    browser.send(f"{MEETING}/lines", kind="memo", text="消えては困る文")
    assert browser.last.status_code == 500
    assert "消えては困る文" in browser.last.text
    assert "log-7" in browser.last.text
    assert "ZeroDivision" not in browser.last.text
    assert [type(error) for error in written] == [ZeroDivisionError]


def test_older_meetings_are_a_link_away(reading, tmp_path, clock):
    from kb.wiring import start_store

    root = tmp_path / "long"
    start_store(root, "Kim <kim@example.com>", lang="ja", team="長い")
    meetings = "\n".join(
        f"## 20{25 - n // 12}-{12 - n % 12:02}-01 第{45 - n}回\n\n### アジェンダ\n\n#### 論点{n}\n\n- 決定: 決めた{n}\n"
        for n in range(45)
    )
    (root / "accounts").mkdir(exist_ok=True)
    (root / "accounts/long.md").write_text(
        f"---\naccount: long\nname: 長い\n---\n\n# 長い\n\n{meetings}", "utf-8"
    )
    browser = Browser(Site(str(root), "Kim <kim@example.com>", PORT, raised))
    seen_topics = []
    path = "/accounts/long"
    for expected in (20, 20, 5):
        text = browser.get(path).text
        topics = re.findall(r"論点\d+", re.sub(r"<(aside|nav).*?</\1>", "", text, flags=re.DOTALL))
        assert len(topics) == expected
        seen_topics += topics
        older = re.search(r'href="([^"]+)" rel="next">それより前', text)
        path = html.unescape(older[1]) if older else None
    assert path is None
    assert seen_topics == [f"論点{n}" for n in range(45)]
    assert browser.get("/accounts/long?part=99").status_code == 200
    assert browser.get("/accounts/long?part=x").status_code == 200


def test_a_hit_without_an_id_leads_to_its_meeting_and_one_of_the_playbook_to_its_page(reading):
    text = reading.get("/search?q=引き継ぎ資料がなく").text
    assert re.search(r'href="/m/minasoko/2026-10-07#l-\d+"', text)
    assert 'href="/playbook/p-handover-30"' in reading.get("/search?q=引き継ぎ").text


def test_a_hit_in_a_review_leads_to_what_was_said_there(reading):
    text = reading.get("/search?" + urlencode({"q": "引き継ぎ 種類:レビュー"})).text
    found = re.search(r'href="(/reviews/r-qg1j9y)#(e-y1vek7)"', text)
    assert f'id="{found[2]}"' in reading.get(found[1]).text
    shown = seen(text)
    assert "→ 担当者の交代は、決まったその日に" in shown
    assert "- old:" not in shown


def test_a_stretch_is_shown_without_signs_and_its_marks_move_along():
    text = "# 引き継ぎ会 ## 前日まで C# の #1 - old: 前 - new: 後の引き継ぎ"
    shown, marks = unsigned(text, [(2, 6), (text.rindex("引き継ぎ"), len(text))])
    assert shown == "引き継ぎ会 前日まで C# の #1 前 → 後の引き継ぎ"
    assert [shown[start:stop] for start, stop in marks] == ["引き継ぎ", "引き継ぎ"]


def test_a_page_tells_nobody_to_type_a_command(reading, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T16:30:00+09:00")
    for path in ("/", MEETING, "/accounts/minasoko"):
        assert "`kb " not in seen(reading.get(path).text), path


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("終わりました。`kb meeting close acme` を行ってください。", "終わりました。"),
        ("It ended. Run `kb meeting close a.b/2026`. Then rest.", "It ended. Then rest."),
        ("see `kb kept`", ""),
    ],
)
def test_sentences_with_commands_are_left_out(said, shown):
    from kb.faces.web.plainly import without_commands

    assert without_commands(said) == shown


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("「- スタンス: …」に書いてください。", "「スタンス」に書いてください。"),
        ("「- 確信度: 70%」のように。", "「確信度: 70%」のように。"),
        ("Add `- Test: …`: what you ask.", "Add “Test”: what you ask."),
    ],
)
def test_what_the_file_would_have_is_told_by_the_name_of_its_field(told, shown):
    from kb.faces.web.plainly import without_commands

    assert without_commands(told) == shown


@pytest.mark.parametrize(
    ("gut", "felt"),
    [
        ("lime 明るい", ("lime", "明るい")),
        ("yellow → lime (よくなった)", ("lime", "(よくなった)")),
        ("Red", ("red", "")),
        ("まあまあ", ("", "まあまあ")),
        (None, ("", "")),
    ],
)
def test_how_it_felt_is_read_with_its_colour(gut, felt):
    from kb.faces.web import plainly

    assert plainly.felt(gut) == felt


@pytest.mark.parametrize(
    ("day", "leads"),
    [
        ("2026-10-28", "2026-10-28"),
        ("2026-11-01", "2026-10-28"),
        ("2027-01-01", "2026-11-25"),
        ("2000-01-01", "2026-04-15"),
    ],
)
def test_a_day_leads_to_its_meeting_or_the_one_before(reading, day, leads):
    got = reading.get(f"/accounts/minasoko?on={day}")
    assert got.status_code == 303
    anchor = got.headers["location"].partition("#")[2]
    section = reading.get("/accounts/minasoko").text.split(f'id="{anchor}"')[1]
    assert f'datetime="{leads}' in section[:600]


def test_a_very_full_day_shows_the_most_urgent_and_counts_the_rest(demo_store, clock):
    lines = "\n".join(f"- [ ] 宿題{n} @sato due:2026-11-{n % 20 + 1:02}" for n in range(75))
    text = f"---\naccount: full\nname: 満員\ncsm: sato\n---\n\n# 満員\n\n## 2026-10-01 定例\n\n### TODO\n\n{lines}\n"
    (demo_store / "accounts/full.md").write_text(text, "utf-8")
    shown = Browser(Site(str(demo_store), "sato", PORT, raised)).get("/").text
    section = shown[shown.index('id="h-promise"') :]
    section = section[: section.index("</section>")]
    assert section.count('class="task"') == 30
    assert "77件" in section
    assert "ほかに47件あります" in section


def test_a_hint_names_no_option_of_a_command(writing):
    path = "/accounts/minasoko"
    writing.get(path)
    writing.send(f"{path}/meetings", date="2026-11-25", start="14:00")
    assert writing.last.status_code == 400
    assert "すでにあります" in writing.last.text
    assert "--date" not in writing.last.text

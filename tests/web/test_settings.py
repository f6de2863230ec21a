"""The team's settings in a browser: who may change what, comments kept, nobody overwritten."""

import html
import re
import tomllib

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site


@pytest.fixture
def lead(demo_store, clock):
    made = Browser(Site(str(demo_store), "takahashi", PORT, raised))
    made.store = demo_store
    return made


def fields(page, part):
    """Return what the form of a part would send, as a browser does."""
    start = page.index(f'name="part" value="{part}"')
    form = page[start : page.index("</form>", start)]
    sent = {"part": part}
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = at.get("type") != "checkbox" or " checked" in tag
        if "name" in at and ticked and " disabled" not in tag:
            sent[html.unescape(at["name"])] = html.unescape(at.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)">(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        sent[html.unescape(name)] = html.unescape(chosen[1])
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        sent[html.unescape(name)] = html.unescape(text)
    return sent


def saved(browser):
    return tomllib.loads((browser.store / "kb.toml").read_text("utf-8"))


PARTS = [
    "team",
    "charter",
    "members:sato",
    "units:east",
    "policies",
    "checks",
    "words",
    "aliases-labels",
]


@pytest.mark.parametrize("part", PARTS)
def test_a_form_sent_back_as_it_is_changes_no_byte(lead, part):
    before = (lead.store / "kb.toml").read_bytes()
    assert lead.send("/settings", **fields(lead.get("/settings").text, part)).status_code == 303
    assert (lead.store / "kb.toml").read_bytes() == before


def test_one_value_changes_and_its_comment_stays(lead):
    before = (lead.store / "kb.toml").read_text("utf-8")
    sent = fields(lead.get("/settings").text, "policies")
    sent["policies.hypothesis"] = "require"
    sent["policies.minutes_options.done_within_minutes"] = "１０"
    lead.send("/settings", **sent)
    after = (lead.store / "kb.toml").read_text("utf-8")
    assert after == before.replace(
        'hypothesis = "remind"            # 事前仮説',
        'hypothesis = "require"            # 事前仮説',
    ).replace("done_within_minutes = 5 ", "done_within_minutes = 10 ")
    assert after != before


def test_a_policy_needs_a_lead(writing):
    page = writing.get("/settings").text
    assert "灰色の欄を変えられるのはリーダー" in page
    forged = {"was:policies.hypothesis": '"remind"', "policies.hypothesis": "off"}
    sent = fields(page, "policies")
    assert not [name for name in sent if name.startswith("was:")]
    answer = writing.send("/settings", **sent, **forged)
    assert answer.status_code == 403
    assert "リーダー（高橋 実紀, 伊藤 航）です" in html.unescape(answer.text)
    assert saved(writing)["policies"]["hypothesis"] == "remind"


def test_a_member_may_not_become_a_lead_but_may_say_when_they_are_away(writing):
    page = writing.get("/settings").text
    mine = fields(page, "members:sato")
    assert "members.sato.role" not in mine
    forged = {"was:members.sato.role": "null", "members.sato.role": "lead"}
    answer = writing.send("/settings", **mine, **forged)
    assert answer.status_code == 403
    sent = fields(page, "members:sato") | {"members.sato.away": "2026-12-24/2027-01-04、2027-02-01"}
    assert writing.send("/settings", **sent).status_code == 303
    assert saved(writing)["members"]["sato"]["away"] == ["2026-12-24/2027-01-04", "2027-02-01"]
    assert "role" not in saved(writing)["members"]["sato"]


def test_everybody_may_add_words(writing):
    sent = fields(writing.get("/settings").text, "words")
    sent["search.words"] = "催し = イベント\r\n会員枠 = 枠"
    assert writing.send("/settings", **sent).status_code == 303
    assert saved(writing)["search"]["words"] == ["催し = イベント", "会員枠 = 枠"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(lead):
    first = fields(lead.get("/settings").text, "policies")
    lead.send("/settings", **first | {"policies.minutes": "remind"})
    answer = lead.send("/settings", **first | {"policies.minutes": "off", "quorum.csms": "1"})
    assert answer.status_code == 409
    assert saved(lead)["policies"]["minutes"] == "remind"
    assert saved(lead)["quorum"]["csms"] == 2
    assert re.search(r'value="off" selected', answer.text), "what was typed is gone"
    # Another key of the same form, read before the change, still fits.
    assert lead.send("/settings", **first | {"quorum.csms": "3"}).status_code == 303
    assert saved(lead)["quorum"]["csms"] == 3
    assert saved(lead)["policies"]["minutes"] == "remind"


@pytest.mark.parametrize(
    ("part", "field", "typed", "said"),
    [
        ("policies", "quorum.csms", "二人", "「二人」は数字ではありません"),
        (
            "policies",
            "quorum.csms",
            "1000",
            "「行動原則の採用に要る、根拠を書いたCSMの人数」に入れた値は使えません",
        ),
        ("members:sato", "members.sato.joined", "去年", "「去年」は読めません"),
        ("members:sato", "members.sato.away", "冬", "「不在の日」に入れた値は使えません"),
    ],
)
def test_what_does_not_fit_is_said_and_stays_in_its_field(lead, part, field, typed, said):
    before = saved(lead)
    answer = lead.send("/settings", **fields(lead.get("/settings").text, part) | {field: typed})
    assert answer.status_code == 400
    text = html.unescape(answer.text)
    assert said in text
    assert f'value="{typed}"' in text
    assert saved(lead) == before


def test_a_member_comes_and_goes(lead):
    lead.get("/settings")
    lead.send("/settings", part="join", name="林 ‘健’", key="hayashi", email="hayashi@example.com")
    lead.follow()
    assert saved(lead)["members"]["hayashi"] == {"name": "林 ‘健’", "email": "hayashi@example.com"}
    sent = fields(lead.last.text, "units:east") | {"units.east.members.hayashi": "true"}
    lead.send("/settings", **sent)
    assert saved(lead)["units"]["east"]["members"] == ["sato", "mori", "hayashi"]
    assert lead.send("/settings", part="join", name="x", key="hayashi").status_code == 400
    assert lead.send("/settings", part="join", name="x", key="a b").status_code == 400
    lead.send("/settings", part="leave", key="hayashi")
    assert "hayashi" not in saved(lead)["members"]
    assert saved(lead)["units"]["east"]["members"] == ["sato", "mori"]
    assert "# --- 約束ごと" in (lead.store / "kb.toml").read_text("utf-8")


def test_a_unit_comes_and_goes(lead):
    lead.get("/settings")
    lead.send("/settings", part="found-unit", name="北ユニット", key="north")
    assert saved(lead)["units"]["north"] == {"name": "北ユニット", "members": []}
    lead.send("/settings", part="close-unit", key="north")
    assert "north" not in saved(lead)["units"]


def test_the_last_lead_stays_a_lead(lead):
    lead.get("/settings")
    lead.send("/settings", part="leave", key="ito")
    sent = fields(lead.get("/settings").text, "members:takahashi") | {
        "members.takahashi.role": "member"
    }
    answer = lead.send("/settings", **sent)
    assert answer.status_code == 400
    assert "リーダーが一人もいなくなる" in answer.text


def test_policies_that_no_lead_wrote_are_shown_as_such(lead):
    assert "リーダーではありませんでした" not in lead.get("/settings").text
    path = lead.store / "kb.toml"
    path.write_text(
        path.read_text("utf-8").replace('minutes    = "require"', 'minutes    = "off"'), "utf-8"
    )
    sato = Browser(Site(str(lead.store), "sato", PORT, raised))
    sato.get("/settings")
    sent = fields(sato.last.text, "members:sato") | {"members.sato.language": "ja"}
    sato.send("/settings", **sent)  # takes the hand edit in, as whoever writes by hand here
    page = lead.get("/settings").text
    assert "リーダーではありませんでした" in page
    lead.send("/settings", **fields(page, "policies") | {"policies.minutes": "require"})
    assert "リーダーではありませんでした" not in lead.get("/settings").text


def test_hostile_names_are_text(lead):
    lead.get("/settings")
    lead.send("/settings", part="join", name='<script>alert(1)</script>"]', key="x")
    lead.follow()
    assert "<script>alert(1)" not in lead.last.text
    assert saved(lead)["members"]["x"]["name"] == '<script>alert(1)</script>"]'

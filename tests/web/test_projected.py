"""What the customer sees holds all that is theirs to see, and nothing else."""

import re

from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site

DOCUMENT = """---
account: canary
name: カナリア商会
csm: sato
people:
  aoki: {name: 青木様, role: CANARY-role, authority: decides}
---

# カナリア商会

CANARY-preamble

## 2026-11-25 14:00 定例 ^m-cana01

- 時間: 14:00–14:50
- 出席: @aoki / @sato

CANARY-loose

### 事前仮説

- CANARY-hypothesis ^h-cana01
  - 根拠: CANARY-why
  - 検証: CANARY-test
  - 効果: CANARY-impact
  - 確信度: 70%
  - 判定: 支持 「CANARY-quote」

### アジェンダ

#### 公開の進め方 <!-- CANARY-comment --> [[canary#^d-cana99]]

- スタンス: 下書きだけ確かめたい <span>CANARY-html</span> [[p-CANARY-page]]
  - CANARY-sub
- お客様: 夜の返信だけが[怖い](https://example.com "CANARY-title")
- お客様: CANARY-tagged #社内
- 決定: 12月4日に公開する ^d-cana01
- 社内: CANARY-internal-label
- [ ] 下書きを返す @sato due:2026-12-03 ^t-cana01
- [ ] CANARY-no-owner
- [ ] CANARY-internal-todo @sato #internal

CANARY-paragraph

### CANARY-unknown-section

- 決定: CANARY-decision-inside

### 気づき

- CANARY-insight #CANARYtag ^i-cana01

### 社内メモ

- 体感: red CANARY-gut
- CANARY-memo
- [ ] CANARY-memo-todo @sato

## 2026-12-16 14:00 次回 ^m-cana02

### 社内メモ

- CANARY-next
"""


def projected(demo_store):
    (demo_store / "accounts/canary.md").write_text(DOCUMENT, "utf-8")
    browser = Browser(Site(str(demo_store), "sato", PORT, raised))
    return browser.get("/m/canary/m-cana01/projected")


def test_nothing_internal_is_in_the_bytes_or_the_headers(demo_store, clock):
    got = projected(demo_store)
    assert got.status_code == 200
    sent = got.text + "\n".join(f"{name}: {value}" for name, value in got.headers.items())
    assert re.findall(r"CANARY[-\w]*", sent) == []
    assert re.findall(r"[mhadtiq]-cana\d\d", got.text) == []
    assert 'name="token"' not in got.text


def test_all_that_is_the_customer_s_is_there(demo_store, clock):
    text = projected(demo_store).text
    for part in (
        "カナリア商会",
        "定例",
        "2026年11月25日",
        "14:00–14:50",
        "公開の進め方",
        "下書きだけ確かめたい",
        "夜の返信だけが",
        "12月4日に公開する",
        "下書きを返す",
        "佐藤 恭平",
        "12月3日",
        "12月16日",
        "ご提案",
        "ご意見",
        "決まったこと",
    ):
        assert part in text, part


def test_the_page_takes_the_safe_type_and_no_other():
    import inspect

    from kb.faces.web.pages import projected as page

    source = inspect.getsource(page)
    assert "words=words, safe=safe)" in source
    template = (page.render.HTML / "projected.html.j2").read_text("utf-8")
    values = {
        name.split(".")[0]
        for name in re.findall(r"\{[{%][^}]*?\b((?:meeting|row|one|ctx|me|team)\b)", template)
    }
    assert values == set()

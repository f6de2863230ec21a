"""A customer's document with a marker in every internal place, and all that goes out of it."""

import html
import io
import json
import re
import subprocess
import zipfile
from pathlib import Path
from tempfile import mkdtemp

from starlette.testclient import TestClient
from web_kit import PORT, Browser, raised

from kb.faces.web import guest
from kb.faces.web.guestdoor import GuestDoor
from kb.faces.web.site import Site
from kb.server.guests import Guests
from kb.server.state import State
from kb.text.plain import plain

GUEST_PORT = PORT + 1
GUEST_HOST = f"http://127.0.0.1:{GUEST_PORT}"
MEETING = "/m/canary/m-cana01"

FRONT = """---
account: canary
name: カナリア商会
csm: sato
unit: CANARY-unit
stage: CANARY-stage
goal: CANARY-goal
CANARY-key: CANARY-value
people:
  aoki: {name: 青木様, role: CANARY-role, authority: CANARY-authority}
---

# カナリア商会

CANARY-preamble

"""
DOCUMENT = (
    FRONT
    + """## 2026-11-25 14:00 定例 <!-- CANARY-heading --> ^m-cana01

- 時間: 14:00–14:50
- 出席: @aoki, 井上様(CANARY-bracket(CANARY-inner))(CANARY-second) ［CANARY-square］ / @sato
- 議事録: 2026-11-25 14:54

CANARY-loose

### 事前仮説

- CANARY-hypothesis #CANARY-tag ^h-cana01
  - 根拠: CANARY-why
  - 検証: CANARY-test
  - 効果: CANARY-impact
  - 確信度: 70%
  - 参照: [[p-CANARY-ref]]
  - 判定: 支持 「CANARY-quote」 (CANARY-how)
- [ ] CANARY-claim-todo @sato

### アジェンダ

#### CANARY-internal-topic #社内

- スタンス: CANARY-internal-stance
- お客様: CANARY-internal-said
- 決定: CANARY-internal-decision
- [ ] CANARY-internal-topic-todo @sato

#### 公開の進め方 <!-- CANARY-comment --> [[canary#^d-cana99]] ^a-cana01

- スタンス: 下書きだけ確かめたい <span title="CANARY-attribute">CANARY-html</span> [[p-CANARY-page]]
  - CANARY-sub
  <!-- CANARY-line-comment -->
- お客様: 夜の返信だけが[怖い](https://example.com "CANARY-title") #要望
- お客様: [議事[録]](https://example.com/x 'CANARY-odd-title')を**読んだ** ![CANARY-alt](CANARY.png)
- お客様: CANARY-tagged #社内
- 決定: 12月4日に公開する [[p-CANARY|CANARY-shown]] ^d-cana01
  > CANARY-quoted
- 社内: CANARY-internal-label
- [ ] 下書きを返す @sato due:2026-12-03 ^t-cana01
- [x] 返信の担当を決める @aoki ^t-cana03
- [ ] CANARY-no-owner
- [ ] CANARY-internal-todo @sato #internal
- お客様: CANARY-parent #社内
  - [ ] CANARY-below-tag @sato
  - 決定: CANARY-decision-below-tag
    - [ ] CANARY-deep-below-tag @sato
- 決定: CANARY-tag-after-a-word#社内
- お客様: CANARY-tag-after-a-stop。#社内
- 決定: CANARY-tag-in-brackets(#internal)
- [ ] CANARY-tag-at-a-todo#社内 @sato
- [ ] CANARY-tag-like @sato #社内用
- お客様: CANARY-tag-likewise #社内_営業

<details><summary>CANARY-summary</summary>

- 決定: CANARY-folded
- [ ] CANARY-folded-todo @sato

</details>

<div hidden>

- お客様: CANARY-hidden

</div>
- CANARY-unlabelled

CANARY-paragraph

```
- お客様: CANARY-code
```

<!--
- お客様: CANARY-block-comment
-->

| スタンス | お客様 |
|---|---|
| CANARY-cell | CANARY-cell |

### CANARY-unknown-section

- 決定: CANARY-decision-inside
- お客様: CANARY-said-inside
- [ ] CANARY-todo-inside @sato

### 決定事項

- 次回は[画面](../CANARY-path)を見る

### TODO

- [ ] 招待状をいただく @aoki due:2026-12-01 ^t-cana02
- CANARY-carried [[canary#^t-cana01]]

### 気づき

- CANARY-insight #CANARYtag ^i-cana01

### 社内メモ

- 体感: red CANARY-gut
- CANARY-memo
- 決定: CANARY-memo-decision
- [ ] CANARY-memo-todo @sato

## 2026-12-16 14:00 次回 ^m-cana02

### 社内メモ

- CANARY-next
"""
)
REVIEW = """---
review: r-cana01
subject: m-cana01
kind: pre
---

## 2026-11-24T09:20:11+09:00 commented @takahashi type:evidence ^e-cana01

CANARY-review
"""
ALLOWED = (
    *("カナリア商会", "定例", "青木様", "井上様", "佐藤 恭平", "公開の進め方", "14:00", "14:50"),
    *("下書きだけ確かめたい", "夜の返信だけが怖い", "議事[録]", "読んだ", "12月4日に公開する"),
    *("下書きを返す", "返信の担当を決める", "次回は画面を見る", "招待状をいただく"),
)
"""What the customer may see of the document, in words."""
LABELS = ("ご提案", "ご意見", "決まったこと", "12月3日", "12月1日", "12月16日", "11月25日")
"""What stands around it in everything that people read."""
MARKER = re.compile(rb"CANARY[-\w]*|[mhadtiqe]-cana0\d")


TEAM = """format = 1

[team]
name = "CANARY-team"
language = "ja"
timezone = "Asia/Tokyo"

[members]
sato = {name = "佐藤 恭平", email = "sato@example.com"}
takahashi = {name = "高橋 実紀", email = "takahashi@example.com"}
"""


def small_store(folder: Path) -> Path:
    """Make a store with nothing in it but a team; return its folder."""
    folder.mkdir()
    (folder / "kb.toml").write_text(TEAM, "utf-8")
    (folder / "accounts").mkdir()
    author = ("-c", "user.name=佐藤 恭平", "-c", "user.email=sato@example.com")
    for words in (("init", "-qb", "main"), ("add", "."), (*author, "commit", "-qm", "begin")):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    return folder


class Outside:
    """A store with one customer's document, and everything that leaves it for that customer."""

    def __init__(self, store: Path, document: str = DOCUMENT):
        self.store = store
        self.state = State(Path(mkdtemp(dir=store.parent)))
        self.door = GuestDoor(GUEST_PORT, Guests(self.state))
        self.write(document)
        (store / "reviews").mkdir(exist_ok=True)
        (store / "reviews/m-cana01-pre.md").write_text(REVIEW, "utf-8")
        self.site = Site(str(store), "sato", PORT, raised, guests=self.door)
        self.browser = Browser(self.site)
        self.guest = TestClient(
            guest.build(self.site),
            base_url=GUEST_HOST,
            follow_redirects=False,
            headers={"accept-language": "ja"},
        )

    def write(self, document):
        """Put another text in the document's place, all at once."""
        new = self.store / "accounts/canary.new"
        new.write_text(document, "utf-8")
        new.replace(new.with_suffix(".md"))

    def link(self, days="14"):
        """Make a link as a person does; return where it leads."""
        seen = re.search(r'name="seen" value="(\w+)"', self.browser.get(f"{MEETING}/share").text)
        made = self.browser.send(f"{MEETING}/links", seen=seen[1], days=days)
        return re.search(rf"{GUEST_HOST}(/g/[\w-]+)", made.text)[1]

    def outputs(self, link):
        """Return every output by its name: all of its bytes, and its headers."""
        ours = ("projected", "projected.json", "print", "minutes.docx", "mail")
        asked = {name: self.browser.get(f"{MEETING}/{name}") for name in ours}
        asked["document"] = self.browser.get("/accounts/canary/print")
        asked["share"] = self.browser.get(f"{MEETING}/share")
        for name in ("", "/minutes.json", "/minutes.docx"):
            asked[f"guest{name}"] = self.guest.get(link + name)
        assert {got.status_code for got in asked.values()} == {200}
        found = {name: sent(name, got) for name, got in asked.items()}
        for name in ("share", "mail"):  # around what goes out stands a page of ours
            inside = found[name].partition(b"<main")[2].partition(b"</main>")[0]
            found[name] = re.sub(rb'(?:href|action)="/m/[^"]*"', b"", inside)
        return found


def read(name, data):
    """Return what somebody reads of an output."""
    if "json" in name:
        values = json.loads(data[: data.rindex(b"}") + 1])
        return "\n".join(plain(text) for text in _texts(values))
    text = re.sub(r"<[^>]*>", "", data.decode()).replace(" (https://example.com)", "")
    return html.unescape(text)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def sent(name, got):
    """Return the bytes of an answer, unzipped, with what its headers say."""
    body = got.content
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [info.filename.encode() + archive.read(info) for info in archive.infolist()]
            body = b"\n".join([*members, archive.comment])
    heads = "\n".join(f"{name}: {value}" for name, value in got.headers.items())
    return body + b"\n" + heads.encode()

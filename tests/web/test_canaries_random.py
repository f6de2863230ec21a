"""However a customer's document is written: what is inside stays inside, in every form of it."""

import re

import pytest
from canary_kit import FRONT, MARKER, Outside, read, small_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_kit import NOW

hidden = st.sampled_from(
    [
        *("<!-- CANARY-a -->", "[[CANARY-b]]", "[[p-CANARY|CANARY-c]]", "^h-cana05"),
        *("<span title='CANARY-d'>CANARY-e</span>", "![CANARY-f](CANARY.png)", "<?CANARY-g?>"),
        *('<img alt="CANARY-h">', "<script>CANARY-i</script>", "![[CANARY-j]]", ""),
    ]
)
links = st.sampled_from(
    [
        '[{0}](https://e.com "CANARY-k")',
        "[{0}](<https://e.com/a b> 'CANARY-l')",
        "[{0}](../CANARY-m (CANARY-n))",
        "**{0}**",
        "`{0}`",
        "_{0}_ {0}",
        "{0}",
    ]
)
below = st.sampled_from(
    [
        *("", "  - CANARY-under\n", "  > CANARY-quote\n", "  <!-- CANARY-line -->\n"),
        *("\n  CANARY-paragraph\n\n", "  - 社内: CANARY-label\n    - [ ] CANARY-deep @sato\n"),
        "\n  ```\n  - お客様: CANARY-code\n  ```\n\n",
    ]
)
inside = st.sampled_from(
    [
        "### 事前仮説\n\n- CANARY-claim ^h-cana01\n  - 根拠: CANARY-why\n  - 判定: 支持 「CANARY-q」\n\n",
        "### 気づき\n\n- CANARY-insight #CANARYtag\n- 決定: CANARY-decided\n\n",
        "### 社内メモ\n\n- 体感: red CANARY-gut\n- [ ] CANARY-todo @sato\n\n#### 決定事項\n\n- CANARY-memo\n\n",
        "### CANARY-unknown\n\n- お客様: CANARY-said\n- 決定: CANARY-x\n- [ ] CANARY-y @sato\n\n",
        "<!--\n### アジェンダ\n- お客様: CANARY-comment\n-->\n\n",
        "> ### アジェンダ\n> - お客様: CANARY-quoted\n\n",
        "CANARY-loose\n\n",
        "",
    ]
)


class Seen:
    """The words of a document that the customer may see, each of them once."""

    def __init__(self):
        self.words = []

    def new(self, draw, before=hidden):
        """Return an item's text with one new word in it."""
        word = f"見える{len(self.words):03}番"
        self.words.append(word)
        return f"{draw(before)} {draw(links).format(word)} {draw(hidden)}".strip()


@st.composite
def documents(draw):
    """Return a document and the words of it that are the customer's."""
    seen = Seen()
    parts = [FRONT, f"## 2026-11-25 14:00 {draw(hidden)} 定例 ^m-cana01\n\n"]
    parts.append("- 出席: @aoki / @sato\n\n" + draw(inside) + "### アジェンダ\n\n")
    for _ in range(draw(st.integers(0, 3))):
        parts.append(f"#### {seen.new(draw)}\n\n")
        for _ in range(draw(st.integers(0, 4))):
            label = draw(st.sampled_from(["お客様: ", "決定: ", "**お客様**：", "- todo"]))
            if label == "- todo":
                parts.append(f"- [ ] {seen.new(draw)} @sato due:2026-12-03\n{draw(below)}")
            else:
                parts.append(f"- {label}{seen.new(draw)}\n{draw(below)}")
        tagged = draw(
            st.sampled_from(["お客様: CANARY #社内", "[ ] CANARY", "CANARY", "社内: CANARY"])
        )
        parts.append(f"- {tagged}\n\n")
    parts.append(draw(inside))
    if draw(st.booleans()):  # a line that begins with a comment is no item at all
        parts.append(f"### 決定事項\n\n- {seen.new(draw, st.just(''))}\n{draw(below)}\n")
    if draw(st.booleans()):
        parts.append(f"### TODO\n\n- [ ] {seen.new(draw)} @aoki\n{draw(below)}\n")
    parts += [draw(inside), "### 社内メモ\n\n- CANARY-last\n"]
    return "".join(parts), seen.words


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """A store, and one link that stays the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_NOW", NOW)
        made = Outside(small_store(tmp_path_factory.mktemp("random") / "store"))
        made.known = made.link()
        yield made


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_marker_leaves_and_every_word_of_the_customer_s_does(outside, made):
    document, words = made
    outside.write(document)
    for name, data in outside.outputs(outside.known).items():
        assert MARKER.findall(data) == [], (name, document)
        shown = re.sub(r"[`*_]", "", read(name, data))
        for word in words:
            assert word in shown, (name, word, document)

"""Documents as nobody would write them, for tests of properties."""

import pytest
from hypothesis import strategies as st

LINES = """\
## 2026-11-25 14:00 定例 ^m-4k7q2x
## 2026/11/18 (水)
# 2026-11-11
### 事前仮説
### アジェンダ
#### 論点
####
### TODO ###
## Notes
- a
- [ ] b @sato due:2026-12-01 ^t-8f3kq0
* [x] c ✅ 2026-11-24
  - 根拠: d
      - deep
1. e
   - 確信度: 70%
- お客様：
- **決定**: f
- - g
-
text
text \x0c form feed
text \u2028 separator
nul \x00 here

\t

```
~~~ md
<!--
-->
<div>
</div>
<script>
> quote
> - 決定: q
| a | b |
|---|---|
    code
[ref]: /url
2026-10-01 setext
---
===
\u3000- wide
---
account: acme
\ufeff""".split("\n")
LINE = st.one_of(
    st.sampled_from(LINES),
    st.text(alphabet="ab-#*`~<>![]()^@: \t\x0b\x0c\x1c\x85\u2028\u3000\x00é", max_size=12),
)
END = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
DOCUMENT = st.builds(
    lambda mark, front, rows, last: (
        mark + front + "".join(line + end for line, end in rows) + last
    ).encode(),
    st.sampled_from(["", "", "\ufeff"]),
    st.sampled_from(["", "", "---\naccount: acme\n---\n", "---\r\na: [\r\n...\r\n", "---\n"]),
    st.lists(st.tuples(LINE, END), max_size=25),
    st.sampled_from(["", "", "- last", "```", "<!-- open"]),
)


@pytest.fixture(scope="session")
def any_document() -> st.SearchStrategy[bytes]:
    """Return a strategy for documents with every line end, mark and trap of the format."""
    return DOCUMENT

"""Whatever a person makes of links, HTML and comments: nothing goes out that is not read as text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model.share import safe_text
from kb.text.plain import inline, plain

INSIDE = "CANARY"
SEEN = "VISIBLE"

odd = st.sampled_from(
    ["資料", "a b", "[b]", "(c)", "`x`", "**d**", "", "\\]", "![z](q)", "<b>e</b>", "[[w]]"]
)
link = st.builds(
    "{0}[{1}{seen}{2}]({3}{4}{5[0]}{inside}{5[1]})".format,
    st.sampled_from(["", "!"]),
    odd,
    odd,
    st.sampled_from(
        [
            *("https://e.com", "<https://e.com>", "<https://e.com/a b>", "https://e.com/(x)"),
            *("https://e.com/((x))", "", "../x", "mailto:a@b.jp", "HTTPS://E.com", "javascript:x"),
            "https://e.com/\\(",
        ]
    ),
    st.sampled_from([" ", "  ", "\t", "\n", " \\"]),
    st.sampled_from(['""', "''", "()"]),
    seen=st.just(SEEN),
    inside=st.just(INSIDE),
)
hidden = st.sampled_from(
    [
        *(f"<!-- {INSIDE} -->", f"<!--{INSIDE}", f"\\<!-- {INSIDE} -->", f"<!--->{INSIDE}-->"),
        *(f"<span>{INSIDE}</span>", f"<div {INSIDE}>{INSIDE}</div>", f"<b {INSIDE}>x</b>"),
        *(f"<script>{INSIDE}</script>", f"<style>{INSIDE}", f'<img\nalt="{INSIDE}">', "<br/>"),
        *(f"<b><i title='{INSIDE}'>x</i></b>", f"</b {INSIDE}>", f"<br {INSIDE}/>"),
        *(f"<?{INSIDE}?>", f"<![CDATA[{INSIDE}]]>", f"<!DOCTYPE {INSIDE}>", "^h-cana0y"),
        *(f"[[{INSIDE}]]", f"[[a|{INSIDE}]]", f"![[{INSIDE}]]", f"\\[[{INSIDE}]]", f"[[{INSIDE}"),
        *(f"![{INSIDE}](x)", f"![{INSIDE}][y]", f"[x][{INSIDE}]", f"&lt;!-- {SEEN} --&gt;"),
    ]
)
marks = st.sampled_from(
    ["あ ", " b", "*c*", "`", "**", "_", "~~", "|", "<", ">", "[", "]", "(", ")"]
)
texts = st.lists(
    st.one_of(st.just(SEEN), marks, st.sampled_from(["!", "\\", "\n"]), link, hidden),
    min_size=1,
    max_size=6,
).map("".join)


def read(text):
    """What somebody reads of a text, as Markdown shows it."""
    return [token.content for token in inline(text) if token.type in ("text", "code_inline")]


@settings(max_examples=500, deadline=None)
@given(texts)
def test_what_goes_out_is_read_as_text_or_does_not_go_out(text):
    safe = safe_text(text)
    if INSIDE in safe:  # a near miss, such as a quote without a link, is the text itself
        assert INSIDE in "".join(read(safe)), safe
        assert all(INSIDE not in str(token.attrs) for token in inline(safe)), safe
        assert any(INSIDE in part for part in read(text)), text
    assert (INSIDE in plain(safe)) == (INSIDE in safe)


def test_titles_of_unusual_links_stay_inside():
    for text in (
        '[資料\\]](https://e.com "CANARY")',
        "[資料[1]](https://e.com 'CANARY')",
        '[資料](<https://e.com/a b> "CANARY")',
        '[資料](https://e.com/((x)) "CANARY")',
        '[資料](../intern "CANARY")',
        '![図\\]](https://e.com "CANARY")資料',
    ):
        assert "CANARY" not in safe_text(text), text
        assert "資料" in safe_text(text), text


def test_a_plain_link_stays_one():
    assert safe_text("[資料](https://e.com/a)を見た") == "[資料](https://e.com/a)を見た"
    assert safe_text("[a [b] c](https://e.com)") == "[a [b] c](https://e.com)"


def test_the_words_of_a_line_have_no_signs_of_markdown():
    assert plain("**12月**に`x`を *出す*") == "12月にxを 出す"
    assert plain("[資料](https://e.com/あ)を見た") == "資料 (https://e.com/あ)を見た"
    assert plain("<https://e.com> [a@b.jp](mailto:a@b.jp)") == "https://e.com a@b.jp"
    assert plain("~~12月3日~~ 5日\n_予定_") == "~~12月3日~~ 5日\n予定"
    assert plain("") == ""

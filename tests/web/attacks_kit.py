"""Texts with which others broke other programs, what of them fits where, and how it comes back."""

import json
import re

LONGEST_LINE = 32 * 1024
BREAKS = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
INVISIBLE = "\u115f\u1160\u2800\u3164\uffa0"
TAG = re.compile(r"\s+#[^\s#]+$")
GUARD = "番兵"
"""Stands behind each batch, and has to be there on the page."""
LIVE = ", ".join(
    f"main {one}"
    for one in (
        *("script", "iframe", "object", "embed", "img", "style", "link", "base", "meta"),
        *("[onclick]", "[onerror]", "[onload]", "[style]", "[srcdoc]"),
        *("a[href^='javascript' i]", "a[href^='data' i]", "a[href^='vbscript' i]"),
    )
)
"""What no text may become on a page."""
SEEN = """(() => {
  const meetings = [...document.querySelectorAll("section.meeting")];
  return {
    meetings: meetings.length,
    apart: meetings.filter(e => e.parentNode === meetings[0].parentNode).length,
    guards: meetings.filter(e => e.textContent.includes("GUARD")).length,
    strange: [...document.querySelectorAll(`LIVE`)].map(e => e.outerHTML.slice(0, 200)),
  };
})()""".replace("GUARD", GUARD).replace("LIVE", LIVE)
"""What a page shows: meetings and whether they stand side by side, and what may not be there."""


def attacks(shared):
    """Every text of the folder, once."""
    folder = shared / "data" / "attacks"

    def load(name):
        return json.loads((folder / name).read_text("utf-8"))

    found = load("blns/blns.json")
    found += [one["markdown"] for one in load("commonmark/examples.json")]
    found += [one["payload"] for one in load("dompurify/payloads.json")]
    found += load("own/bad_names.json")
    found += [grown(*one) for one in load("own/pathological.json").values()]
    return list(dict.fromkeys(found))


def grown(unit, times, tail):
    """A pathological text: a unit so many times, and what ends it."""
    if unit == "GROW`":
        return " ".join("`" * n for n in range(1, times + 1))
    return unit * times + tail


def lines(text):
    """The lines of a text that a paragraph can hold."""
    return [part for line in BREAKS.split(text) if (part := line.strip())]


def kept(text):
    """A text as it comes back: LF for the end of a line, without blank lines and outer blanks."""
    return "\n".join(lines(text))


def fits(text, *, one_line=False):
    """Whether a field can hold a text; else it has to be refused, and nothing written."""
    if UNFIT.search(text) or not visible(text):
        return False
    if one_line and BREAKS.search(text):
        return False
    return all(len(line.encode()) <= LONGEST_LINE for line in lines(text))


def visible(text):
    """Whether a text shows anything."""
    return any(c.isprintable() and c != " " and c not in INVISIBLE for c in text)


def same(text, got):
    """Whether a text came back; a tag at its very end is a tag."""
    return got in (kept(text), TAG.sub("", kept(text)))

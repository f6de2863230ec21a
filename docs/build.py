"""Renders the documentation as pages and checks that every link leads somewhere.

python docs/build.py build/docs
"""

import re
import shutil
import sys
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.ja.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs")
STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.7;
       font-family: system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif;
       color-scheme: light dark }
code, pre { font-family: ui-monospace, 'Noto Sans Mono CJK JP', monospace; font-size: .92em }
pre { overflow-x: auto; padding: .8rem; border: 1px solid #8884; border-radius: .4rem }
table { border-collapse: collapse }
td, th { border: 1px solid #8886; padding: .3rem .6rem; text-align: left }
img { max-width: 100% }
"""
_NO_SLUG = re.compile(r"[^\w\- ]")


def sources() -> list[Path]:
    """Return every file of the documentation."""
    found: list[Path] = []
    for name in PAGES:
        place = ROOT / name
        found += sorted(place.rglob("*")) if place.is_dir() else [place]
    return [path for path in found if path.is_file() and path.suffix != ".py"]


def parser() -> MarkdownIt:
    """Return the Markdown parser of the pages."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as git hosts make them."""
    tokens = parser().parse(text)
    titles = [
        tokens[index + 1].content for index, t in enumerate(tokens) if t.type == "heading_open"
    ]
    return {slug(title) for title in titles}


def slug(title: str) -> str:
    """Return the anchor of a heading."""
    return _NO_SLUG.sub("", title.lower()).strip().replace(" ", "-")


def links(text: str) -> list[str]:
    """Return the targets of all links and pictures of a page."""
    found = []
    for token in parser().parse(text):
        for inner in token.children or []:
            target = inner.attrGet("href") or inner.attrGet("src")
            if target is not None:
                found.append(str(target))
    return found


def broken() -> list[str]:
    """Return every link between the pages that leads nowhere, as `page: target`."""
    found = []
    for page in sources():
        if page.suffix != ".md":
            continue
        for target in links(page.read_text("utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            place = (page.parent / path).resolve() if path else page
            known = place.is_dir() or place.is_file()
            if known and anchor and place.suffix == ".md":
                known = anchor in anchors(place.read_text("utf-8"))
            if not known:
                found.append(f"{page.relative_to(ROOT)}: {target}")
    return found


def render(page: Path) -> str:
    """Return one page as HTML, its links leading to the other pages."""
    text = page.read_text("utf-8")
    body = parser().render(text)
    body = re.sub(r'(href="(?![a-z]+:)[^"#]*?)(?:README)?\.md', _to_page, body)
    body = re.sub(
        r"<h(\d)>(.*?)</h\1>",
        lambda m: f'<h{m[1]} id="{slug(re.sub("<.*?>", "", m[2]))}">{m[2]}</h{m[1]}>',
        body,
    )
    title = escape(text.partition("\n")[0].lstrip("# "))
    lang = "ja" if page.name.endswith(".ja.md") else "en"
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>{body}</html>\n'
    )


def _to_page(found: re.Match[str]) -> str:
    return f"{found[1]}index.html" if found[0].endswith("README.md") else f"{found[1]}.html"


def main(target: Path) -> int:
    """Write all pages below `target`; return 1 when a link leads nowhere."""
    for page in sources():
        place = target / page.relative_to(ROOT)
        if page.suffix == ".md":
            name = "index.html" if page.name == "README.md" else f"{page.stem}.html"
            place = place.with_name(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(render(page), "utf-8")
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, place)
    bad = broken()
    for line in bad:
        sys.stderr.write(f"leads nowhere: {line}\n")
    sys.stdout.write(f"{target}/index.html\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/docs")))

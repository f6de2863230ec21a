"""Makes the pictures of all pages in `docs/img`: light, dark and phone, Japanese and English.

The sample team on its own day; nothing in a picture depends on the machine but its fonts.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromium import Chromium, Program
from every_page import MEETING, PAGES, STATES, Page, furnished
from smaller import smaller

from kb.work import demo

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs/img"
MORNING = "2026-11-25T08:50:00+09:00"
AFTER = "2026-11-25T14:53:00+09:00"
KINDS = (("", 1280, 900, False), ("-dark", 1280, 900, True), ("-phone", 390, 844, False))
"""What a picture's name ends in, its window, and whether it is dark."""
TALL = 1000
"""A picture shows so many pixels of a page at most."""


@contextmanager
def served(moment: str, *words: str) -> Iterator[str]:
    """Run a command that serves pages at a moment; give its one-time address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "--as", "sato", *words, "--port", "0"],
        env=os.environ | {"KB_NOW": moment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def main(folder: Path, names: list[str]) -> None:
    """Make all pictures, or those of the pages that are named."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("no Chromium on this machine (Debian: apt-get install chromium)")
    pages = [page for page in (*PAGES, *STATES) if not names or page.name in names]
    if not names:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        store = demo.build(Path(place) / "store").store
        running = Program(program, Path(place) / "profile")
        browser = running.page()
        serve = ("serve", "--store", str(store))
        sample = ("demo", str(Path(place) / "demo"), "--serve", "--no-browser")
        for moment, words, own in (
            (MORNING, serve, lambda page: page.address not in (MEETING, "/start", "/kept")),
            (AFTER, serve, lambda page: page.address == MEETING),
            (MORNING, sample, lambda page: page.address == "/start"),
            (AFTER, serve, lambda page: page.address == "/kept"),
        ):
            some = [page for page in pages if own(page)]
            if some and some[0].address == "/kept":
                os.environ["KB_NOW"] = MORNING
                furnished(store)
            with served(moment, *words) as address:
                take(browser, address, some, folder)
        running.close()
    made = list(folder.iterdir())
    size = sum(path.stat().st_size for path in made) / 1e6
    sys.stdout.write(f"{len(made)} pictures, {size:.1f} MB, in {folder}\n")


def take(browser: Chromium, address: str, pages: list[Page], folder: Path) -> None:
    """Take the pictures of some pages of one server."""
    if not pages:
        return
    browser.open(address)
    home = address.partition("/enter/")[0]
    for lang, end in (("ja", ""), ("en", ".en")):
        browser.speak(lang)
        for page in pages:
            for kind, width, height, dark in KINDS:
                browser.resize(width, height)
                browser.dark(dark)
                if not kind:
                    page.open(browser, home, patient=True)
                file = folder / f"{page.name}{kind}{end}.png"
                if height < width:
                    browser.picture(file, tall=TALL)
                else:  # what is fixed to the foot of a phone stands at the foot of its picture
                    tall = browser.ask("document.documentElement.scrollHeight")
                    browser.resize(width, min(TALL, max(height, tall)))
                    browser.picture(file, tall=TALL)
                file.write_bytes(smaller(file.read_bytes()))


if __name__ == "__main__":
    main(Path(os.environ.get("KB_IMAGES") or IMAGES), sys.argv[1:])

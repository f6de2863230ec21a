"""What `bench.web` measures: pages, saves and searches, memory, load; each returns its rows."""

import gzip
import random
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from bench.webparts import load, stores
from bench.webparts.serving import Answer, Browser, Server, plain

LOOKS = 20
KB = 1024
Row = dict[str, Any]


def row(what: str, value: float, limit: float | None, **more: object) -> Row:
    """Return a figure with its limit (None: it is only told) and what else is to be seen of it."""
    digits = 1 if value < 100 else 0
    kept = limit is None or value <= limit
    told = {key: round(one, 1) if isinstance(one, float) else one for key, one in more.items()}
    most = None if limit is None else round(limit, 1)
    return {"what": what, "value": round(value, digits), "at_most": most, **told, "kept": kept}


def looked(server: Server, browser: Browser, path: str) -> tuple[Answer, dict[str, float]]:
    """Return the last answer, and times: the first look, later ones (median) and their CPU."""
    first = _ask(browser, path)
    before = server.cpu()
    answers = [_ask(browser, path) for _ in range(LOOKS)]
    cpu = (server.cpu() - before) / LOOKS
    times = {"first": first.took, "again": median(one.took for one in answers), "cpu": cpu}
    return answers[-1], times


def _ask(browser: Browser, path: str) -> Answer:
    answer = browser.ask(path)
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return answer


def long_account(root: Path, scale: float) -> Iterator[Row]:
    """Measure the account of 260 meetings among others, and what its page and others weigh."""
    with Server(root) as server:
        browser = server.enter()
        _settle(server, browser)
        for path in ("/", "/accounts", "/accounts/a1", "/accounts/a2"):
            _ask(browser, path)
        shown, times = looked(server, browser, "/accounts/long")
        yield row("account of 260 meetings: first, ms", times["first"], 100 * scale)
        yield row(
            "account of 260 meetings: again, ms", times["again"], 20 * scale, cpu=times["cpu"]
        )
        weights = {"account": _weight(browser, shown)}
        meeting = re.search(rb'"(/m/a1/[^"/]+)"', plain(_ask(browser, "/accounts/a1")))
        assert meeting is not None
        at = meeting[1].decode()
        for name, path in (("meeting", at), ("today", "/"), ("search", f"/search?q={_q('研修')}")):
            shown, times = looked(server, browser, path)
            weights[name] = _weight(browser, shown)
            yield row(f"{name}: again, ms", times["again"], None, **times)
        for name, (without, script) in weights.items():
            yield row(f"{name}: KB without script", without / KB, 60)
            yield row(f"{name}: KB with script", (without + script) / KB, 250)


def _weight(browser: Browser, page: Answer) -> tuple[int, int]:
    """Return the bytes of a page as they are sent, with its sheets and pictures; of its scripts."""
    html = plain(page)
    others, scripts = len(page.body), 0
    if "content-encoding" not in page.headers:
        others = len(gzip.compress(page.body))
    for address in set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', html)):
        answer = _ask(browser, address.decode())
        packed = "content-encoding" in answer.headers
        size = len(answer.body) if packed else len(gzip.compress(answer.body))
        if b".js" in address:
            scripts += size
        else:
            others += size
    return others, scripts


def many_accounts(root: Path, scale: float) -> Iterator[Row]:
    """Measure Today over thousands of accounts, memory after 1,000 views, then search."""
    with Server(root) as server:
        browser = server.enter()
        _settle(server)
        _, times = looked(server, browser, "/")
        yield row("today: first look of all, ms", times["first"], None)
        yield row("today: again, ms", times["again"], 50 * scale, cpu=times["cpu"])
        held = _memory(server, browser)
        yield row("memory after 1,000 views, MB", held, 150)
        _settle(server, browser)
        yield row("memory: added by search by meaning, MB", server.memory() - held, None)
        typed, sent = (_themes(at) for at in (0, 5))
        yield from _searched(server, browser, typed, sent, 30 * scale)


def _themes(at: int) -> list[str]:
    """Return questions of one word and of two."""
    pairs = zip(stores.PLACES, stores.THEMES[10 + at :], strict=False)
    return [*stores.MATTERS[at : at + 5], *stores.THEMES[at : at + 5], *map(" ".join, pairs)]


def _searched(
    server: Server, browser: Browser, typed: Sequence[str], sent: Sequence[str], most: float
) -> Iterator[Row]:
    """Measure searches as a page asks for them, and questions that were `sent` at once.

    While somebody has `typed`, it asks by words alone, and when the typing pauses by meaning, too.
    """
    took: dict[str, list[float]] = {"while typing": [], "after a pause": []}
    before = server.cpu()
    for text in typed:
        took["while typing"].append(_ask(browser, f"/search?q={_q(text)}&quick=1").took)
        time.sleep(0.1)
        took["after a pause"].append(_ask(browser, f"/search?q={_q(text)}").took)
    both = (server.cpu() - before) / len(typed)
    before = server.cpu()
    took["at once"] = [_ask(browser, f"/search?q={_q(text)}").took for text in sent]
    alone = (server.cpu() - before) / len(sent)
    for when, cpu in (("while typing", both), ("after a pause", both), ("at once", alone)):
        how = "words" if when == "while typing" else "words and meaning"
        told = {"cpu": cpu, "worst": max(took[when])}
        what = f"search by {how}, {when}: median of {len(took[when])}, ms"
        yield row(what, median(took[when]), most, **told)


def _settle(server: Server, browser: Browser | None = None) -> None:
    """Wait until the server does nothing by itself any more, at most half an hour.

    With a browser something is searched first, so that the meanings are loaded, too.
    """
    if browser is not None:
        _ask(browser, f"/search?q={_q('広島')}")
    until = time.monotonic() + 1_800
    before, busy = server.cpu(), True
    while busy and time.monotonic() < until:
        time.sleep(2)
        now = server.cpu()
        busy, before = now - before > 200, now


def _memory(server: Server, browser: Browser, views: int = 1_000) -> float:
    """Return what the server holds (MB) after so many pages were seen, nothing searched."""
    chance = random.Random(11)
    seen = 0
    accounts = sorted(path.stem for path in (server.root / "accounts").glob("a*.md"))[:400]
    while seen < views:
        account = chance.choice(accounts)
        shown = _ask(browser, chance.choice(("/", f"/accounts/{account}", f"/accounts/{account}")))
        found = re.findall(rb'"(/m/[^"/]+/[^"/]+)"', plain(shown))
        seen += 1
        if found and chance.random() < 0.5:
            _ask(browser, chance.choice(found).decode())
            seen += 1
    return server.memory()


def real_pages(root: Path, scale: float, rounds: int = 40) -> Iterator[Row]:
    """Measure saving and searching over HTTP on real pages, beside git on the same files."""
    bare = root.with_name("bare")
    shutil.copytree(root, bare)
    pages = [path.read_text("utf-8") for path in sorted((root / "accounts").glob("*.md"))[:200]]
    chance = random.Random(3)
    with Server(root) as server:
        browser = server.enter()
        browser.learn(_ask(browser, f"/m/a0/m-{stores.code(0)}"))
        _settle(server, browser)
        saves: list[float] = []
        gits: list[float] = []
        for number in range(rounds + 3):
            n = number * 37 % len(pages)
            path = f"/m/a{n}/m-{stores.code(n)}/lines"
            answer = browser.send(path, kind="memo", text=f"saved {number}")
            if answer.status != 303:
                raise SystemExit(f"{path}: {answer.status}")
            spent = _by_git(bare, f"accounts/a{n}.md", number)
            if number >= 3:
                saves.append(answer.took)
                gits.append(spent)
        git = median(gits)
        yield row("git add + commit --only: median, ms", git, None)
        yield row("save over HTTP: median, ms", median(saves), 0.7 * git + 8 * scale)
        yield row("save: ratio to git", median(saves) / git, None, p95=load.percentile(saves, 0.95))
        asked = []
        for _ in range(120):
            words = re.findall(r"[A-Za-z]{5,}", chance.choice(pages)) or ["meeting"]
            at = chance.randrange(len(words))
            asked.append(" ".join(words[at : at + 2]))
        yield from _searched(server, browser, asked[:60], asked[60:], 10 * scale)


def _by_git(root: Path, path: str, number: int) -> float:
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(f"- line {number}\n")
    who = ("-c", "user.name=b", "-c", "user.email=b@example.com", "-c", "gc.auto=0")
    began = time.perf_counter()
    for words in (["add", "--", path], ["commit", "-q", "--only", "-m", "x", "--", path]):
        subprocess.run(["git", "-C", str(root), *who, *words], check=True)
    return (time.perf_counter() - began) * 1000


def under_load(root: Path, asked: Sequence[int]) -> Iterator[Row]:
    """Let many ask and some write at once, at a pace as `load.run` takes it; see what holds."""
    pace = (asked[0], asked[1], asked[2])
    accounts = [
        (path.stem, found[1])
        for path in sorted((root / "accounts").glob("a*.md"))[:60]
        if (found := re.search(r"\^(m-\w{6})", path.read_text("utf-8")))
    ]
    with Server(root) as server:
        browser = server.enter()
        browser.learn(_ask(browser, "/m/{}/{}".format(*accounts[0])))
        _settle(server, browser)
        paths = load.mixed(accounts, list(stores.THEMES))
        before, began = server.cpu(), time.perf_counter()
        done = load.run(browser, paths, accounts[:30], pace)
        busy = (server.cpu() - before) / 10 / (time.perf_counter() - began)
        held = server.memory()
    for one in done.errors[:5]:
        print(f"  {one}")
    what = f"{pace[0]} reads and {pace[1]} saves a second for {pace[2]} s"
    yield row(f"{what}: errors", len(done.errors), 0)
    yield row("reads: p95, ms", load.percentile(done.reads, 0.95), None, asked=len(done.reads))
    yield row("saves: p95, ms", load.percentile(done.saves, 0.95), None, asked=len(done.saves))
    yield row("reads: p50, ms", load.percentile(done.reads, 0.5), None)
    yield row("processor that the server had, %", busy, None, memory_mb=held)
    yield row("acknowledged lines that are not there", len(load.lost(root, done)), 0)
    yield row("store unclean afterwards", len(load.unclean(root).splitlines()), 0)


def _q(words: str) -> str:
    return quote(words)

"""What pages cost: `python -m bench.web [--meetings N] [--accounts N] [--json]`.

A store is made in a scratch folder, with one account of N meetings and many of twenty, and a
`kb serve` is asked for its pages over the socket. Times are milliseconds of the clock: the first
look, then the median of twenty; "first" of the long account is a first look at it by a server that
has served others. Weight is the page and its style sheets, compressed. Exit code 1 says that a
target was missed.
"""

import argparse
import gzip
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

NOW = "2026-11-25T09:00:00+09:00"
LOOKS = 20
FIRST, AGAIN = 100, 20
"""Milliseconds that the page of the long account may take at first, and then."""
WEIGHT = 60 * 1024


def document(key: str, meetings: int) -> str:
    """Return the running document of an account with so many meetings, newest first."""
    parts = [f"---\naccount: {key}\nname: {key} 株式会社\ncsm: kim\n---\n\n# {key}\n"]
    for n in range(meetings):
        month, day = 12 - n % 12, 28 - n // 12 % 28
        year = 2026 - n // 336
        done = "x" if n > 3 else " "
        date = f"{year}-{month:02}-{day:02}"
        parts.append(
            f"## {date} 10:00 定例 {n}\n\n- 時間: 10:00–10:45\n- 出席: 田中様, 鈴木様 / @kim\n\n"
            f"### 事前仮説\n\n- 引き継ぎが終われば、利用率は{n % 40 + 40}%に戻る。\n"
            "  - 根拠: 前回の声\n  - 検証: 画面で尋ねる\n  - 効果: 売上 120万円\n  - 確信度: 70%\n"
            f"  - 判定: 支持 「もう戻っています」\n\n### アジェンダ\n\n"
            + "".join(
                f"#### 論点 {n}-{k} の進め方\n\n- スタンス: 当社が先に**案**を出したい\n"
                f"- お客様: 現場は忙しいので、{k}回目からでよい\n- 決定: {k}回に分けて行う\n"
                f"- [{done}] 案を送る {n}-{k} @kim due:{date}\n\n"
                for k in range(3)
            )
            + "### 気づき\n\n- 先に案があると、話が早く決まる #進め方\n\n"
        )
    return "\n".join(parts)


def build(root: Path, meetings: int, accounts: int) -> None:
    """Make the store at `root`."""
    from kb.wiring import start_store

    start_store(root, "Kim <kim@example.com>", lang="ja", team="bench")
    (root / "accounts").mkdir(exist_ok=True)
    (root / "accounts/long.md").write_text(document("long", meetings), "utf-8")
    for n in range(accounts):
        (root / f"accounts/a{n}.md").write_text(document(f"a{n}", 20), "utf-8")


def measure(root: Path) -> dict[str, dict[str, float]]:
    """Return for each page its first look, the median of later ones, and its weight."""
    from kb.faces.web.assets import assets

    words = ["serve", "--json", "--port", "0", "--as", "Kim <kim@example.com>"]
    server = subprocess.Popen(
        [sys.executable, "-m", "kb", "--store", str(root), *words],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    told = ""
    while not told.endswith("}\n"):
        told += server.stdout.readline()
    address = urlsplit(json.loads(told)["url"])
    line = http.client.HTTPConnection(address.netloc)
    line.request("GET", address.path)
    answer = line.getresponse()
    answer.read()
    cookie = {"cookie": (answer.getheader("set-cookie") or "").partition(";")[0]}
    sheets = sum(len(gzip.compress(one.data)) for one in assets().values())
    found: dict[str, dict[str, float]] = {}
    for path in (
        "/accounts",
        "/accounts/a0",
        "/accounts/long",
        "/",
        f"/search?q={quote('引き継ぎ')}",
    ):
        times = []
        for _ in range(LOOKS + 1):
            began = time.perf_counter()
            line.request("GET", path, headers=cookie)
            answer = line.getresponse()
            content = answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
        found[path.partition("?")[0]] = {
            "first": round(times[0], 1),
            "again": round(median(times[1:]), 1),
            "weight": sheets + len(gzip.compress(content)),
        }
    server.terminate()
    server.wait()
    return found


def main() -> int:
    """Measure and print; 1 when a target was missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--meetings", type=int, default=260)
    asked.add_argument("--accounts", type=int, default=200)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    os.environ["KB_NOW"] = NOW
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        build(root, options.meetings, options.accounts)
        found = measure(root)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(f"{'page':24} {'first':>8} {'again':>8} {'KB':>6}")
        for path, row in found.items():
            print(f"{path:24} {row['first']:8} {row['again']:8} {row['weight'] / 1024:6.1f}")
    long = found["/accounts/long"]
    return int(
        long["first"] > FIRST
        or long["again"] > AGAIN
        or any(row["weight"] > WEIGHT for row in found.values())
    )


if __name__ == "__main__":
    sys.exit(main())

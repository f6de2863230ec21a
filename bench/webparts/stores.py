"""Stores for `bench.web`: one long account among many, and real pages as accounts."""

import os
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

MEMBERS = ("kim", "sato", "mori", "ito")
DAYS = ("2026-11-25", "2026-11-24", "2026-11-18", "2026-11-04")
PLACES = "広島 札幌 仙台 名古屋 大阪 京都 神戸 福岡 新潟 金沢 岡山 熊本 静岡 長野 高松 松山".split()
MATTERS = (
    "権限 請求書 監査 端末 契約 帳票 部門 在庫 名寄せ 休日 通知 研修 承認 検索 画面 報告 "
    "データ 予算 窓口 倉庫 夜間処理 問い合わせ 取り込み 再オンボーディング"
).split()
ASPECTS = (
    "移行 様式 準備 分担 保存期間 日程 流れ 入れ替え 頻度 更新 出力 統合 連携 精度 対応 配色"
).split()
THEMES = tuple(f"{matter}の{aspect}" for aspect in ASPECTS for matter in MATTERS)
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
TOML = '[members.{key}]\nname = "{name}"\nemail = "{key}@example.com"\n'


def code(number: int) -> str:
    """Return six characters that tell `number` from all others."""
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(25, -1, -5))


def document(key: str, meetings: int, seed: int, csm: str = "kim") -> str:
    """Return the running document of an account with so many meetings, newest first."""
    said = random.Random(seed)
    parts = [f"---\naccount: {key}\nname: {key} 株式会社\ncsm: {csm}\n---\n\n# {key}\n"]
    for n in range(meetings):
        month, day = 12 - n % 12, 28 - n // 12 % 28
        date = f"{2026 - n // 336}-{month:02}-{day:02}" if n else DAYS[seed % len(DAYS)]
        at = code(seed * 1000 + n)
        closed = f"- 議事録: {date} 10:48\n" if n > 0 or date < DAYS[0] else ""
        done = "x" if n > 1 else " "
        places = said.sample(PLACES, 3)
        themes = said.sample(THEMES, 3)
        parts.append(
            f"## {date} 10:00 {themes[0]}の相談 ^m-{at}\n\n- 時間: 10:00–10:45\n"
            f"- 出席: 田中様, 鈴木様 / @{csm}\n{closed}\n### 事前仮説\n\n"
            f"- {places[0]}で{themes[0]}が終われば、利用率は{n % 40 + 40}%に戻る。 ^h-{at}\n"
            f"  - 根拠: 前回の声\n  - 検証: 画面で尋ねる\n  - 効果: 売上 120万円\n"
            f"  - 確信度: {said.randrange(1, 10) * 10}%\n"
            + ("  - 判定: 支持 「もう戻っています」\n" if closed else "")
            + "\n### アジェンダ\n\n"
            + "".join(
                f"#### {places[k]}の{themes[k]} {n}-{k}\n\n- スタンス: 当社が先に**案**を出したい\n"
                f"- お客様: {places[k]}の現場は忙しいので、{said.randrange(2, 9)}回目からでよい\n"
                f"- 決定: {said.randrange(2, 90)}回に分けて行う\n"
                f"- [{done}] {themes[k]}の案を送る {n}-{k} @{csm} due:{date}\n\n"
                for k in range(3)
            )
            + f"### 気づき\n\n- {themes[1]}は先に案があると、話が早く決まる #進め方\n\n"
        )
    return "\n".join(parts)


def many(root: Path, accounts: int, meetings: int = 20, long: int = 0) -> None:
    """Make a store of so many accounts, and one beside them that is `long`."""
    made = _begin(root)
    for n in range(accounts):
        text = document(f"a{n}", meetings, n, MEMBERS[n % len(MEMBERS)])
        (made / f"a{n}.md").write_text(text, "utf-8")
    if long:
        (made / "long.md").write_text(document("long", long, 1_000_003), "utf-8")
    _commit(root)


def real(root: Path, pages: list[str], accounts: int) -> None:
    """Make a store whose accounts each hold one real page, repeated until there are enough."""
    made = _begin(root)
    for n in range(accounts):
        inside = re.sub(r"(?m)^(#{1,4}) ", r"##\1 ", pages[n % len(pages)])
        head = f"---\naccount: a{n}\nname: Page {n}\ncsm: {MEMBERS[n % len(MEMBERS)]}\n---\n"
        day = DAYS[n % len(DAYS)]
        title = f"Notes {n % len(pages)}"  # a page that is repeated means the same each time
        text = f"{head}\n# Page {n}\n\n## {day} 10:00 {title} ^m-{code(n)}\n\n{inside}\n"
        (made / f"a{n}.md").write_text(text, "utf-8")
    _commit(root)


def pages(data: Path) -> Iterator[str]:
    """Yield the real pages of `minutes` in a folder of data."""
    for path in sorted((data / "minutes").rglob("*.md")):
        if path.name != "README.md":
            yield path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _begin(root: Path) -> Path:
    from kb.wiring import start_store

    start_store(root, "Kim <kim@example.com>", lang="ja", team="bench")
    with (root / "kb.toml").open("a", encoding="utf-8") as file:
        for key in MEMBERS[1:]:
            file.write("\n" + TOML.format(key=key, name=key.title()))
    (root / "accounts").mkdir(exist_ok=True)
    return root / "accounts"


def _commit(root: Path) -> None:
    names = {f"GIT_{who}_NAME": "Bench" for who in ("AUTHOR", "COMMITTER")}
    mails = {f"GIT_{who}_EMAIL": "bench@example.com" for who in ("AUTHOR", "COMMITTER")}
    at = {f"GIT_{who}_DATE": "2026-10-01T09:00:00+09:00" for who in ("AUTHOR", "COMMITTER")}
    for words in (["add", "-A"], ["commit", "-qm", "Fill."], ["gc", "-q"]):
        subprocess.run(
            ["git", "-C", str(root), "-c", "gc.auto=0", *words],
            check=True,
            env={**os.environ, **names, **mails, **at},
        )

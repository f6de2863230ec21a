"""How long lists take: `python -m bench.catalogue [--json] [--accounts N] [--meetings N]`.

Builds a store of 2,000 accounts with 20 meetings each in a scratch folder, and measures

- the catalogue from nothing, beside the Markdown parser alone on the same bytes,
- `kb todo` as a whole process when the catalogue is warm, beside bare Python and bare click,
- bringing the rows along with a save, for a document of 5 KB and one of 350 KB.

CPU is user plus system time; what else the machine does counts for less than in wall time.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CODE = Path(tempfile.gettempdir()) / "kb-bench-code"
MEMBERS = ("sato", "mori", "ito", "takahashi")
BARE = 12.0
"""Milliseconds of CPU that bare Python takes where the targets hold; elsewhere they are scaled."""

MEETING = """\
## {date} 14:00 定例ミーティング {n} ^m-{id}

- 時間: 14:00–14:50
- 出席: 田中様(情報システム部長), 鈴木様 / @{owner} @mori
- 議事録: {date} 14:54

### 事前仮説

- 管理者の交代で利用が落ちている。再研修を{n}回行えば、週次利用率が60%に戻る。 ^h-{id}
  - 根拠: 利用率 61→48%、前の管理者が異動
  - 検証: 当日、引き継ぎの状況を尋ねる
  - 効果: 売上 +120万円/年
  - 確信度: 70%
  - 判定: 支持 「引き継ぎ資料がなく、誰も設定を触れなかった」

### アジェンダ

#### 再オンボーディングの進め方 {n} ^a-{id}

- スタンス: 前半に2回、当社主催で実施したい
- お客様: 初回は管理者だけでよい。現場は2回目から
- 決定: {date} に管理者向けを実施する ^d-{id}
- [{done}] 招待状 {n} を送る @{owner} due:{date} ^t-{id}

### 気づき

- 交代が決まった時点で引き継ぎ会を申し出ると、利用の落ち込みを防げる {n} #引き継ぎ ^i-{id}

"""
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def code(number: int) -> str:
    """Return six characters that tell `number` from all others."""
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(25, -1, -5))


def document(account: int, meetings: int) -> bytes:
    """Return the text of one account with that many meetings, newest first."""
    owner = MEMBERS[account % len(MEMBERS)]
    parts = [
        f"---\naccount: a{account:05}\nname: 顧客 {account}\ncsm: {owner}\nmrr: 100000\n---\n\n"
    ]
    for n in range(meetings, 0, -1):
        months, day = divmod(n, 28)
        year, month = divmod(months, 12)
        parts.append(
            MEETING.format(
                date=f"{2006 + year}-{month + 1:02}-{day + 1:02}",
                n=n,
                id=code(account * 1000 + n),
                owner=owner,
                done=" " if n > meetings - 1 else "x",
            )
        )
    return "".join(parts).encode()


def store(root: Path, accounts: int, meetings: int) -> int:
    """Write a store; return its documents' bytes."""
    (root / "accounts").mkdir(parents=True)
    members = "".join(f'[members.{m}]\nname = "{m}"\nemail = "{m}@example.com"\n' for m in MEMBERS)
    (root / "kb.toml").write_text(
        f'[team]\nname = "bench"\nlanguage = "ja"\ntimezone = "Asia/Tokyo"\n\n{members}'
    )
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    size = 0
    old = time.time() - 3600
    for account in range(accounts):
        data = document(account, meetings)
        file = root / "accounts" / f"a{account:05}.md"
        file.write_bytes(data)
        os.utime(file, (old, old))
        size += len(data)
    return size


def cpu(command: list[str]) -> float:
    """Return the CPU milliseconds of a process and its children."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "KB_NOW": "2026-11-25T09:00:00+09:00"}
    # Modules are compiled once, as where kb is installed.
    env["PYTHONPYCACHEPREFIX"] = str(CODE)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def from_nothing(root: Path) -> tuple[float, float, int]:
    """Return (CPU seconds, those of the parser alone, documents) for the whole store."""
    from kb.catalogue.catalogue import Catalogue
    from kb.text.outline import markdown

    texts = [file.read_text() for file in (root / "accounts").iterdir()]
    began = time.process_time()
    sample = texts[:: max(1, len(texts) // 100)]
    for text in sample:
        markdown().parse(text)
    alone = (time.process_time() - began) * len(texts) / len(sample)
    catalogue = Catalogue(root, members=MEMBERS)
    began = time.process_time()
    parsed = catalogue.catch_up()
    took = time.process_time() - began
    catalogue.close()
    return took, alone, parsed


def after_a_save(root: Path, meetings: int, times: int = 15) -> tuple[float, int]:
    """Return (median CPU ms of `note_saved`, bytes) for a document of so many meetings."""
    from kb.catalogue.catalogue import Catalogue
    from kb.catalogue.documents import blob_id
    from kb.text.outline import parse

    path = f"accounts/save{meetings}.md"
    data = document(90_000 + meetings, meetings)
    (root / path).write_bytes(data)
    catalogue = Catalogue(root, members=MEMBERS)
    catalogue.catch_up()
    level, starts = parse(data).boundaries
    took = []
    for turn in range(times):
        line = f"- お客様: ひとこと {os.getpid()} {turn}\n".encode()
        at = data.index("- 決定".encode())
        data = data[:at] + line + data[at:]
        (root / path).write_bytes(data)
        first = next(i for i, (_, start, _) in enumerate(starts) if start > at)
        moved = tuple((kind, s + len(line), row + 1) for kind, s, row in starts[first:])
        starts = (*starts[:first], *moved)
        saved = parse(data, boundaries=(level, starts))
        blob = blob_id(data)
        began = time.process_time()
        catalogue.note_saved({path: blob}, {path: saved})
        took.append((time.process_time() - began) * 1000)
    catalogue.close()
    return median(took), len(data)


def measure(root: Path, accounts: int, meetings: int) -> list[dict[str, object]]:
    """Return all figures, each with its unit, and its target where it has one."""
    size = store(root, accounts, meetings)
    took, alone, parsed = from_nothing(root)
    python = sys.executable
    start = "import sys; from kb.faces.cli.app import main; main()"
    todo = [python, "-c", start, "--store", str(root), "todo", "--json"]
    file = next((root / ".kb").glob("*.sqlite"))
    small, small_size = after_a_save(root, 4)
    large, large_size = after_a_save(root, 320)
    cpu(todo)
    commands = {
        "bare Python": [python, "-c", "pass"],
        "import click": [python, "-c", "import click"],
        "kb todo": todo,
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(9):  # in turn, so that a busy moment hits all alike
        for name, command in commands.items():
            spent[name].append(cpu(command))
    whole = {name: median(times) for name, times in spent.items()}
    slower = max(1.0, whole["bare Python"] / BARE)
    of = f"{accounts} accounts, {accounts * meetings} meetings, {size / 1e6:.1f} MB"
    return [
        row(f"Markdown parser alone ({of})", alone, "s"),
        row(f"catalogue from nothing ({parsed} documents parsed)", took, "s", 60.0 * slower),
        row("catalogue file", file.stat().st_size / 1e6, "MB"),
        row("bare Python", whole["bare Python"], "ms"),
        row("import click", whole["import click"], "ms"),
        row(f"kb todo --json ({accounts} accounts)", whole["kb todo"], "ms", 150.0 * slower),
        row(f"rows after a save ({small_size} bytes)", small, "ms", 3.0 * slower),
        row(f"rows after a save ({large_size} bytes)", large, "ms", 8.0 * slower),
    ]


def row(what: str, value: float, unit: str, target: float | None = None) -> dict[str, object]:
    """Return one figure."""
    met = None if target is None else value <= target
    return {"what": what, "value": round(value, 2), "unit": unit, "target": target, "met": met}


def main() -> int:
    """Measure, print a table (or JSON), return 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--accounts", type=int, default=2000)
    asked.add_argument("--meetings", type=int, default=20)
    words = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as scratch:
        found = measure(Path(scratch) / "store", words.accounts, words.meetings)
    if words.json:
        print(json.dumps(found, indent=2))
    else:
        for one in found:
            most = one["target"]
            limit = f"   at most {most:.1f}" if isinstance(most, float) else ""
            print(f"{one['what']:<64} {one['value']:>9} {one['unit']}{limit}")
    return int(any(one["met"] is False for one in found))


if __name__ == "__main__":
    sys.exit(main())

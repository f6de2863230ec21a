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
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CODE = Path(tempfile.gettempdir()) / "kb-bench-code"
MEMBERS = ("sato", "mori", "ito", "takahashi")
TARGETS = {
    "from nothing, CPU s": 60.0,
    "kb todo, CPU ms": 150.0,
    "5 KB, CPU ms": 3.0,
    "350 KB, CPU ms": 8.0,
}

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


def cpu(command: list[str], **environment: str) -> float:
    """Return the CPU milliseconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    env["PYTHONPYCACHEPREFIX"] = str(CODE)  # modules are compiled once, as where kb is installed
    env.pop("PYTHONDONTWRITEBYTECODE", None)
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
        catalogue.note_saved(path, blob, saved)
        took.append((time.process_time() - began) * 1000)
    catalogue.close()
    return median(took), len(data)


def main() -> None:
    """Measure, print a table (or JSON), exit 1 where a target is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--accounts", type=int, default=2000)
    arguments.add_argument("--meetings", type=int, default=20)
    given = arguments.parse_args()
    sys.path.insert(0, str(ROOT))
    scratch = Path(tempfile.mkdtemp(prefix="kb-bench-"))
    try:
        figures = measure(scratch / "store", given.accounts, given.meetings)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if given.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            target = f"   (at most {TARGETS[name]:g})" if name in TARGETS else ""
            print(f"{name:32} {value:10.1f}{target}")
    sys.exit(any(figures[name] > most for name, most in TARGETS.items()))


def measure(root: Path, accounts: int, meetings: int) -> dict[str, float]:
    """Return all figures by name."""
    size = store(root, accounts, meetings)
    took, alone, parsed = from_nothing(root)
    python = sys.executable
    todo = [python, "-m", "kb", "--store", str(root), "todo", "--json"]
    cpu(todo)
    file = next((root / ".kb").glob("*.sqlite"))
    small, small_size = after_a_save(root, 4)
    large, large_size = after_a_save(root, 320)
    cpu(todo)
    return {
        "meetings": accounts * meetings,
        "documents parsed": parsed,
        "documents, MB": size / 1e6,
        "catalogue, MB": file.stat().st_size / 1e6,
        "Markdown parser alone, CPU s": alone,
        "from nothing, CPU s": took,
        "bare Python, CPU ms": median(cpu([python, "-c", "0"]) for _ in range(7)),
        "bare click, CPU ms": median(cpu([python, "-c", "import click"]) for _ in range(7)),
        "kb todo, CPU ms": median(cpu(todo) for _ in range(7)),
        "5 KB, bytes": small_size,
        "5 KB, CPU ms": small,
        "350 KB, bytes": large_size,
        "350 KB, CPU ms": large,
    }


if __name__ == "__main__":
    main()

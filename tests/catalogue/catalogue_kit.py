"""A small store of real files, and what all its lists say."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from kb.catalogue import schema
from kb.catalogue.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent.parent
MEMBERS = ("sato", "mori")
NOW = datetime.fromisoformat("2026-11-25T09:00")

ACME = """---
account: acme
name: アクメ株式会社
csm: sato
unit: east
segment: enterprise
stage: adoption
mrr: 450,000
people:
  tanaka: {name: 田中様, role: 情報システム部長, authority: decides}
---

# アクメ株式会社

## 2026-11-25 14:00 第4四半期レビュー ^m-4k7q2x

- 時間: 14:00–14:50
- 出席: @tanaka / @sato

### 事前仮説

- 再オンボーディングで60%に戻る。 ^h-3f9a7c
  - 根拠: 利用率 61→48%
  - 確信度: 70%

### アジェンダ

#### 進め方 [[acme#^a-2m8q41]]

- 見積もりを送る (10/14より) [[acme#^t-8f3kq0]]

## 2026-10-14 10:00 定例 ^m-000001

### アジェンダ

#### 再オンボーディングの進め方 ^a-2m8q41

- スタンス: 2回実施したい
- お客様: 初回は管理者だけでよい
- [ ] 見積もりを送る @sato due:2026-11-20 ^t-8f3kq0

#### 次回の日程

- 決定: 11/25 に集まる ^d-9xw2me
- [ ] 設定一覧をもらう @tanaka due:2026-12-01

### 気づき

- 引き継ぎ会を申し出ると落ち込みを防げる #引き継ぎ ^i-7ke4n1
"""
BETA = """# Beta Inc.

## 2026-11-20 Kickoff

### TODO

- [x] Send the plan @mori due:2026-11-10
- [ ] Name an owner
"""


def at(text):
    """Return a moment of the team's own time."""
    return datetime.fromisoformat(text)


class Store:
    """Files of a store; `write` makes them old enough not to be looked at twice."""

    def __init__(self, root):
        self.root = root

    def write(self, path, text, age=3600):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        file.write_bytes(data)
        if age:
            moment = file.stat().st_mtime - age
            os.utime(file, (moment, moment))
        return data

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def catalogue(self):
        return Catalogue(self.root, members=MEMBERS)

    @property
    def file(self):
        return schema.file_of(self.root)

    def git(self, *words):
        run = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *words]
        subprocess.run(run, cwd=self.root, check=True, capture_output=True)


def answers(catalogue):
    """Return everything that lists say, to compare whole catalogues."""
    listed = catalogue.meetings()
    return (
        catalogue.accounts(NOW, archived=True),
        listed,
        [catalogue.whole(row) for row in listed],
        catalogue.todos("2026-11-25", every=True),
        [catalogue.undecided(name) for name in ("acme", "beta")],
        [catalogue.last_decisions(name) for name in ("acme", "beta")],
    )


def python(code, *arguments, **options):
    """Start a Python process that knows this project."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, **options)

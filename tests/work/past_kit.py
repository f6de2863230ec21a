"""What the tests of a history share: one account's document, times of November, small edits."""

from datetime import datetime, timedelta, timezone

from kb.store.ports import Actor

JST = timezone(timedelta(hours=9))
PATH = "accounts/acme.md"
SATO = Actor("sato", "佐藤", "sato@example.com")
HEAD = "---\naccount: acme\nname: アクメ\ncsm: sato\n---\n\n# アクメ\n"
CLAIM = """
## 2026-11-25 14:00 定例 ^m-4k7q2x

### 事前仮説

- 再オンボーディングを2回行えば利用率が戻る ^h-3f9a7c
  - 検証: 当日尋ねる
  - 確信度: 60%
"""
TOPIC = "\n### アジェンダ\n\n#### 進め方\n\n- スタンス: 12月に2回\n"
INSIGHT = "\n### 気づき\n\n- 引き継ぎ会を申し出る\n"


def at(hour, minute=0, day=25):
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


def edit(old, new):
    """Return what changes a text, once it is there, into another."""

    def apply(data):
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    return apply

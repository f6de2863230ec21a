"""Words that several commands share: states, days, people, TODOs, in the chosen language."""

from typing import TYPE_CHECKING, Protocol

from kb.faces.cli.language import t

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kb.faces.cli.run import Run
    from kb.model.state import Held
    from kb.work.context import Context
    from kb.work.registration import Registered

_WEEKDAYS = ("月", "火", "水", "木", "金", "土", "日")


class TodoLike(Protocol):
    """What a TODO says of itself, in a meeting or in a list."""

    @property
    def id(self) -> str:
        """Return its id."""
        ...

    @property
    def text(self) -> str:
        """Return what is to be done."""
        ...

    @property
    def owners(self) -> tuple[str, ...]:
        """Return who does it, as written, without `@`."""
        ...

    @property
    def due(self) -> str | None:
        """Return the day by which it is to be done."""
        ...

    @property
    def done(self) -> bool:
        """Tell whether it is done."""
        ...


def state(meeting: "Held", now: "datetime") -> str:
    """Return how far a meeting has come, as people say it; `now` is naive, the team's time."""
    from kb.model.state import state as state_of

    return {
        "planned": t("planned", "予定"),
        "prepared": t("prepared", "準備済み"),
        "held": t("minutes open", "議事録未完了"),
        "closed": t("closed", "完了"),
        "cancelled": t("cancelled", "中止"),
    }[state_of(meeting, now)]


def day(date: str) -> str:
    """Return a day with its weekday: `2026-11-25(水)`, `Wed 2026-11-25`."""
    from datetime import date as day_of

    at = day_of.fromisoformat(date)
    return t(f"{at:%a} {date}", f"{date}({_WEEKDAYS[at.weekday()]})")


def when(meeting: "Held") -> str:
    """Return a meeting's day and time."""
    times = f" {meeting.start}" if meeting.start else ""
    times += f"–{meeting.end}" if meeting.start and meeting.end else ""
    return day(meeting.date) + times


def who(ctx: "Context", key: str) -> str:
    """Return a member's name with their key; any other name as it is."""
    member = ctx.settings.members.get(key)
    return key if member is None or member.name == key else f"{member.name} (@{key})"


def todo_line(todo: TodoLike, *, overdue: bool) -> str:
    """Return a TODO on one line: box, text, owner, due date, id."""
    parts = ["[x]" if todo.done else "[ ]", " ".join(todo.text.split())]
    parts += [f"@{owner}" for owner in todo.owners]
    if todo.due:
        late = t(" (overdue)", " (期日超過)") if overdue and not todo.done else ""
        parts.append(t(f"due {todo.due}", f"期日 {todo.due}") + late)
    return "  ".join((" ".join(parts), todo.id))


def reading(run: "Run") -> "Callable[[int, int], None]":
    """Return what says how far the reading of the history has come, now and then."""

    def say(done: int, of: int) -> None:
        if not done % 20:
            run.progress(t(f"Reading the history… {done}/{of}", f"履歴を読んでいます… {done}/{of}"))

    return say


def percent(value: int | None) -> str:
    """Return a confidence as people write it."""
    return "" if value is None else f"{value}%"


def registered(claim: "Registered | None") -> str:
    """Return when a hypothesis was first committed as it stands, by whose clock, in words.

    "" as long as it stands in no commit.
    """
    if claim is None or claim.at is None:
        return ""
    whose = {
        "server": t("received by the team's server", "チームのサーバーが受け取った時刻"),
        "clock": t("own clock, no proof", "書いた人の時計によるもので、証明ではありません"),
        "imported": t("came with imported notes", "取り込んだ議事録にあったもの"),
    }[claim.source]
    when = f"{claim.at:%Y-%m-%d %H:%M}"
    if claim.before is None:
        return t(
            f"{when} ({whose}); unknown whether before the meeting",
            f"{when}（{whose}）。ミーティングの前に書かれたかは分かりません",
        )
    if claim.before:
        return t(f"{when}, before the meeting ({whose})", f"{when}、開始前（{whose}）")
    return t(f"{when}, after the meeting had begun ({whose})", f"{when}、開始後（{whose}）")


VERDICTS = ("supported", "refuted", "mixed", "untested")


def verdict(key: str) -> str:
    """Return a verdict in the chosen language."""
    japanese = {"supported": "支持", "refuted": "棄却", "mixed": "一部", "untested": "未検証"}
    return t(key, japanese[key])

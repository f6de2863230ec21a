"""The TODOs of all meetings as one list."""

from typing import TYPE_CHECKING, Any

from kb.errors import WrongUse

if TYPE_CHECKING:
    from kb.catalogue.lists import TodoRow
    from kb.work.context import Context


def listed(
    context: "Context",
    *,
    owner: str | None = None,
    account: str | None = None,
    overdue: bool = False,
    every: bool = False,
) -> "list[TodoRow]":
    """Return open TODOs by due date; with `every` the done ones too, with `overdue` only late ones.

    One that was carried over counts once. Raises `NotFound("no-account")` and
    `WrongUse("bad-owner")` for an empty owner; one whom nobody
    knows is a hint, because that list is empty for a reason.
    """
    name = context.catalogue.account(account).account if account is not None else None
    who = owner.strip().lstrip("@＠") if owner is not None else None
    found = context.catalogue.todos(
        context.today.isoformat(), owner=who, account=name, overdue=overdue, every=every
    )
    if who == "":
        raise WrongUse("bad-owner", owner=owner)
    if who is not None and not found and who not in context.settings.members:
        known = " ".join(context.settings.members)
        context.hints.append(("nobody-owns", {"owner": who, "known": known}))
    return found


def as_json(row: "TodoRow") -> dict[str, Any]:
    """Return a TODO as the contract of the command line has it."""
    return {
        "id": row.id,
        "text": row.text,
        "owner": row.owner,
        "due": row.due,
        "done": row.done,
        "overdue": row.overdue,
        "promise": row.promise,
        "account": row.account,
        "date": row.date,
        "path": row.path,
        "line": row.line,
    }

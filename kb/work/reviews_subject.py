"""What is reviewed: a meeting of an account, or a page of the playbook."""

from typing import TYPE_CHECKING, NamedTuple

from kb.errors import NotFound

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.work.context import Context


class Subject(NamedTuple):
    """What is reviewed: a meeting of an account (`row`), or a page of the playbook.

    `name` is what a link to it says; `path` its file's; `date` the meeting's day.
    """

    name: str
    path: str
    title: str
    account: str | None = None
    date: str | None = None
    row: "Listed | None" = None


def subject_of(ctx: "Context", of: str) -> Subject:
    """Return what `of` names: `acme#^m-4k7q2x`, or a page's name.

    Raises `NotFound` ("no-id", "review-no-page") and what the catalogue raises.
    """
    name, mark, id_ = of.partition("#^")
    if mark:
        from kb.work.meetings import wall

        try:
            row = ctx.catalogue.meeting(f"{name}/{id_}", wall(ctx))
        except NotFound as error:
            if error.code != "no-account":
                raise
            row = ctx.catalogue.meeting(id_, wall(ctx))  # the account has another name today
        return of_meeting(row)
    page = ctx.catalogue.pages().get(of)
    if page is None:
        raise NotFound("review-no-page", page=of)
    return Subject(of, page.path, page.title)


def of_meeting(row: "Listed") -> Subject:
    """Return a meeting as something to be reviewed."""
    return Subject(f"{row.account}#^{row.id}", row.path, row.title, row.account, row.date, row)

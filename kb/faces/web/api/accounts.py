"""Accounts over the API: list, show, add, rename, archive, how they came to be."""

from typing import Any

from kb.faces.web.api.operation import Call
from kb.faces.web.api.shape import Nothing
from kb.faces.web.api.taken import AccountNew, AccountsWanted, Moment, Renamed
from kb.work import accounts, answers, changes
from kb.work.accounts import Place

Json = dict[str, Any]


def every(call: Call, given: AccountsWanted) -> list[Json]:
    """Return all accounts by name."""
    found = accounts.listed(call.ctx, archived=given.archived)
    return [accounts.as_json(one) for one in found]


def one(call: Call, given: Nothing) -> Json:
    """Return one account."""
    del given
    return accounts.as_json(accounts.one(call.ctx, call.path["account"]))


def add(call: Call, given: AccountNew) -> Json:
    """Make the running document of a new account."""
    made = accounts.add(
        call.ctx,
        given.account,
        given.name,
        csm=given.csm,
        unit=given.unit,
        segment=given.segment,
        mrr=given.mrr,
    )
    return {"account": made.account, "path": made.path}


def rename(call: Call, given: Renamed) -> Json:
    """Give an account another short name."""
    return _placed(accounts.rename(call.ctx, call.path["account"], given.account))


def archive(call: Call, given: Nothing) -> Json:
    """Put an account aside."""
    del given
    return _placed(accounts.archive(call.ctx, call.path["account"]))


def _placed(done: Place) -> Json:
    return {"account": done.account, "path": done.path, "commit": done.commit}


def history(call: Call, given: object) -> list[Json]:
    """Return how the document of an account came to be."""
    del given
    account = call.ctx.catalogue.account(call.path["account"]).account
    return [changes.past_json(past) for past in changes.history(call.ctx, account)]


def as_of(call: Call, given: Moment) -> Json:
    """Return what was known of an account at a moment."""
    return answers.as_of(call.ctx, changes.as_of(call.ctx, given.at, call.path["account"]))

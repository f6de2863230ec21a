"""Insights over the API: list them, see what recurs and what is near, judge."""

from typing import Any

from kb.faces.web.api.operation import Call
from kb.faces.web.api.taken import Groups, InsightJudgement, InsightsWanted, Like
from kb.work import answers, insights_finding, insights_judging, insights_triage, meetings
from kb.work import insights as work

Json = dict[str, Any]


def every(call: Call, given: InsightsWanted) -> list[Json]:
    """Return insights, newest first."""
    since = meetings.date_of(given.since) if given.since else None
    found = work.listed(call.ctx, account=given.account, since=since)
    return answers.insights(call.ctx, found)


def recurring(call: Call, given: Groups) -> Json:
    """Return groups of insights that seem to be one lesson."""
    found = insights_triage.look(call.ctx)
    if not given.all:
        found = found._replace(groups=tuple(one for one in found.groups if one.recurs))
    return answers.recurring(found, call.ctx.lang)


def similar(call: Call, given: Like) -> Json:
    """Return the insights nearest in meaning to one, or to a text."""
    near = insights_finding.similar(call.ctx, given.to, given.limit)
    return {"items": [answers.near(one) for one in near], "total": len(near)}


def judge(call: Call, given: InsightJudgement) -> Json:
    """Write down whether insights are one lesson."""
    done = insights_judging.judge(call.ctx, given.kind, given.insights, given.why)
    return answers.judged(done)

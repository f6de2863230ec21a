"""Every operation of the API: one table from which requests are checked and OpenAPI is made."""

from kb.faces.web.api import (
    accounts,
    given,
    given_playbook,
    given_reviews,
    given_team,
    insights,
    lines,
    meetings,
    playbook,
    reviews,
    taken,
    team,
)
from kb.faces.web.api.operation import Operation, get, post
from kb.faces.web.api.shape import Paged

_ACCOUNT = "/accounts/{account}"
_MEETING = "/accounts/{account}/meetings/{meeting}"
_LINE = "/accounts/{account}/meetings/{meeting}/lines/{line}"
_TODO = "/accounts/{account}/todos/{todo}"
_CLAIM = "/accounts/{account}/hypotheses/{hypothesis}"
_REVIEW = "/reviews/{review}"
_PRINCIPLE = "/principles/{principle}"

_ACCOUNTS = (
    get(
        "accounts",
        "/accounts",
        accounts.every,
        given.Accounts,
        taken.AccountsWanted,
        key=("account",),
    ),
    post("account-add", "/accounts", accounts.add, given.AccountMade, taken.AccountNew, status=201),
    get("account", _ACCOUNT, accounts.one, given.Account),
    post(
        "account-rename",
        f"{_ACCOUNT}/rename",
        accounts.rename,
        given.AccountPlaced,
        taken.Renamed,
        of=_ACCOUNT,
    ),
    post(
        "account-archive", f"{_ACCOUNT}/archive", accounts.archive, given.AccountPlaced, of=_ACCOUNT
    ),
    get(
        "account-history",
        f"{_ACCOUNT}/history",
        accounts.history,
        given_team.History,
        Paged,
        key=("commit",),
    ),
    get("account-as-of", f"{_ACCOUNT}/asof", accounts.as_of, given_team.AsOf, taken.Moment),
)
_MEETINGS = (
    get(
        "meetings",
        "/meetings",
        meetings.every,
        given.Meetings,
        taken.MeetingsWanted,
        key=("account", "id"),
    ),
    post(
        "meeting-new",
        f"{_ACCOUNT}/meetings",
        meetings.new,
        given.MeetingMade,
        taken.MeetingNew,
        status=201,
        of=_ACCOUNT,
    ),
    get("meeting", _MEETING, meetings.one, given.Meeting),
    get("meeting-check", f"{_MEETING}/check", meetings.check, given.Checked),
    get(
        "meeting-history",
        f"{_MEETING}/history",
        meetings.history,
        given_team.History,
        Paged,
        key=("commit",),
    ),
    post(
        "meeting-close",
        f"{_MEETING}/close",
        meetings.close,
        given.Closed,
        taken.Closing,
        of=_MEETING,
    ),
    post(
        "meeting-move",
        f"{_MEETING}/move",
        meetings.move,
        given.MeetingPlaced,
        taken.Redated,
        of=_MEETING,
    ),
    post("meeting-cancel", f"{_MEETING}/cancel", meetings.cancel, given.MeetingPlaced, of=_MEETING),
    post(
        "line-add",
        f"{_MEETING}/lines",
        lines.add,
        given.LineMade,
        taken.LineNew,
        status=201,
        of=_MEETING,
    ),
    post(
        "lines-add",
        f"{_MEETING}/lines/batch",
        lines.add_all,
        given.LinesMade,
        taken.LinesNew,
        status=201,
        of=_MEETING,
    ),
    get("line", _LINE, lines.opened, given.Opened, least="member"),
    post("line-edit", f"{_LINE}/edit", lines.edit, given.Edited, taken.LineEdit),
    post("line-remove", f"{_LINE}/remove", lines.remove, given.Edited, taken.LineGone),
    get("todos", "/todos", lines.todo_list, given.Todos, taken.TodosWanted, key=("account", "id")),
    get("todo", _TODO, lines.todo, given.TodoRow),
    post("todo-done", f"{_TODO}/done", lines.done, given.LineChanged, of=_TODO),
    get("hypothesis", _CLAIM, lines.hypothesis, given.Claim),
    post(
        "verdict", f"{_CLAIM}/verdict", lines.judge, given.LineChanged, taken.Judgement, of=_CLAIM
    ),
)
_DAY = (
    get("today", "/today", team.today, given_team.Day, taken.Everybody),
    get("week", "/week", team.week, given_team.Day, taken.Everybody),
    get("search", "/search", team.search, given_team.Found, taken.Wanted),
)
_REVIEWS = (
    get(
        "reviews",
        "/reviews",
        reviews.every,
        given_reviews.Reviews,
        taken.ReviewsWanted,
        key=("review",),
        least="member",
    ),
    post(
        "review-request",
        "/reviews",
        reviews.request,
        given_reviews.ReviewAsked,
        taken.ReviewNew,
        status=201,
    ),
    get(
        "review-next",
        "/reviews/next",
        reviews.next_one,
        given_reviews.ReviewNext,
        least="member",
        or_gives=given_reviews.NoReview,
    ),
    get("review", _REVIEW, reviews.one, given_reviews.ReviewShown, least="member"),
    *(
        post(f"review-{name}", f"{_REVIEW}/{name}", work, gives, takes, of=_REVIEW)
        for name, work, takes, gives in (
            ("comment", reviews.comment, taken.CommentNew, given_reviews.ReviewSaid),
            ("suggest", reviews.suggest, taken.SuggestionNew, given_reviews.ReviewSaid),
            ("accept", reviews.accept, taken.Taking, given_reviews.ReviewSaid),
            ("approve", reviews.approve, taken.Remark, given_reviews.ReviewSaid),
            ("changes", reviews.changes, taken.Words, given_reviews.ReviewSaid),
            ("close", reviews.close, taken.Remark, given_reviews.ReviewSaid),
            ("share", reviews.share, taken.Words, given_reviews.Shared),
        )
    ),
)
_INSIGHTS = (
    get(
        "insights",
        "/insights",
        insights.every,
        given_reviews.Insights,
        taken.InsightsWanted,
        key=("account", "id"),
    ),
    get(
        "insights-recurring",
        "/insights/recurring",
        insights.recurring,
        given_reviews.Recurring,
        taken.Groups,
    ),
    get(
        "insights-similar", "/insights/similar", insights.similar, given_reviews.Nearest, taken.Like
    ),
    post(
        "insights-judge",
        "/insights/judgements",
        insights.judge,
        given_reviews.Judged,
        taken.InsightJudgement,
        status=201,
    ),
)
_PLAYBOOK = (
    get(
        "principles",
        "/principles",
        playbook.principles,
        given_playbook.Principles,
        taken.PrinciplesWanted,
        key=("id",),
    ),
    post(
        "principle-propose",
        "/principles",
        playbook.propose,
        given_playbook.PrincipleWritten,
        taken.PrincipleNew,
        status=201,
    ),
    get("principles-due", "/principles/due", playbook.due, given_playbook.Dues),
    get("principle", _PRINCIPLE, playbook.principle, given_playbook.Principle),
    get("principle-trace", f"{_PRINCIPLE}/trace", playbook.trace, given_playbook.Traced),
    post(
        "principle-evidence",
        f"{_PRINCIPLE}/evidence",
        playbook.evidence,
        given_playbook.PrincipleWritten,
        taken.Evidence,
        of=_PRINCIPLE,
    ),
    post(
        "principle-adopt",
        f"{_PRINCIPLE}/adopt",
        playbook.adopt,
        given_playbook.PrincipleWritten,
        of=_PRINCIPLE,
    ),
    post(
        "principle-revise",
        f"{_PRINCIPLE}/revise",
        playbook.revise,
        given_playbook.Revised,
        taken.Revision,
        of=_PRINCIPLE,
    ),
    post(
        "principle-retire",
        f"{_PRINCIPLE}/retire",
        playbook.retire,
        given_playbook.PrincipleWritten,
        taken.Reason,
        of=_PRINCIPLE,
    ),
    post(
        "principle-supersede",
        f"{_PRINCIPLE}/supersede",
        playbook.supersede,
        given_playbook.PrincipleWritten,
        taken.Successor,
        of=_PRINCIPLE,
    ),
    get("plays", "/plays", playbook.plays, given_playbook.Plays, Paged, key=("id",)),
    post(
        "play-new",
        "/plays",
        playbook.play_new,
        given_playbook.PlayWritten,
        taken.PlayNew,
        status=201,
    ),
    get("play", "/plays/{play}", playbook.play, given_playbook.Play),
    get("manuals", "/manuals", playbook.manuals, given_playbook.Manuals, Paged, key=("id",)),
    post(
        "manual-new",
        "/manuals",
        playbook.manual_new,
        given_playbook.ManualWritten,
        taken.ManualNew,
        status=201,
    ),
    get("manual", "/manuals/{manual}", playbook.manual, given_playbook.Manual),
    get("playbook-check", "/playbook/check", playbook.check, given_playbook.PlaybookChecked),
)
_LEARNING = (
    get("board", "/board", team.board, given_team.Board, taken.BoardWanted),
    get(
        "questions",
        "/training/questions",
        team.questions,
        given_team.Questions,
        taken.HowMany,
        least="member",
    ),
    post(
        "answer",
        "/training/answers",
        team.answer,
        given_team.Answered,
        taken.Prediction,
        status=201,
    ),
    get("score", "/training/score", team.score, given_team.Score, least="member"),
)

GROUPS: dict[str, tuple[Operation, ...]] = {
    "accounts": _ACCOUNTS,
    "meetings": _MEETINGS,
    "day": _DAY,
    "reviews": _REVIEWS,
    "insights": _INSIGHTS,
    "playbook": _PLAYBOOK,
    "learning": _LEARNING,
}
"""The operations, by what they are about."""
OPERATIONS = tuple(one for group in GROUPS.values() for one in group)
_SHOWN = {one.path: one for one in OPERATIONS if one.safe}


def shown(path: str) -> Operation:
    """Return the operation that shows what stands at a path."""
    return _SHOWN[path]

"""TODOs that are done because another meeting ticked them, and what shows them carried over."""

from collections.abc import Container, Iterable

from kb.model.meeting import Meeting, Todo


def ticked_elsewhere(meetings: Iterable[Meeting]) -> frozenset[str]:
    """Return the ids of the TODOs of one account that were ticked where they were carried to."""
    links = (line.link for meeting in meetings for line in meeting.carried if line.done)
    return frozenset(link.rpartition("#^")[2] for link in links)


def target(link: str, account: str) -> str:
    """Return what the link of a line that was carried over leads to, as `account#^id`."""
    name, _, id_ = link.rpartition("#^")
    return f"{name or account}#^{id_}"


def all_ticked(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Return the meetings of one account, each TODO done, and shown so, wherever it was ticked."""
    there = list(meetings)
    ticked = ticked_elsewhere(there)
    finished = {
        target(todo.id, meeting.account)
        for meeting in there
        for todo in meeting.todos
        if todo.done or todo.id in ticked
    }
    return [with_ticks(meeting, ticked, finished) for meeting in there]


def with_ticks(
    meeting: Meeting, ticked: Container[str], finished: Container[str] = frozenset()
) -> Meeting:
    """Return the meeting with those of its TODOs done whose ids are in `ticked`.

    So are the lines carried over whose TODO is among the `finished` ones (`account#^id`).
    """
    if any(
        not one.done and target(one.link, meeting.account) in finished for one in meeting.carried
    ):
        carried = (
            one._replace(done=one.done or target(one.link, meeting.account) in finished)
            for one in meeting.carried
        )
        meeting = meeting._replace(carried=tuple(carried))
    if not any(todo.id in ticked and not todo.done for todo in meeting.todos):
        return meeting

    def of(todos: tuple[Todo, ...]) -> tuple[Todo, ...]:
        return tuple(t._replace(done=t.done or t.id in ticked) for t in todos)

    topics = tuple(topic._replace(todos=of(topic.todos)) for topic in meeting.topics)
    return meeting._replace(todos=of(meeting.todos), topics=topics)

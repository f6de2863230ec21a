"""The mail with which a customer gets the minutes: a subject and plain text, to be copied."""

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from kb.text.plain import plain
from kb.work.sharing_words import Polite

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.model.share import SafeMeeting, SafeTodo

LONGEST_ADDRESS = 1_900
"""The most characters of a `mailto:` address that every mail program takes."""
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龠々]")


class Letter(NamedTuple):
    """A mail: `subject` is one line, `body` has LF between its lines."""

    subject: str
    body: str

    @property
    def address(self) -> str | None:
        """Return the `mailto:` address that opens it in a mail program, None when too long.

        It names nobody to send it to: who gets it is for the sender to say.
        """
        body = quote(self.body.replace("\n", "\r\n"), safe="")
        made = f"mailto:?subject={quote(self.subject, safe='')}&body={body}"
        return made if len(made) <= LONGEST_ADDRESS else None


def letter(safe: "SafeMeeting", lang: str, *, sender: str = "", before: bool = False) -> Letter:
    """Return the mail of a meeting in `lang`; `before`: it is still to come.

    `sender` is the name of who sends it; it stands in the mail only if the customer meets them.
    """
    say = Polite(lang)
    when = "-cancelled" if safe.cancelled else "-before" if before else ""
    sender = sender if sender in safe.ours else ""
    subject = say(f"subject{when}", day=say.short(safe.date), title=say.title(safe))
    intro = say(f"intro{when}", day=say.short(safe.date))
    if safe.cancelled and (safe.topics or safe.decisions or safe.todos):
        intro += ("\n" if lang == "ja" else " ") + say("kept-cancelled")
    parts = [_hello(say, safe, sender), intro]
    parts.append(_head(say, safe))
    parts += ["\n".join(lines) for lines in _topics(say, safe)]
    if safe.next_date:
        parts.append(say("labelled", label=say("next"), text=say.day(safe.next_date)))
    closing = say(f"closing{when}")
    parts.append(f"{closing}\n\n{sender}" if sender and lang == "ja" else closing)
    body = "\n\n".join(parts)
    return Letter(subject, f"{body}\n{sender}\n" if sender and lang != "ja" else f"{body}\n")


def _hello(say: Polite, safe: "SafeMeeting", sender: str) -> str:
    account = plain(safe.account)
    names = say("names").join(map(say.to, safe.customer))
    if names and say.lang == "ja":
        names = f"{account}\n{names}"
    hello = say("greeting", names=names) if names else say("greeting-all", name=account)
    if sender and say.lang == "ja":
        hello += "\n" + say("sender", name=_family(sender))
    return hello


def _family(name: str) -> str:
    """Return how somebody names themselves: the family name alone where it comes first."""
    return name.split(maxsplit=1)[0] if _JAPANESE.search(name) else name


def _head(say: Polite, safe: "SafeMeeting") -> str:
    lines = [say("heading", title=say.title(safe))]
    lines.append(say("labelled", label=say("when"), text=say.when(safe)))
    if who := say.who(safe):
        lines.append(say("labelled", label=say("who"), text=who))
    return "\n".join(lines)


def _topics(say: Polite, safe: "SafeMeeting") -> "Iterator[list[str]]":
    for n, topic in enumerate(safe.topics, 1):
        lines = [f"{n}. {' '.join(plain(topic.title).split())}".rstrip()]
        lines += _part(say, "offer", [topic.stance] if topic.stance else [])
        lines += _part(say, "said", topic.said)
        lines += _part(say, "decided", topic.decisions)
        lines += _owed(say, topic.todos)
        yield lines
    rest = [*_part(say, "decided", safe.decisions), *_owed(say, safe.todos)]
    if rest:
        yield [say("of-all"), *rest] if safe.topics else rest


def _part(say: Polite, label: str, texts: "Sequence[str]") -> list[str]:
    return _list(say, label, [plain(text) for text in texts])


def _owed(say: Polite, todos: "Sequence[SafeTodo]") -> list[str]:
    gap = "" if say.lang == "ja" else " "
    texts = [f"{say('done')}{gap}{say.owed(one)}" if one.done else say.owed(one) for one in todos]
    return _list(say, "todo", texts)


def _list(say: Polite, label: str, texts: "Sequence[str]") -> list[str]:
    if not texts:
        return []
    indent = "　" if say.lang == "ja" else "  "
    lines = [say("label", label=say(label))]
    for text in texts:
        first, *more = text.split("\n")
        lines.append(say("bullet", text=first))
        lines += [indent + line for line in more]
    return lines

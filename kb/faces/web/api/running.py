"""How a request to an operation becomes its answer: who asks, what for, of which version, once."""

import math
import re
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import Response

from kb.errors import Kept, NotAllowed, NotFound, WrongUse
from kb.faces.web.api.operation import Call, Operation
from kb.faces.web.api.paging import page
from kb.faces.web.api.shape import Paged
from kb.faces.web.api.taking import from_body, from_query
from kb.faces.web.api.written import dumped
from kb.faces.web.auth import Session, same
from kb.messages import say
from kb.server.replies import Reply
from kb.work import account_names

if TYPE_CHECKING:
    from starlette.requests import Request

    from kb.faces.web.ask import Ask
    from kb.faces.web.site import Site
    from kb.server.tokens import Token

TRIES = 5
"""How often a change is begun anew because another one came first and changed something else."""
_TAGS = re.compile(r'(?:W/)?"[!#-~]*"')
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_VOLATILE = ("took_ms",)
"""Keys that are another number each time and say nothing of the data."""


def enter(site: "Site", request: "Request") -> Session | None:
    """Return who asks: by a token of their own, else by the cookie of their browser."""
    said = request.headers.get("authorization")
    if said is None:
        return site.doors.session(request.cookies.get(site.cookie))
    token = bearer(site, said)
    if token is None:
        return None
    person = token.member or None
    if site.team is None:
        return Session("", f"token {token.id}", math.inf)
    found = site.team.people.get(person) if person else None
    if found is None:
        return None
    return Session("", f"token {token.id}", token.until, found.key, found.name, found.role)


def bearer(site: "Site", said: str) -> "Token | None":
    """Return the token that an `Authorization` shows, None for any other."""
    scheme, _, typed = said.partition(" ")
    return site.programs.tokens.find(typed.strip()) if scheme.lower() == "bearer" else None


def handler(
    operation: Operation, table: "Callable[[str], Operation]"
) -> "Callable[[Ask], Response]":
    """Return what answers requests to an operation; `table` finds one by the path of its GET."""

    def answer(ask: "Ask") -> Response:
        assert ask.session is not None
        if not ask.site.programs.allows(ask.session.form_token):
            raise WrongUse("api-busy")
        try:
            if operation.safe:
                return _look(ask, operation)
            return _Change(ask, operation, table).answer()
        except NotFound as error:
            raise _renamed(ask, error) from None

    return answer


def _renamed(ask: "Ask", error: NotFound) -> NotFound:
    """Return what tells how the account is called now that was asked for by an earlier name."""
    word = ask.path.get("account") or error.params.get("account")
    now = account_names.renamed(ask.ctx, word) if isinstance(word, str) else None
    return NotFound("account-renamed", account=word, now=now) if now else error


def _look(ask: "Ask", operation: Operation) -> Response:
    given = from_query(ask.query, operation.takes)
    data = _seen(Call(ask.ctx, ask.path), operation, given)
    headers: dict[str, str] = {}
    following = data.get("next") if operation.key else None
    if following:
        query = {name: value for name, value in ask.query.items() if name != "cursor"}
        after = urlencode({**query, "cursor": following})
        headers["link"] = f'<{operation.filled(ask.path)}?{after}>; rel="next"'
    return answered(ask, data, headers)


def answered(ask: "Ask", data: dict[str, Any], headers: dict[str, str]) -> Response:
    """Answer with data and their version, or that it is the version that who asks has."""
    tag = tag_of(data, ask.ctx.lang)
    headers = {**headers, "etag": tag, "vary": "Accept-Language, Authorization, Cookie"}
    if _named(ask.headers.get("if-none-match", ""), tag, weakly=True):
        return Response(None, 304, headers)
    return Response(dumped(data), 200, headers, media_type="application/json")


def _seen(call: Call, operation: Operation, given: object) -> dict[str, Any]:
    data = operation.work(call, given)
    if operation.key:
        assert isinstance(given, Paged)
        assert isinstance(data, list)
        return page(data, operation.key, given.limit, given.cursor)
    assert isinstance(data, dict)
    return data


def tag_of(data: dict[str, Any], lang: str) -> str:
    """Return the version of an answer: a strong one, unless it holds what is new each time."""
    lasting = {name: value for name, value in data.items() if name not in _VOLATILE}
    digest = sha256(lang.encode() + dumped(lasting)).hexdigest()[:32]
    return f'"{digest}"' if len(lasting) == len(data) else f'W/"{digest}"'


def _named(header: str, tag: str, *, weakly: bool) -> bool:
    """Tell whether a header of versions names this one."""
    if header.strip() == "*":
        return True
    tags = _TAGS.findall(header)
    if weakly:
        return tag.removeprefix("W/") in [one.removeprefix("W/") for one in tags]
    return tag in tags


class _Change:
    """One request that changes something."""

    def __init__(
        self, ask: "Ask", operation: Operation, table: "Callable[[str], Operation]"
    ) -> None:
        self.ask = ask
        self.operation = operation
        self.table = table
        self.call = Call(ask.ctx, ask.path)
        self.tag = ""

    def answer(self) -> Response:
        """Do it, once for each key, and answer."""
        self._may()
        given = from_body(
            self.ask.raw, self.ask.headers.get("content-type", ""), self.operation.takes
        )
        key = self.ask.headers.get("idempotency-key")
        if key is None:
            return _replied(self._reply(given, b""))
        if not _KEY.fullmatch(key):
            raise WrongUse("api-bad-key")
        asked, name = self._asked(), self._name(key)
        with self.ask.site.programs.replies.turn(name) as known:
            if known is not None and known.asked != asked:
                raise WrongUse("api-other-body")
            if known is not None:
                return _replied(known, again=True)
            reply = self._reply(given, asked)
            self.ask.site.programs.replies.keep(name, reply)
            return _replied(reply)

    def _may(self) -> None:
        """Refuse a token that only reads, and a cookie without the token of its forms."""
        said = self.ask.headers.get("authorization")
        if said is None:
            session = self.ask.session
            if session is None or not same(session, self.ask.headers.get("x-kb-token")):
                raise NotAllowed("web-old-form")
            return
        token = bearer(self.ask.site, said)
        if token is None or token.scope != "write":
            raise NotAllowed("api-only-reads")

    def _name(self, key: str) -> bytes:
        """Return what a key is known by: whose it is. One meeting may have several addresses."""
        session = self.ask.session
        who = (session.person or session.form_token) if session else ""
        return sha256(f"{who}\n{key}".encode()).digest()

    def _asked(self) -> bytes:
        """Return the digest of what a key was used for: the address, the version, the body."""
        said = (self.operation.filled(self.ask.path), self.ask.headers.get("if-match", ""))
        return sha256("\n".join((*said, "")).encode() + self.ask.raw).digest()

    def _reply(self, given: object, asked: bytes) -> Reply:
        wanted = self.ask.headers.get("if-match")
        data = self._work(given) if wanted is None else self._only_if(wanted, given)
        return Reply(asked, self.operation.status, self.tag, dumped(data))

    def _work(self, given: object) -> dict[str, Any]:
        ctx = self.ask.ctx
        data = self.operation.work(self.call, given)
        assert isinstance(data, dict)
        told = {
            (code, " ".join(filter(None, say(code, ctx.lang, **p)))): 0 for code, p in ctx.hints
        }
        return {**data, "hints": [{"code": code, "message": words} for code, words in told]}

    def _only_if(self, wanted: str, given: object) -> dict[str, Any]:
        """Do it only if what is changed still is the version that was seen."""
        if not self.operation.of:
            raise WrongUse("api-no-version")
        of = self.table(self.operation.of)
        for _ in range(TRIES):
            path = str(self._version(of, wanted)["path"])
            blob = self._blob(path)
            self._version(of, wanted)
            try:
                if self._blob(path) == blob:  # then it is the text that the version was made of
                    with self.ask.ctx.store.only_while(path, blob):
                        data = self._work(given)
                    break
            except Kept as error:
                if error.code != "not-as-read":
                    raise
            self.ask.ctx.close()  # another one was first: look at the files again
        else:
            raise Kept("api-stale", tag=self.tag)
        self.ask.ctx.close()  # what it remembers is of before
        self.tag = tag_of(_seen(self.call, of, of.takes()), self.ask.ctx.lang)
        return data

    def _blob(self, path: str) -> str | None:
        """Return the text that an answer about `path` is made of now: the one the lists have."""
        ctx = self.ask.ctx
        listed = ctx.catalogue.blob(path)
        if listed is not None:
            return listed
        there = ctx.store.read(path)  # a review is in no list, it is read each time
        return there.blob if there else None

    def _version(self, of: Operation, wanted: str) -> dict[str, Any]:
        data = _seen(self.call, of, of.takes())
        self.tag = tag_of(data, self.ask.ctx.lang)
        if not _named(wanted, self.tag, weakly=False):
            raise Kept("api-stale", tag=self.tag)
        return data


def _replied(reply: Reply, *, again: bool = False) -> Response:
    headers = {"etag": reply.tag} if reply.tag else {}
    if again:
        headers["idempotent-replayed"] = "true"
    return Response(reply.body, reply.status, headers, media_type="application/json")

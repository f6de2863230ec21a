"""One request as a page sees it: what was asked, the team's context, and the ways to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse, Response

from kb.errors import KbError
from kb.faces.web import render
from kb.faces.web.again import page
from kb.faces.web.auth import Session
from kb.faces.web.bodies import Upload
from kb.faces.web.plainly import without_marks
from kb.faces.web.saves import Save
from kb.faces.web.site import Site
from kb.faces.web.words import Words, language
from kb.server.roles import Role, of_member
from kb.work.context import Context


@dataclass
class Ask:
    """A request with its path's parts, query and form; lives in one thread and is closed there."""

    site: Site
    session: Session | None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    raw: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    accepts: str = ""
    address: str = ""
    noted: dict[str, str] = field(default_factory=dict)
    """What a line of the audit names besides the path: keys and choices, never words."""

    @property
    def member(self) -> str | None:
        """The key of the member who asks, None when it is nobody of `kb.toml`."""
        return self.ctx.me

    @cached_property
    def role(self) -> Role:
        """What who asks may do at most; on this machine that follows from `kb.toml`."""
        given = self.session.role if self.session else None
        if given == "viewer" or (self.site.team is not None and self.member is None):
            return "viewer"
        return given or of_member(self.ctx.settings, self.member)

    @property
    def gone(self) -> bool:
        """Whether who asks came in as a member, and is none any more."""
        team, session = self.site.team, self.session
        return bool(team and session and session.role != "viewer" and self.member is None)

    @property
    def owner(self) -> bool:
        """Whether who asks sits at the machine that serves: they may administer it."""
        return self.site.team is None

    @cached_property
    def unopened(self) -> KbError | None:
        """Why the store can't be opened at all for who asks: mostly its `kb.toml` can't be read."""
        try:
            _ = self.ctx.now
        except KbError as error:
            return error
        return None

    @cached_property
    def ctx(self) -> Context:
        """The team's context, speaking the language of who looks."""
        return self.apart()

    def apart(self) -> Context:
        """Return another context of who looks, for another thread to use and to close."""
        ctx = self.site.open(self.session.person if self.session else None)
        ctx.lang = language(ctx, self.accepts)
        return ctx

    @cached_property
    def words(self) -> Words:
        """The sentences of pages, in the language of who looks."""
        return Words(self.ctx.lang)

    def close(self) -> None:
        """Close the context if it was opened; what was sent may have changed what others see."""
        self.saved()
        ctx = self.__dict__.pop("ctx", None)
        if ctx is not None:
            ctx.close()
        if self.form or self.raw:
            self.site.live.look_now()

    def typed(self, name: str) -> str:
        """Return what was typed into a field, without blank edges; "" when nothing was."""
        return self.form.get(name, "").strip()

    def show(self, template: str, *, status: int = 200, **values: object) -> Response:
        """Answer with a page."""
        return HTMLResponse(self._page(template, values, {}, again=False), status)

    def show_again(self, template: str, late: Mapping[str, object], **values: object) -> Response:
        """Answer with a page that was made of the same values before, if there is one.

        What is in `late` differs with each look and is put in at the end; see `kb.faces.web.again`.
        """
        return HTMLResponse(self._page(template, values, late, again=True))

    def _page(
        self, template: str, values: dict[str, object], late: Mapping[str, object], *, again: bool
    ) -> bytes:
        around, differs = self.frame()
        both = {**around, **values}
        return page(template, self.words, both, {**differs, **late}, again=again)

    def frame(self) -> tuple[dict[str, object], dict[str, object]]:
        """Return what stands around each page, and what of that differs with each look."""
        token = self.session.form_token if self.session else ""
        saved = render.part(
            "saved.html.j2",
            words=self.words,
            role=self.role,
            form_token=token,
            saved=self.saved(),
        )
        around = {
            "me": self._me(),
            "who": self._who(),
            "team": self.ctx.settings.name,
            "role": self.role,
            "has_login": self.site.team is not None,
            "sample": self.words.day(self.ctx.today.isoformat()) if self.site.sample else "",
        }
        return around, {"form_token": token, "last_saved": saved}

    def saved(self) -> Save | None:
        """Return what this browser saved last, in answer to this request or before it."""
        if self.session is None:
            return None
        token = self.session.form_token
        opened: Context | None = self.__dict__.get("ctx")
        last = opened.last_saved if opened else None
        if opened and last:
            did = without_marks(last.message)
            self.site.saves.note(token, Save(last.commit, did, opened.now, last.back))
        return self.site.saves.of(token)

    def _who(self) -> str:
        """Return whose typing a browser keeps, and of which store; "" when nobody is in."""
        if self.session is None:
            return ""
        store = sha256(str(self.ctx.root).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return f"{self.session.person or self.ctx.me or ''}.{store}"

    def _me(self) -> str:
        """Return the name of who looks, "" when nobody is known."""
        member = self.ctx.settings.members.get(self.ctx.me or "")
        return member.name if member else self.session.name if self.session else ""


Handler = Callable[[Ask], Response]


def go(path: str, anchor: str = "") -> Response:
    """Answer a form: look at `path` now, at the line `anchor`."""
    return RedirectResponse(f"{path}#{quote(anchor)}" if anchor else path, status_code=303)

"""The team's `kb.toml`, read once into frozen settings: what is wrong is said with its line."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from kb.configshape import CHECKS, SECRET, SHAPE, Shape, span
from kb.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NAME = "kb.toml"
FORMAT = 1
"""The newest format of a store that is known."""
Level = Literal["off", "remind", "require"]
Table = Mapping[str, object]
Warning_ = tuple[str, dict[str, object]]

SLUG = re.compile(r"[\w-]{1,64}")


class Member(NamedTuple):
    """A person of the team; `away` are spans of days, both ends included."""

    key: str
    name: str
    email: str
    role: Literal["member", "lead"]
    language: str | None
    joined: date | None
    away: tuple[tuple[date, date], ...]


class Unit(NamedTuple):
    """A small group of members inside which reviews go round; `lead` may be empty."""

    key: str
    name: str
    lead: str
    members: tuple[str, ...]


class Quorum(NamedTuple):
    """What the adoption of a principle needs at least."""

    accounts: int = 3
    csms: int = 2
    approvals: int = 2


class Policies(NamedTuple):
    """How strict the team is: off, remind (tell) or require (refuse)."""

    minutes: Level
    hypothesis: Level
    pre_review: Level
    done_within_minutes: int
    hours_before: int
    within_unit: bool
    checks: Mapping[str, Level]


class Settings(NamedTuple):
    """All of `kb.toml`; `raw` holds the tables that later rooms read for themselves."""

    path: Path
    name: str
    lang: Literal["ja", "en"]
    timezone: str
    branch: str
    members: Mapping[str, Member]
    units: Mapping[str, Unit]
    policies: Policies
    quorum: Quorum
    sections: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, tuple[str, ...]]
    search_engine: str
    search_words: tuple[str, ...]
    raw: Table
    warnings: tuple[Warning_, ...] = ()

    @property
    def tz(self) -> "ZoneInfo":
        """The team's time zone; an unknown name is `WrongUse("config-value")`."""
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):
            keys = ("team", "timezone")
            raise _wrong(_lines(self.path), keys, self.timezone, "Asia/Tokyo, UTC, …") from None

    def member_of(self, email: str) -> Member | None:
        """Return the member who has this address, compared without case.

        A member without one commits under an address of kb's own making.
        """
        wanted = email.casefold()
        for member in self.members.values():
            own = member.email or f"{member.key}@kb.invalid"
            if own.casefold() == wanted:
                return member
        return None


def load(root: Path) -> Settings:
    """Read `kb.toml` in `root`.

    Raises `NotFound("no-store")` without the file and `WrongUse` ("config-syntax",
    "config-encoding", "config-value", "config-secret") with the line of what is wrong, or
    "config-newer" for a store of a later format.
    Unknown keys are no error: they are in `warnings`, each as (code, parameters).
    """
    path = root / NAME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("no-store", path=root) from None
    return parse(data, path)


@lru_cache(maxsize=4)
def parse(data: bytes, path: Path) -> Settings:
    """Return the settings that `data`, the bytes of the file at `path`, says; see `load`."""
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WrongUse("config-encoding", line=line) from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(text, str(error)) from None
    made_for = raw.get("format")
    if isinstance(made_for, int) and made_for > FORMAT:
        raise WrongUse("config-newer", format=made_for, known=FORMAT)
    return _Reader(text, raw).settings(path)


def _unreadable(text: str, said: str) -> WrongUse:
    lines = text.splitlines() or [""]
    place = re.search(r"at line (\d+)", said)
    number = min(int(place[1]), len(lines)) if place else len(lines)
    return WrongUse("config-syntax", line=number, text=lines[number - 1].strip())


def _lines(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError:
        return ""


def _wrong(text: str, keys: tuple[str, ...], value: object, expected: str) -> WrongUse:
    from kb.tomlplaces import line_of, shown

    key = ".".join(keys)
    line = line_of(text, keys)
    return WrongUse("config-value", line=line, key=key, value=shown(value), expected=expected)


class _Reader:
    """Goes over the parsed file once: checks it, collects warnings, builds the settings."""

    def __init__(self, text: str, raw: Table) -> None:
        self.text = text
        self.raw = raw
        self.warnings: list[Warning_] = []

    def settings(self, path: Path) -> Settings:
        self._check(self.raw, SHAPE, ())
        self._no_secrets(self.raw, ())
        team = self._table("team")
        aliases = self._aliases()
        members = self._members()
        return Settings(
            path=path,
            name=cast("str", team.get("name", "")),
            lang=cast("Literal['ja', 'en']", team.get("language", "ja")),
            timezone=cast("str", team.get("timezone", "Asia/Tokyo")),
            branch=cast("str", self._table("store").get("branch", "main")),
            members=members,
            units=self._units(members),
            policies=self._policies(),
            quorum=Quorum(**cast("dict[str, int]", self._table("quorum"))),
            sections=_words(aliases.get("sections")),
            labels=_words(aliases.get("labels")),
            tags=_words(aliases.get("tags")),
            search_engine=cast("str", self._table("search").get("engine", "embedded")),
            search_words=tuple(cast("list[str]", self._table("search").get("words", []))),
            raw=self.raw,
            warnings=tuple(self.warnings),
        )

    def _table(self, name: str) -> Table:
        return cast("Table", self.raw.get(name, {}))

    def _check(self, table: Table, shape: Shape, above: tuple[str, ...]) -> None:
        for key, value in table.items():
            keys = (*above, key)
            if key not in shape and "*" not in shape:
                self._unknown(keys, shape)
                continue
            inner = shape[key] if key in shape else shape["*"]
            if isinstance(inner, dict):
                if not isinstance(value, dict):
                    raise _wrong(self.text, keys, value, f"[{'.'.join(keys)}]")
                self._check(value, inner, keys)
            elif inner is not None and (expected := inner(value)) is not None:
                raise _wrong(self.text, keys, value, expected)

    def _unknown(self, keys: tuple[str, ...], shape: Shape) -> None:
        from difflib import get_close_matches

        near = get_close_matches(keys[-1], shape, n=1, cutoff=0.6)
        if near:
            suggestion = ".".join((*keys[:-1], near[0]))
            self._warn("config-unknown-key-near", keys, suggestion=suggestion)
        else:
            self._warn("config-unknown-key", keys)

    def _warn(self, code: str, keys: tuple[str, ...], **params: object) -> None:
        from kb.tomlplaces import line_of

        line = line_of(self.text, keys)
        self.warnings.append((code, {"line": line, "key": ".".join(keys), **params}))

    def _no_secrets(self, value: object, keys: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                self._no_secrets(inner, (*keys, key))
        elif isinstance(value, list):
            for inner in value:
                self._no_secrets(inner, keys)
        elif (
            isinstance(value, str)
            and value
            and SECRET.search(keys[-1])
            and not value.startswith(("env:", "file:"))
        ):
            from kb.tomlplaces import line_of

            line = line_of(self.text, keys)
            raise WrongUse("config-secret", line=line, key=".".join(keys))

    def _aliases(self) -> Table:
        from kb.text.names import LABELS, SECTIONS, TAGS, fold

        aliases = self._table("aliases")
        for kind, known in (("sections", SECTIONS), ("labels", LABELS), ("tags", TAGS)):
            words = {fold(word) for names in known.values() for word in names}
            for name in cast("Table", aliases.get(kind, {})):
                if fold(name) not in words:
                    self._warn("config-unknown-alias", ("aliases", kind, name))
        return aliases

    def _members(self) -> dict[str, Member]:
        found: dict[str, Member] = {}
        for key, value in self._table("members").items():
            if not SLUG.fullmatch(key):
                raise _wrong(self.text, ("members", key), key, "[members.sato]")
            table = cast("Table", value)
            found[key] = Member(
                key=key,
                name=cast("str", table.get("name") or key),
                email=cast("str", table.get("email", "")),
                role=cast("Literal['member', 'lead']", table.get("role", "member")),
                language=cast("str | None", table.get("language")),
                joined=cast("date | None", table.get("joined")),
                away=tuple(span(text) for text in cast("list[str]", table.get("away", []))),
            )
        self._same_address(found)
        return found

    def _same_address(self, members: Mapping[str, Member]) -> None:
        seen: dict[str, str] = {}
        for member in members.values():
            if member.email:
                first = seen.setdefault(member.email.casefold(), member.key)
                if first != member.key:
                    keys = ("members", member.key, "email")
                    self._warn("config-same-email", keys, other=first, email=member.email)

    def _units(self, members: Mapping[str, Member]) -> dict[str, Unit]:
        found: dict[str, Unit] = {}
        for key, value in self._table("units").items():
            table = cast("Table", value)
            lead = cast("str", table.get("lead", ""))
            inside = tuple(cast("list[str]", table.get("members", [])))
            for place, who in (("lead", lead), *(("members", name) for name in inside)):
                if who and who not in members:
                    self._warn("config-unknown-member", ("units", key, place), member=who)
            found[key] = Unit(key, cast("str", table.get("name") or key), lead, inside)
        return found

    def _policies(self) -> Policies:
        table = self._table("policies")
        minutes = cast("Level", table.get("minutes", "require"))
        hypothesis = cast("Level", table.get("hypothesis", "remind"))
        within = cast("dict[str, int]", table.get("minutes_options", {}))
        review = cast("dict[str, int]", table.get("pre_review_options", {}))
        pre_review = cast("Level", table.get("pre_review", "remind"))
        checks: dict[str, Level] = dict.fromkeys(CHECKS, "remind")
        checks["not-closed"] = minutes
        checks["no-hypothesis"] = hypothesis
        checks["no-review"] = pre_review
        checks.update(cast("dict[str, Level]", table.get("checks", {})))
        return Policies(
            minutes=minutes,
            hypothesis=hypothesis,
            pre_review=pre_review,
            done_within_minutes=within.get("done_within_minutes", 5),
            hours_before=review.get("hours_before", 4),
            within_unit=bool(review.get("within_unit", True)),
            checks=checks,
        )


def _words(value: object) -> dict[str, tuple[str, ...]]:
    table = cast("dict[str, list[str]]", value or {})
    return {name: tuple(words) for name, words in table.items()}

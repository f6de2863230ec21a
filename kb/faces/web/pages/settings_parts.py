"""The forms of the settings: which fields each has, in the words of who looks."""

from typing import TYPE_CHECKING, NamedTuple

from kb.configshape import CHECKS, LEVELS
from kb.faces.web.pages.settings_fields import Field
from kb.text.names import LABELS, SECTIONS, TAGS, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.config import Settings
    from kb.faces.web.words import Words

NUMBERS = ("accounts", "csms", "approvals")
BY_POLICY = frozenset({"not-closed", "no-hypothesis", "no-review"})
"""The checks whose level is that of a policy, and is set there."""


class Part(NamedTuple):
    """One form: its anchor, its heading, its fields, and the person or unit that it is about."""

    name: str
    title: str
    fields: tuple[Field, ...]
    about: str = ""


def parts(words: "Words", read: "Settings") -> list[Part]:
    """Return every form, in the order of the page."""
    return [
        _team(words, read),
        _charter(words),
        *(_member(words, key) for key in read.members),
        *(_unit(words, read, key) for key in read.units),
        _policies(words, read),
        _checks(words),
        _words_of(words),
        *(_aliases(words, read, kind) for kind in ("sections", "labels", "tags")),
    ]


def _pairs(words: "Words", code: str, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((value, words(f"{code}-{value}")) for value in values)


def _team(words: "Words", read: "Settings") -> Part:
    languages = _pairs(words, "settings-language", ("ja", "en"))
    phases = (
        ("", words("settings-unsaid")),
        *_pairs(words, "settings-phase", ("quality", "efficiency")),
    )
    return Part(
        "team",
        words("settings-team"),
        (
            Field(("team", "name"), "line", words("settings-team-name")),
            Field(("team", "product"), "line", words("settings-product")),
            Field(
                ("team", "language"),
                "choice",
                words("settings-language"),
                words("settings-language-why"),
                languages,
                read.lang,
            ),
            Field(
                ("team", "timezone"),
                "line",
                words("settings-timezone"),
                words("settings-timezone-why"),
            ),
            Field(
                ("team", "phase"),
                "choice",
                words("settings-phase"),
                words("settings-phase-why"),
                phases,
            ),
        ),
    )


def _charter(words: "Words") -> Part:
    rows = ("mission", "theme", "principle_note")
    return Part(
        "charter",
        words("settings-charter"),
        tuple(Field(("charter", one), "line", words(f"settings-charter-{one}")) for one in rows),
    )


def _member(words: "Words", key: str) -> Part:
    at = ("members", key)
    roles = _pairs(words, "settings-role", ("member", "lead"))
    languages = (
        ("", words("settings-language-team")),
        *_pairs(words, "settings-language", ("ja", "en")),
    )
    return Part(
        f"members:{key}",
        "",
        (
            Field((*at, "name"), "line", words("settings-name")),
            Field((*at, "email"), "line", words("settings-email"), words("settings-email-why")),
            Field((*at, "role"), "choice", words("settings-role"), "", roles, "member"),
            Field((*at, "language"), "choice", words("settings-member-language"), "", languages),
            Field((*at, "joined"), "day", words("settings-joined")),
            Field((*at, "away"), "list", words("settings-away"), words("settings-away-why")),
        ),
        key,
    )


def _unit(words: "Words", read: "Settings", key: str) -> Part:
    at = ("units", key)
    people = tuple((member.key, member.name) for member in read.members.values())
    return Part(
        f"units:{key}",
        "",
        (
            Field((*at, "name"), "line", words("settings-unit-name")),
            Field(
                (*at, "lead"),
                "choice",
                words("settings-unit-lead"),
                "",
                (("", words("settings-nobody")), *people),
            ),
            Field((*at, "members"), "many", words("settings-unit-members"), "", people),
        ),
        key,
    )


def _policies(words: "Words", read: "Settings") -> Part:
    levels, now = _pairs(words, "settings-level", LEVELS), read.policies
    return Part(
        "policies",
        words("settings-policies"),
        (
            *(
                Field(
                    ("policies", one),
                    "choice",
                    words(f"settings-policy-{one}"),
                    "",
                    levels,
                    getattr(now, one),
                )
                for one in ("minutes", "hypothesis", "pre_review")
            ),
            Field(
                ("policies", "minutes_options", "done_within_minutes"),
                "number",
                words("settings-within"),
                usual=now.done_within_minutes,
            ),
            Field(
                ("policies", "pre_review_options", "hours_before"),
                "number",
                words("settings-hours"),
                usual=now.hours_before,
            ),
            Field(
                ("policies", "pre_review_options", "within_unit"),
                "flag",
                words("settings-in-unit"),
                usual=now.within_unit,
            ),
            *(
                Field(
                    ("quorum", one),
                    "number",
                    words(f"settings-quorum-{one}"),
                    usual=getattr(read.quorum, one),
                )
                for one in NUMBERS
            ),
        ),
    )


def _checks(words: "Words") -> Part:
    levels = (("", words("settings-usual")), *_pairs(words, "settings-level", LEVELS))
    return Part(
        "checks",
        words("settings-checks"),
        tuple(
            Field(
                ("policies", "checks", code), "choice", words(f"settings-check-{code}"), "", levels
            )
            for code in CHECKS
            if code not in BY_POLICY
        ),
    )


def _words_of(words: "Words") -> Part:
    return Part(
        "words",
        words("settings-words"),
        (
            Field(
                ("search", "words"),
                "lines",
                words("settings-search-words"),
                words("settings-search-words-why"),
            ),
            Field(
                ("team", "features"),
                "list",
                words("settings-features"),
                words("settings-features-why"),
            ),
        ),
    )


def _aliases(words: "Words", read: "Settings", kind: str) -> Part:
    """Return the other names of sections, labels or tags: those in the file, then the rest."""
    known = {"sections": SECTIONS, "labels": LABELS, "tags": TAGS}[kind]
    written: Mapping[str, object] = {
        "sections": read.sections,
        "labels": read.labels,
        "tags": read.tags,
    }[kind]
    own = {fold(name) for name in written}
    rest = [
        names[0] if read.lang == "ja" else names[1]
        for names in known.values()
        if not own & {fold(name) for name in names}
    ]
    return Part(
        f"aliases-{kind}",
        words(f"settings-aliases-{kind}"),
        tuple(Field(("aliases", kind, name), "list", name) for name in (*written, *rest)),
    )

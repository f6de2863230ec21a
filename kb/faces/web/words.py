"""The words of pages: sentences from the messages, days as each language writes them."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kb.messages import LANGUAGES, find

if TYPE_CHECKING:
    from kb.work.context import Context


def language(ctx: "Context", accepts: str) -> str:
    """Return the language of who looks: the member's own, else the browser's, else the store's."""
    member = ctx.settings.members.get(ctx.me or "")
    return (member and member.language) or wanted(accepts) or ctx.settings.lang


def wanted(accepts: str) -> str | None:
    """Return the first of our languages in an `Accept-Language`, by its weights, or None."""
    found = []
    for place, part in enumerate(accepts.split(",")):
        name, _, weight = part.strip().partition(";")
        lang = name.strip().lower().partition("-")[0]
        if lang in LANGUAGES:
            found.append((-_weight(weight), place, lang))
    return min(found)[2] if found and min(found)[0] < 0 else None


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0


class Words:
    """Sentences and days in one language; templates call it `words`."""

    def __init__(self, lang: str) -> None:
        """Speak `lang`, "ja" or "en"."""
        self.lang = lang

    def hint(self, code: str) -> str:
        """Return what to do about what `code` says."""
        sentence = find(code)
        if sentence is None:
            raise KeyError(code)
        return sentence.ja_hint if self.lang == "ja" else sentence.en_hint

    @property
    def gap(self) -> str:
        """Return what stands between two sentences: a space, which Japanese does without."""
        return "" if self.lang == "ja" else " "

    def either(self, code: str, other: str) -> str:
        """Return the sentence of `code` if there is one, else that of `other` ("": nothing)."""
        if find(code) is not None:
            return self(code)
        return self(other) if other else ""

    def __call__(self, code: str, /, **params: object) -> str:
        """Return the sentence of `code`; with a parameter `count` of 1, that of `code-one`."""
        sentence = find(f"{code}-one") if params.get("count") == 1 else None
        sentence = sentence or find(code)
        if sentence is None:
            raise KeyError(code)
        text = sentence.ja if self.lang == "ja" else sentence.en
        return text.format_map(params)

    def day(self, day: str) -> str:
        """Return a day as a heading has it: 11月25日, 25 November."""
        at = date.fromisoformat(day)
        return self("web-day-long", name=self._month(at), day=at.day)

    def weekday(self, day: str) -> str:
        """Return the day of the week in full."""
        return self("web-weekdays").split()[date.fromisoformat(day).weekday()]

    def short(self, day: str, today: date | None = None) -> str:
        """Return a day in few places, with its year where that is not this one."""
        at = date.fromisoformat(day)
        code = "web-day-short" if today is None or at.year == today.year else "web-day-year"
        name = self._month(at)[:3].removesuffix("月")
        return self(code, name=name, day=at.day, year=at.year)

    def due(self, day: str, today: date) -> str:
        """Return until when something is wanted, in the words of today."""
        days = (date.fromisoformat(day) - today).days
        if days < 0:
            return self("web-days-over", count=-days)
        if days < 2:
            return self("web-due-tomorrow" if days else "web-due-today")
        return self("web-due", day=self.short(day, today))

    def _month(self, at: date) -> str:
        return _months(self.lang)[at.month - 1]


@cache
def _months(lang: str) -> tuple[str, ...]:
    return tuple(Words(lang)("web-months").split())

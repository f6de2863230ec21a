"""A team into whose store hostile texts are written, and what was seen of them."""

import subprocess
from functools import cached_property

from api_kit import Program
from attacks_kit import fits, same
from web_kit import PORT, raised

from kb.faces.web.site import Site

LONGEST_NAME = 120
AT_ONCE = 20
"""So many texts go into one meeting, or one review: each change reads all of it."""
SINGLE = 5
"""So many meetings of one text each stand in one document, for the same reason."""


class Team:
    """A store of one's own, and two who ask the API for it; what came back otherwise is noted."""

    def __init__(self, store):
        self.store = store
        self.sato = Program(Site(str(store), "sato", PORT, raised))
        self.wrong, self.taken, self.refused, self.pages = [], 0, 0, ["/"]

    @cached_property
    def mori(self):
        """Somebody else's program."""
        return Program(Site(str(self.store), "mori", PORT, raised))

    def leave(self):
        """Withdraw the tokens of both."""
        self.sato.leave()
        if "mori" in self.__dict__:
            self.mori.leave()

    def back(self, field, text, *got):
        """Note that a text was taken, and whether it came back as it was typed."""
        self.taken += 1
        if not any(one is not None and same(text, one) for one in got):
            self.wrong.append((field, text, got))

    def took(self, field, text, answer, *, must):
        """Tell whether a text was taken; one that `must` be may not be refused."""
        if answer.status_code in (200, 201):
            return True
        self.refused += 1
        if (must and text) or answer.status_code not in (400, 403, 413, 422):
            self.wrong.append((field, text, answer.status_code, answer.json().get("code")))
        return False

    def documents(self, name, texts, *, single=False):
        """Yield meetings, each with some of the texts; with `single` each with one of them.

        Each has one hypothesis.
        """
        many = SINGLE if single else AT_ONCE
        parts = in_parts(texts, many)
        accounts = [f"{name}-{n}" for n in range(len(parts))]
        for account in accounts:
            heads = "".join(
                f"\n## 2026-10-{n + 1:02} 10:00 会{n}\n\n### 事前仮説\n\n- 利用率が戻る\n\n### 気づき\n"
                for n in range(many if single else 1)
            )
            front = f"---\naccount: {account}\nname: {account}\ncsm: sato\n---\n"
            path = self.store / f"accounts/{account}.md"
            path.write_text(f"{front}\n# {account}\n{heads}", "utf-8")
        git = [
            "git",
            "-C",
            str(self.store),
            "-c",
            "user.name=x",
            "-c",
            "user.email=sato@example.com",
        ]
        subprocess.run([*git, "add", "accounts"], check=True)
        subprocess.run([*git, "commit", "-qm", name], check=True)
        for account, part in zip(accounts, parts, strict=True):
            self.pages.append(f"/accounts/{account}")
            at = f"/accounts/{account}/meetings/2026-10-"
            if single:
                yield from ((f"{at}{n:02}", text) for n, text in enumerate(part, 1))
            else:
                yield f"{at}01", part

    def written(self, at, lines):
        """Write lines into a meeting and return it."""
        got = self.sato.post(f"{at}/lines/batch", {"lines": lines})
        assert got.status_code == 201, got.text
        return self.sato.get(at).json()


def is_name(text):
    """Whether a text can be the name of something, on one line and not too long."""
    name = text.strip()
    shown = all(c.isprintable() or c in " \u3000" for c in name)
    return fits(text, one_line=True) and shown and len(name) <= LONGEST_NAME


def in_parts(texts, many):
    """Return the texts, so many together."""
    return [texts[n : n + many] for n in range(0, len(texts), many)]

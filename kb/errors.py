"""The one error family: what happened, said by a code that has a sentence in both languages.

    KbError                    exit 70
    ├── CheckFound             1   a check found something
    ├── WrongUse               2   wrong use: the caller can mend the words
    ├── NotFound               3   the named thing is not there
    ├── Kept                   4   conflict, or kept but not saved
    ├── NeedsRepair            5   the store needs repair
    ├── NotAllowed             6   not allowed
    └── Fault                  70  a fault of ours

An error carries a *code* and parameters, no sentence: the sentence and the hint stand in
`kb.messages`, in Japanese and English, and a face chooses the language.
"""

from typing import ClassVar


class KbError(Exception):
    """Something the user can read and act on; `code` is stable and part of the contract."""

    exit_code: ClassVar[int] = 70

    def __init__(self, code: str, /, **params: object) -> None:
        """Name what happened by `code`; `params` fill the sentence of `kb.messages`."""
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Show code and parameters, for logs and tests; people see the sentence instead."""
        shown = " ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} {shown}".strip()


class CheckFound(KbError):
    """A check ran and found something."""

    exit_code = 1


class WrongUse(KbError):
    """The request can't be understood or is not valid; nothing was changed."""

    exit_code = 2


class NotFound(KbError):
    """The named account, meeting, item or store is not there."""

    exit_code = 3


class Kept(KbError):
    """Not saved; the text was kept (parameter `kept`: its id, or None when nothing had to be)."""

    exit_code = 4


class NeedsRepair(KbError):
    """The store is in a state that a person has to mend first."""

    exit_code = 5


class NotAllowed(KbError):
    """Refused for safety or by policy."""

    exit_code = 6


class Fault(KbError):
    """A fault of ours; the log has the details."""

    exit_code = 70

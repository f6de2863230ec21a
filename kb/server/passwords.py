"""Passwords: which are fit, and how they are kept and compared (argon2id)."""

import re
import unicodedata
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from kb.errors import WrongUse

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST = 12
"""The fewest characters of a password."""
MOST = 256
"""The most: hashing takes what it is given, so it is not given everything."""

_COMMON = re.compile(
    r"password|passwort|pass ?word|passphrase|qwert[yz]|asdfgh|zxcvbn|1q2w3e|4r5t6y|letmein|welcome"
    r"|admin|login|iloveyou|dragon|monkey|sunshine|princess|football|baseball|kaisha|nihon|japan"
    r"|himitsu|watashi|sakura|パスワード|ひみつ|秘密"
)
"""Words of which passwords are made that are tried first."""


def fit(typed: str, *about: str) -> str:
    """Return a password as it is kept: composed, so that every keyboard types the same.

    `about` are words that anybody could guess of its owner: name, address, team. Raises
    `WrongUse`: "password-short", "password-long", "password-easy".
    """
    composed = unicodedata.normalize("NFKC", typed)
    if len(composed) < LEAST:
        raise WrongUse("password-short", least=LEAST)
    if len(composed) > MOST:
        raise WrongUse("password-long", most=MOST)
    if _left(composed.casefold(), about) < LEAST // 2:
        raise WrongUse("password-easy")
    return composed


def _left(folded: str, about: tuple[str, ...]) -> int:
    """Count what is left to guess: no common words, no runs like 1234 or aaaa, nothing twice."""
    for word in about:
        for piece in re.split(r"[\W_]+", unicodedata.normalize("NFKC", word).casefold()):
            if len(piece) >= 3:
                folded = folded.replace(piece, "\0")
    folded = _COMMON.sub("\0", folded)
    left = "".join(
        two
        for one, two in zip("\0" + folded, folded, strict=False)
        if two != "\0" and abs(ord(two) - ord(one)) > 1
    )
    return len(set(left))


@cache
def _hasher() -> "PasswordHasher":
    """Return what hashes: argon2id, 32 MB and three rounds, one lane; some 0.1 s of one core."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)


_ONE = Lock()
"""One is hashed at a time: strangers who try many can't take all memory and all cores."""


def hashed(password: str) -> str:
    """Return what is kept of a fit password."""
    with _ONE:
        return _hasher().hash(password)


def agrees(kept: str | None, typed: str) -> bool:
    """Tell whether a typed password is the one that was kept.

    With nothing kept it takes as long, so that time doesn't tell which names are known.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    composed = unicodedata.normalize("NFKC", typed[:MOST])
    against = kept or _nobody()
    with _ONE:
        try:
            return _hasher().verify(against, composed) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobody() -> str:
    from kb.server.secret import new

    return hashed(new())

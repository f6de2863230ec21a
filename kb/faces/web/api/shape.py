"""What all shapes of the API share: what it takes is refused if it has more, what it gives is all.

Shapes are types of msgspec: one declaration checks a request, and describes it in JSON Schema.
"""

from typing import Annotated, Any

import msgspec

MOST = 200
"""The most items of one page of a list."""
USUAL = 100
"""The items of one page where nobody says how many."""

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Given = Annotated[str, msgspec.Meta(min_length=1)]
"""What may be left out: an empty text is neither that nor a value."""
Json = dict[str, Any]
"""An answer as the work layer makes it."""


class Takes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a request may bring: its query, or its body."""


class Gives(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer holds; every key is there, unless its type says that it may be left out."""


class Nothing(Takes, frozen=True):
    """A request that says all by its path."""


class Paged(Takes, frozen=True, kw_only=True):
    """A list is read page by page: at most `limit` items, from `cursor` on."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST)] = USUAL
    cursor: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)] | None = None


class Listed(Gives, frozen=True, kw_only=True):
    """A page of a list: `total` counts the whole list, `next` is the cursor of the next page."""

    total: Count
    next: str | None


class Hint(Gives, frozen=True, kw_only=True):
    """What one should know besides the answer."""

    code: str
    message: str


class Changes(Gives, frozen=True, kw_only=True):
    """The answer to a change: `hints` are what one should know of it."""

    hints: list[Hint]


class Problem(Gives, frozen=True, kw_only=True):
    """What could not be done (RFC 9457).

    `text` gives back what was typed and not saved; `item` counts to the line that it is about;
    `account` is the short name that the account has now.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str | None
    text: str | msgspec.UnsetType = msgspec.UNSET
    item: int | msgspec.UnsetType = msgspec.UNSET
    account: str | msgspec.UnsetType = msgspec.UNSET

"""Where pages are."""

from urllib.parse import quote


def meeting_path(account: str, id_: str) -> str:
    """Return where a meeting's page is."""
    return f"/m/{quote(account)}/{id_}"


def account_path(account: str) -> str:
    """Return where an account's page is."""
    return f"/accounts/{quote(account)}"

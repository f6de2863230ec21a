"""A browser on this machine, as far as the server can tell."""

import re
from urllib.parse import unquote

from starlette.testclient import TestClient

from kb.faces.web.app import build

NOW = "2026-11-25T15:00:00+09:00"
PORT = 8710
HOST = f"http://127.0.0.1:{PORT}"


def raised(error):
    """A fault of ours fails the test that met it."""
    raise error


class Browser:
    """A browser that was let in; remembers the last page, and fills its forms."""

    def __init__(self, site, lang="ja"):
        self.site = site
        self.client = TestClient(
            build(site), base_url=HOST, follow_redirects=False, headers={"accept-language": lang}
        )
        self.last = self.client.get(f"/enter/{site.keeper.address()}")
        self.token = None

    def get(self, path, **headers):
        """Look at a page; its forms are the ones that `send` sends."""
        self.last = self.client.get(path, headers=headers)
        found = re.search(r'name="token" value="([^"]+)"', self.last.text)
        self.token = found[1] if found else self.token
        return self.last

    def send(self, path, *, origin=HOST, token=None, **fields):
        """Send a form of the page that was looked at."""
        self.last = self.client.post(
            path,
            data={"token": self.token if token is None else token, **fields},
            headers={"origin": origin} if origin else {},
        )
        return self.last

    def follow(self):
        """Go where the last answer leads; return the page and the line."""
        assert self.last.status_code == 303, self.last.text
        path, _, anchor = self.last.headers["location"].partition("#")
        return self.get(path), unquote(anchor)

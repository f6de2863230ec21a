"""A program with a token of its own, as far as the server can tell."""

import json

from starlette.testclient import TestClient
from web_kit import HOST

from kb.faces.web.api.operation import ROOT
from kb.faces.web.app import build


class Program:
    """Asks the API with a token; remembers nothing."""

    def __init__(self, site, scope="write", lang="ja", member=""):
        self.site = site
        self.secret, self.token = site.programs.tokens.make(member, "tests", scope, 30)
        headers = {"accept-language": lang, "authorization": f"Bearer {self.secret}"}
        self.client = TestClient(build(site), base_url=HOST, headers=headers)

    def get(self, path, headers=None, **query):
        """Ask for something."""
        return self.client.get(ROOT + path, params=query, headers=headers)

    def post(self, path, body=None, headers=None, content=None, kind="application/json"):
        """Change something."""
        if content is None:
            content = b"" if body is None else json.dumps(body).encode()
        sent = {"content-type": kind} if content else {}
        return self.client.post(ROOT + path, content=content, headers=sent | (headers or {}))

    def leave(self):
        """Withdraw the token."""
        self.site.programs.tokens.withdraw(self.token.member, self.token.id)

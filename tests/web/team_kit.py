"""Browsers of people who log in to a team's server."""

import re

from starlette.testclient import TestClient
from web_kit import Browser, raised

from kb.faces.web.app import build
from kb.faces.web.site import Site
from kb.faces.web.team import Team
from kb.server.folder import open_folder

URL = "https://kb.example.com"
WORDS = "tall green lamp sings"
OTHER = "nine wet stones roll"


def team_site(store, folder, *, proxy=False, url=URL, log=None):
    """A team's server on a store, with its state in a folder."""
    team = Team(open_folder(folder, store), url, proxy=proxy)
    return Site(str(store), None, 8710, raised, log, team=team)


class Person(Browser):
    """A browser that nobody let in yet."""

    def __init__(self, site, lang="ja", address="10.0.0.1"):
        self.site = site
        self.client = TestClient(
            build(site),
            base_url=site.team.url,
            follow_redirects=False,
            headers={"accept-language": lang},
            client=(address, 50000),
        )
        self.token = None

    def send(self, path, *, origin=None, token=None, **fields):
        """Send a form of the page that was looked at, from this server's own address."""
        origin = self.site.team.url if origin is None else origin
        return super().send(path, origin=origin, token=token, **fields)

    def invited(self, key, role=None, name=None, password=WORDS):
        """Accept an invitation that somebody made; return the answer."""
        secret = self.site.team.people.invite(key, name or key, role, "sato")
        return self.send(f"/invitation/{secret}", new=password, again=password)

    def login(self, name, password=WORDS, **fields):
        """Log in with a password."""
        return self.send("/login", name=name, password=password, **fields)


def person(site, key, role=None, **more):
    """A browser of somebody who was invited and came in."""
    made = Person(site, **more)
    assert made.invited(key, role).status_code == 303
    made.get("/")
    return made


def link(page):
    """The address of an invitation that a page shows."""
    return re.search(r'value="(https?://[^"]+/invitation/[\w-]+)"', page.text)[1]

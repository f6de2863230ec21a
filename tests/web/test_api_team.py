"""On a team's server a token acts as its member, with the role that they have just then."""

import json

from starlette.testclient import TestClient
from team_kit import URL, person, team_site

from kb.faces.web.api.operation import ROOT
from kb.faces.web.app import build

LINES = f"{ROOT}/accounts/minasoko/meetings/m-2yn804/lines"
LINE = json.dumps({"kind": "memo", "text": "チームから"}).encode()


def program(site, member, scope="write"):
    """A program with a token of somebody's."""
    secret, _ = site.programs.tokens.make(member, "tests", scope, 30)
    headers = {"authorization": f"Bearer {secret}", "content-type": "application/json"}
    return TestClient(build(site), base_url=URL, headers=headers)


def test_a_token_writes_in_the_name_of_its_member(demo_store, tmp_path, clock):
    site = team_site(demo_store, tmp_path / "state")
    person(site, "ito")
    done = program(site, "ito").post(LINES, content=LINE)
    assert done.status_code == 201, done.text
    history = program(site, "ito", "read").get(f"{ROOT}/accounts/minasoko/history").json()
    assert history["items"][0]["by"] == "ito"


def test_a_viewer_s_token_looks_and_one_of_somebody_gone_does_not(demo_store, tmp_path, clock):
    site = team_site(demo_store, tmp_path / "state")
    person(site, "sato", "admin")
    person(site, "guest", "viewer")
    client = program(site, "guest")
    assert client.get(f"{ROOT}/accounts").status_code == 200
    assert client.get(f"{ROOT}/reviews").status_code == 403
    assert client.post(LINES, content=LINE).status_code == 403
    site.team.people.remove("guest")
    assert client.get(f"{ROOT}/accounts").status_code == 401


def test_what_was_done_once_is_known_after_the_server_was_started_anew(demo_store, tmp_path, clock):
    site = team_site(demo_store, tmp_path / "state")
    person(site, "ito")
    key = {"idempotency-key": "k-1"}
    first = program(site, "ito").post(LINES, content=LINE, headers=key)
    site.team.state.close()
    again = program(team_site(demo_store, tmp_path / "state"), "ito").post(
        LINES, content=LINE, headers=key
    )
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == first.json()

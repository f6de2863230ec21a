"""Hostile texts in the fields that take a change of their own each, and on the pages that show them."""

import json
import os
import shutil

import pytest
from attacks_kinds import CHEAP, DEAR, LEARNT
from attacks_kit import SEEN, attacks
from attacks_team import Team
from web_kit import NOW

EVERY = os.environ.get("KB_ATTACKS") == "all"
"""Whether each text goes into each kind of field: minutes for each of them."""
SOME = 90
"""Else every so many-th does."""
DEARER = 3
"""And one of so many of these where a change takes long."""
LONG = 2000
"""A longer text goes into the lines of meetings alone (`test_attacks`)."""
IN_ONE = 100
"""So many texts go into one store."""

EACH = {kind.__name__: (kind,) for kind in CHEAP + DEAR + LEARNT}
TRIES = EACH if EVERY else {"some": CHEAP + DEAR}
"""What is tried together, in stores of its own."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(kinds, id=name, marks=pytest.mark.xdist_group(f"attacked-{name}"))
        for name, kinds in TRIES.items()
    ],
)
def teams(request, shared, warmed, tmp_path_factory):
    """Teams into whose stores the texts were written."""
    texts = [text for text in attacks(shared) if len(text) < LONG]
    if not EVERY:
        texts = texts[::SOME]
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_NOW", NOW)
        patch.setattr("kb.faces.web.programs.RATE", 10**6)
        patch.setattr("kb.adapters.templates._ask", rendered)
        patch.setattr("kb.work.searching.knows_meanings", lambda: False)
        for start in range(0, len(texts), IN_ONE):
            store = shutil.copytree(warmed, tmp_path_factory.mktemp("attacked") / "store")
            made.append(Team(store))
            part = texts[start : start + IN_ONE]
            for kind in request.param:
                kind(made[-1], part if EVERY or kind in CHEAP else part[::DEARER])
    yield made
    for team in made:
        team.leave()


def rendered(request):
    """Render a template here: a process for each would be most of the time."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    asked = json.loads(request)
    made = ImmutableSandboxedEnvironment(autoescape=False).from_string(asked["source"])
    return {"text": made.render(asked["values"])}


@pytest.mark.slow
def test_each_comes_back_as_it_was_typed_or_is_refused(teams, capsys):
    taken, refused = (sum(getattr(team, name) for team in teams) for name in ("taken", "refused"))
    with capsys.disabled():
        print(f"\n{taken} hostile texts taken and read back, {refused} refused", end=" ")
    wrong = [one for team in teams for one in team.wrong]
    assert not wrong, (len(wrong), wrong[:20])
    assert taken


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_of_them_acts_on_a_page_and_no_page_breaks(teams, chromium, serving, monkeypatch):
    monkeypatch.setattr("chromium.PATIENCE", 60)
    hosts = ["about:", "data:"]
    for team in teams:
        address = serving(team.store, "sato", NOW)
        hosts.append(address.rpartition("/enter/")[0])
        chromium.open(address)
        for path in dict.fromkeys(team.pages):
            chromium.open(hosts[-1] + path)
            assert chromium.ask("document.querySelectorAll('main').length === 1"), path
            assert chromium.ask("document.querySelectorAll('main h1').length === 1"), path
            assert not chromium.ask(SEEN)["strange"], path
        chromium.open("about:blank")  # a page that is left open misses its server
        assert chromium.complaints == []
        serving.running.pop().kill()
    assert {one for one in chromium.asked if not one.startswith(tuple(hosts))} == set()

"""Who acts: a member by key or address, a stranger with a hint, nobody with an error."""

import pytest

from kb import config
from kb.errors import WrongUse
from kb.store.identity import Identity
from kb.work import actors

TEAM = b"""
[members.sato]
name = "Sato\\nKyohei"
email = "Sato@example.com"
[members.mori]
"""


@pytest.fixture
def team(tmp_path):
    return config.parse(TEAM, tmp_path / "kb.toml")


def who(team, asked=None, known=None):
    return actors.find(team, asked, lambda: known)


def test_a_member_is_named_by_key(team):
    assert who(team, "mori") == (("mori", "mori", "mori@kb.invalid"), True)
    assert who(team, "@mori") == who(team, "mori")


def test_an_address_is_a_member_whatever_its_case(team):
    found = who(team, known=Identity("S.", "sato@EXAMPLE.com"))
    assert found == (("sato", "Sato Kyohei", "sato@EXAMPLE.com"), True)
    assert who(team, "S. <sato@example.com>").actor.key == "sato"


def test_a_stranger_may_act_under_their_own_name(team):
    found = who(team, known=Identity("Kim\nKb-Source: server", "kim@x.com"))
    assert found == ((None, "Kim Kb-Source: server", "kim@x.com"), False)


def test_an_unknown_key_is_answered_with_the_known_ones(team):
    with pytest.raises(WrongUse) as caught:
        who(team, "kim", Identity("S.", "sato@example.com"))
    assert (caught.value.code, caught.value.params["known"]) == ("unknown-member", "sato mori")


def test_nobody_is_an_error(team):
    with pytest.raises(WrongUse) as caught:
        who(team)
    assert caught.value.code == "no-author"

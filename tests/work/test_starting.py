"""What a new store begins with: nothing of another team's people or customers."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb import config, starter
from kb.errors import WrongUse
from kb.store.identity import Identity
from kb.work import starting

WHEN = datetime(2026, 11, 21, tzinfo=UTC)
KIM = starting.First("kim", "Kim", "kim@example.com")


SATO = Identity("佐藤 恭平", "sato@example.com")


def started(root, lang="ja", team="T", first=KIM):
    written = {}

    def create(_root, files, actor, message, when):
        written.update(files, actor=actor, message=message, when=when)

    starting.start(root, lang=lang, team=team, first=first, when=WHEN, create=create)
    return written


def test_the_starter_store_has_templates_plays_manuals_principles_and_accounts():
    paths = starter.files()
    for folder in ("accounts/", "playbooks/plays/", "playbooks/manuals/", "playbooks/principles/"):
        assert any(path.startswith(folder) for path in paths)
    assert {"templates/ja/meeting.md.j2", "templates/en/meeting.md.j2"} <= set(paths)


def test_a_new_store_has_candidates_without_foreign_evidence_or_owners(tmp_path):
    files = started(tmp_path)
    pages = {path: data.decode() for path, data in files.items() if path.startswith("playbooks/")}
    customers = [Path(path).stem for path in starter.files() if path.startswith("accounts/")]
    assert customers
    for path, page in pages.items():
        assert "owner: kim" in page, path
        assert not [name for name in customers if f"[[{name}" in page], path
        if "/principles/" in path:
            assert "status: candidate" in page
            assert "proposed: 2026-11-21" in page
            assert "出典" not in page
            assert "item1:" not in page
            assert "## 根拠\n" in page
            assert "## 行動\n" in page
            assert not {"adopted:", "verify_by:"} & set(page.split())
    assert "playbooks/principles/p-mass-welcome.md" not in pages
    assert len([path for path in pages if "/principles/" in path]) == 4
    assert not any(path.startswith("accounts/") for path in files)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_its_settings_load_without_a_warning(tmp_path, lang):
    first = starting.First("森", 'A "quoted" \\ name', "a@example.com")
    text = starting.settings_text(lang, 'Team "East" \\', first)
    settings = config.parse(text.encode(), tmp_path / "kb.toml")
    assert settings.warnings == ()
    assert settings.name == 'Team "East" \\'
    assert settings.lang == lang


def test_the_first_member_is_a_lead(tmp_path):
    files = started(tmp_path, "en")
    member = tomllib.loads(files["kb.toml"].decode())["members"]["kim"]
    assert member == {"name": "Kim", "email": "kim@example.com", "role": "lead"}
    assert files["actor"].key == "kim"


def test_the_time_zone_is_the_machines_and_japan_for_a_japanese_team_on_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    assert 'timezone = "Asia/Tokyo"' in starting.settings_text("ja", "T", KIM)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert 'timezone = "Europe/Berlin"' in starting.settings_text("ja", "T", KIM)


def test_a_store_is_not_started_twice(tmp_path):
    (tmp_path / "kb.toml").write_text("")
    with pytest.raises(WrongUse) as caught:
        started(tmp_path)
    assert caught.value.code == "already-a-store"


@pytest.mark.parametrize(
    ("asked", "identity", "expected"),
    [
        (None, SATO, ("sato", "佐藤 恭平", "sato@example.com")),
        ("kyo", SATO, ("kyo", "佐藤 恭平", "sato@example.com")),
        ("mori", None, ("mori", "mori", "mori@kb.invalid")),
        ("Emma L. <e.l@example.com>", None, ("e-l", "Emma L.", "e.l@example.com")),
    ],
)
def test_the_first_member_comes_from_the_option_or_gits_identity(asked, identity, expected):
    assert starting.first_member(asked, lambda: identity) == expected


def test_nobody_can_not_be_the_first_member():
    with pytest.raises(WrongUse) as caught:
        starting.first_member(None, lambda: None)
    assert caught.value.code == "no-author"

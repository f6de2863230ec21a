"""`kb init`: a store that is whole, clean, and belongs to whoever made it."""

import tomllib

import pytest


def test_a_new_store_is_one_clean_commit_of_its_maker(kb, git, as_sato, tmp_path):
    del as_sato
    made = kb("init", tmp_path / "t", "--lang", "ja", "--name", "東チーム", "--json").json
    root = tmp_path / "t"
    assert made["store"] == str(root)
    assert made["created"] == sorted(git(root, "ls-files").split("\n"))
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "log", "--format=%an <%ae>|%cn|%s") == (
        "佐藤 恭平 <sato@example.com>|佐藤 恭平|チームのストアを作る"
    )
    assert git(root, "branch", "--show-current") == "main"
    settings = tomllib.loads((root / "kb.toml").read_text("utf-8"))
    assert settings["team"]["name"] == "東チーム"
    assert settings["members"]["sato"]["role"] == "lead"


def test_the_store_can_be_used_at_once(kb, as_sato, tmp_path):
    del as_sato
    kb("init", tmp_path / "t", "--lang", "en")
    said = kb("--store", tmp_path / "t", "account", "list", "--json")
    assert said.json == {"items": [], "total": 0}
    assert said.err == ""


def test_the_team_is_called_as_its_folder_without_a_name(kb, as_sato, tmp_path):
    del as_sato
    kb("init", tmp_path / "east")
    assert tomllib.loads((tmp_path / "east/kb.toml").read_text())["team"]["name"] == "east"


def test_an_empty_folder_will_do(kb, as_sato, tmp_path):
    del as_sato
    (tmp_path / "t").mkdir()
    kb("init", tmp_path / "t")
    assert (tmp_path / "t/kb.toml").is_file()


def test_it_speaks_the_language_of_the_store_that_it_makes(kb, as_sato, tmp_path):
    del as_sato
    assert "ストア" in kb("init", tmp_path / "a", "--lang", "ja").out
    assert "Made the store" in kb("init", tmp_path / "b", "--lang", "en").out


def test_nobody_is_asked_for_a_name_and_nothing_is_left_behind(kb, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    error = kb("init", tmp_path / "t", "--json", code=2, lang="en").error
    assert error["code"] == "no-author"
    assert "--as" in error["hint"]
    assert not (tmp_path / "t").exists()


@pytest.mark.parametrize(
    ("asked", "key", "author"),
    [
        ("mori", "mori", "mori <mori@kb.invalid>"),
        ("森 ひより <mori@example.com>", "mori", "森 ひより <mori@example.com>"),
    ],
)
def test_who_has_no_identity_says_who_they_are(kb, git, tmp_path, monkeypatch, asked, key, author):
    monkeypatch.setenv("HOME", str(tmp_path))
    root = tmp_path / "t"
    kb("init", root, "--as", asked)
    assert git(root, "log", "--format=%an <%ae>") == author
    assert list(tomllib.loads((root / "kb.toml").read_text("utf-8"))["members"]) == [key]
    kb("--store", root, "--as", key, "account", "add", "acme", "--name", "Acme")


def test_a_store_is_never_made_twice(kb, git, team):
    before = git(team, "rev-parse", "HEAD")
    for place in (team, "."):
        assert kb("init", place, "--json", code=2).error["code"] == "already-a-store"
    assert git(team, "rev-parse", "HEAD") == before
    assert git(team, "status", "--porcelain") == ""


def test_other_peoples_files_are_left_alone(kb, as_sato, tmp_path):
    del as_sato
    (tmp_path / "t").mkdir()
    (tmp_path / "t/notes.md").write_text("mine")
    assert kb("init", tmp_path / "t", "--json", code=2).error["code"] == "not-empty"
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["notes.md"]


@pytest.mark.parametrize("inside", ["t", "t/below"])
def test_a_file_is_no_folder(kb, as_sato, tmp_path, inside):
    del as_sato
    (tmp_path / "t").write_text("mine")
    assert kb("init", tmp_path / inside, "--json", code=2).error["code"] == "not-a-folder"
    assert (tmp_path / "t").read_text() == "mine"


@pytest.mark.parametrize("name", ["a\nb", 'a"b\\', "  ", "東\u202eチーム"])
def test_a_strange_team_name_stays_inside_its_quotes(kb, as_sato, tmp_path, name):
    del as_sato
    kb("init", tmp_path / "t", "--name", name)
    settings = tomllib.loads((tmp_path / "t/kb.toml").read_text("utf-8"))
    assert set(settings) == {"format", "store", "team", "members", "policies", "quorum"}
    assert "\n" not in settings["team"]["name"]

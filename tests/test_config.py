"""kb.toml: what loads, what is warned of, and what is refused with its line."""

import subprocess
import sys
from datetime import date

import pytest

from kb import config
from kb.errors import NotFound, WrongUse
from kb.messages import say


def load(folder, text):
    (folder / "kb.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return config.load(folder)


def refused(folder, text):
    with pytest.raises(WrongUse) as caught:
        load(folder, text)
    return caught.value


def test_the_sample_stores_file_loads_without_a_warning(shared):
    settings = config.load(shared / "sample-store")
    assert settings.warnings == ()
    assert (settings.name, settings.lang, settings.branch) == ("つどい伴走チーム", "ja", "main")
    assert settings.members["mori"].joined == date(2026, 2, 1)
    assert settings.members["emma"].language == "en"
    assert settings.units["east"].members == ("sato", "mori")
    assert settings.policies.minutes == settings.policies.checks["not-closed"] == "require"
    assert settings.policies.checks["late"] == "remind"
    assert settings.quorum == (3, 2, 2)
    assert settings.sections["TODO"][0] == "宿題"
    assert settings.labels["検証"] == ("確かめ方", "Test")
    assert settings.tags["要望"] == ("request", "feature-request")
    assert str(settings.tz) == "Asia/Tokyo"
    assert "health" in settings.raw


def test_an_empty_file_has_defaults(tmp_path):
    settings = load(tmp_path, "")
    assert (settings.lang, settings.timezone, settings.search_engine) == (
        *("ja", "Asia/Tokyo"),
        "embedded",
    )
    assert settings.policies.done_within_minutes == 5
    assert set(settings.policies.checks) == set(config.CHECKS)


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path):
    settings = load(tmp_path, b'\xef\xbb\xbf[team]\r\nlanguage = "en"\r\n')
    assert settings.lang == "en"


def test_a_check_policy_overrides_what_it_follows(tmp_path):
    text = '[policies]\nhypothesis = "require"\n[policies.checks]\nnot-closed = "off"\n'
    checks = load(tmp_path, text).policies.checks
    assert checks["no-hypothesis"] == "require"
    assert checks["not-closed"] == "off"


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ('[team]\nlangauge = "en"\n', "config-unknown-key-near", {"suggestion": "team.language"}),
        ("\n[polices]\n", "config-unknown-key-near", {"suggestion": "policies", "line": 2}),
        ("colour = 1\n", "config-unknown-key", {"line": 1, "key": "colour"}),
        ('[members.a]\nnick = "x"\n', "config-unknown-key", {"line": 2, "key": "members.a.nick"}),
        ('[units.e]\nlead = "kim"\n', "config-unknown-member", {"line": 2, "member": "kim"}),
        (
            '[units.e]\nmembers = [\n  "kim"]\n',
            "config-unknown-member",
            {"line": 2, "member": "kim"},
        ),
        (
            '[aliases.labels]\n"why"=["なぜ"]\n"気分" = ["mood"]\n',
            "config-unknown-alias",
            {"line": 3, "key": "aliases.labels.気分"},
        ),
        (
            '[members.a]\nemail="x@y"\n[members.b]\nemail="X@y"\n',
            "config-same-email",
            {"line": 4, "other": "a"},
        ),
    ],
)
def test_what_has_no_effect_is_warned_of_with_its_line(tmp_path, text, code, params):
    (found,) = load(tmp_path, text).warnings
    assert found[0] == code
    assert params.items() <= found[1].items()
    for lang in ("ja", "en"):
        sentence, _ = say(found[0], lang, **found[1])
        assert str(found[1]["line"]) in sentence


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[team]\nname = "x"\nlanguage = "fr"\n', 3, "team.language"),
        ("team = 3\n", 1, "team"),
        ("[team]\nname = 3\n", 2, "team.name"),
        ('[policies]\nminutes = "always"\n', 2, "policies.minutes"),
        ('[policies.checks]\nlate = "maybe"\n', 2, "policies.checks.late"),
        ("policies.minutes_options.done_within_minutes = -1", 1, None),
        ("[policies.minutes_options]\ndone_within_minutes = true\n", 2, None),
        ('[members.a]\njoined = "2026"\n', 2, "members.a.joined"),
        ("[members.a]\njoined = 2026-01-01T00:00:00\n", 2, "members.a.joined"),
        ('[members.a]\naway = ["2026-12-24/2026-12-01"]\n', 2, "members.a.away"),
        ('[members."a b"]\nname = "x"\n', 1, "members.a b"),
        ("[units.x]\nmembers = [1]\n", 2, "units.x.members"),
        ('[store]\nbranch = " "\n', 2, "store.branch"),
        ('[search]\nengine = "lucene"\n', 2, "search.engine"),
        ('[charter]\nmission = """\nlanguage = 1\n"""\ntheme = 4\n', 5, "charter.theme"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line(tmp_path, text, line, key):
    error = refused(tmp_path, text)
    assert error.code == "config-value"
    assert error.params["line"] == line
    assert key is None or error.params["key"] == key
    assert error.params["expected"]


def test_a_wrong_value_is_shown_as_it_would_stand_in_the_file(tmp_path):
    error = refused(tmp_path, "[members.a]\naway = [{from = 2026-12-24}, true]\n")
    sentence, hint = say(error.code, "ja", **error.params)
    assert "[{from = 2026-12-24}, true] は書けません" in sentence
    assert hint == '書き方: ["2026-12-24/2027-01-04"]'


def test_an_unknown_time_zone_is_refused_when_it_is_asked_for(tmp_path):
    settings = load(tmp_path, '[team]\ntimezone = "Mars/Base"\n')
    with pytest.raises(WrongUse) as caught:
        _ = settings.tz
    assert caught.value.params["line"] == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [("[team]\nname = x\n", 2), ("[team\n", 1), ('a = "x\n\nb = 1\n', 1), ("a = 1\na = 2\n", 2)],
)
def test_broken_toml_is_one_sentence_with_the_line(tmp_path, text, line):
    error = refused(tmp_path, text)
    assert (error.code, error.params["line"]) == ("config-syntax", line)


def test_another_encoding_is_said(tmp_path):
    error = refused(tmp_path, '[team]\nname = "東"\n'.encode("cp932"))
    assert (error.code, error.params["line"]) == ("config-encoding", 2)


@pytest.mark.parametrize(
    "line",
    [
        'webhook = "https://hooks.example.com/T0"',
        'api_token = "abc"',
        'password = "x"',
        'client-secret = "x"',
        'webhook_url = "https://hooks.example.com"',
    ],
)
def test_a_secret_in_the_file_is_refused_without_repeating_it(tmp_path, line):
    error = refused(tmp_path, f"[integrations.slack]\n{line}\n")
    assert (error.code, error.params["line"]) == ("config-secret", 2)
    assert "hooks.example.com" not in str(error)


def test_where_a_secret_is_found_may_be_said(tmp_path):
    text = '[integrations.slack]\nwebhook = "env:HOOK"\ntoken = "file:/run/x"\nsecretary = "kim"\n'
    assert load(tmp_path, text).warnings == ()


def test_without_the_file_there_is_no_store(tmp_path):
    with pytest.raises(NotFound):
        config.load(tmp_path)


def test_members_are_found_by_address_without_case(tmp_path):
    settings = load(tmp_path, '[members.a]\nemail = "A@Example.com"\n')
    found = settings.member_of("a@example.COM")
    assert found is not None
    assert found.key == "a"
    assert settings.member_of("") is None


def test_the_good_path_loads_neither_difflib_nor_zoneinfo_nor_yaml(shared):
    code = (
        "import sys; from pathlib import Path; from kb import config;"
        f"config.load(Path({str(shared / 'sample-store')!r}));"
        "print([m for m in ('difflib','zoneinfo','yaml','kb.tomlplaces') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_store_of_a_later_format_needs_a_newer_kb(tmp_path):
    error = refused(tmp_path, "format = 2\n")
    assert (error.code, error.params["format"]) == ("config-newer", 2)

"""Addresses with the short name that an account had before lead to the one that it has now."""

import pytest
from api_kit import Program
from canary_kit import DOCUMENT, small_store
from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site
from kb.work import accounts

OLD = "/m/canary/m-cana01"
NEW = "/m/kana-ria/m-cana01"


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """A store whose one account was renamed twice; nothing of it is changed by the tests."""
    store = small_store(tmp_path_factory.mktemp("renamed") / "store")
    (store / "accounts/canary.md").write_text(DOCUMENT, "utf-8")
    for old, new in (("canary", "kanaria"), ("kanaria", "kana-ria")):
        rename(store, old, new)
    return store


@pytest.fixture
def browser(moved, clock):
    """Sato's browser."""
    return Browser(Site(str(moved), "sato", PORT, raised))


def rename(store, old, new=None):
    """Give an account another name, or add one."""
    ctx = Site(str(store), "sato", PORT, raised).open()
    accounts.rename(ctx, old, new) if new else accounts.add(ctx, old, "鉱山組合")
    ctx.close()


@pytest.mark.parametrize("name", ["canary", "kanaria"])
@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/accounts/{}?until=2026-12-01&q=a%26b", "/accounts/kana-ria?until=2026-12-01&q=a%26b"),
        ("/accounts/{}/facts", "/accounts/kana-ria/facts"),
        ("/m/{}/m-cana01", NEW),
        ("/m/{}/2026-11-25T14:00", "/m/kana-ria/2026-11-25T14%3A00"),
        ("/m/{}/m-cana01/projected.json", f"{NEW}/projected.json"),
        ("/go/{}/t-cana01", "/go/kana-ria/t-cana01"),
        ("/go/{}/m-cana01", "/go/kana-ria/m-cana01"),
    ],
)
def test_a_bookmark_follows_a_renamed_account(browser, name, path, leads):
    got = browser.get(path.format(name))
    assert (got.status_code, got.headers["location"]) == (307, leads)
    assert browser.get(got.headers["location"]).status_code in (200, 303)


def test_what_is_sent_to_an_old_address_is_sent_on(browser):
    browser.get(NEW)
    got = browser.send(f"{OLD}/lines", kind="memo", text="名前が変わる前に開いた")
    assert (got.status_code, got.headers["location"]) == (307, f"{NEW}/lines")


def test_what_is_not_there_under_any_name_leads_nowhere(browser):
    for path in ("/accounts/nobody", "/m/nobody/m-cana01", f"{NEW[:-2]}zz"):
        assert browser.get(path).status_code == 404, path
    assert browser.get(f"{OLD[:-2]}zz").status_code == 307
    assert Browser(browser.site).client.get("/accounts/canary%00").status_code == 404


def test_a_name_that_is_somebody_s_again_is_theirs(tmp_path, clock):
    store = small_store(tmp_path / "store")
    (store / "accounts/canary.md").write_text(DOCUMENT, "utf-8")
    rename(store, "canary", "kanaria")
    rename(store, "canary")
    browser = Browser(Site(str(store), "sato", PORT, raised))
    assert "鉱山組合" in browser.get("/accounts/canary").text
    assert browser.get(OLD).status_code == 404
    rename(store, "canary", "kouzan")  # who had the name last is who is meant
    assert browser.get("/accounts/canary").headers["location"] == "/accounts/kouzan"
    rename(store, "kanaria", "canary")
    assert browser.get(OLD).status_code == 200
    assert browser.get("/accounts/kanaria").headers["location"] == "/accounts/canary"


@pytest.mark.parametrize(
    ("lang", "words"), [("ja", "「kana-ria」に変わりました"), ("en", "is called kana-ria now")]
)
def test_a_program_is_told_the_name_to_ask_with(moved, clock, lang, words):
    program = Program(Site(str(moved), "sato", PORT, raised), lang=lang)
    for path in (
        "/accounts/canary",
        "/accounts/canary/meetings/m-cana01",
        "/accounts/canary/meetings/current",
        "/todos?account=kanaria",
    ):
        got = program.client.get("/api/v1" + path)
        told = got.json()
        assert (got.status_code, told["code"], told["account"]) == (
            404,
            "account-renamed",
            "kana-ria",
        )
        assert words in told["detail"]
    got = program.post("/accounts/canary/meetings/m-cana01/lines", {"kind": "memo", "text": "x"})
    assert (got.status_code, got.json()["account"]) == (404, "kana-ria")
    got = program.get("/accounts/nobody")
    assert (got.status_code, got.json()["code"]) == (404, "no-account")
    assert "account" not in got.json()

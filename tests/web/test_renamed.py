"""Addresses with the short name that an account had before lead to the one that it has now."""

import subprocess

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


def by_hand(store, *steps):
    """Do what somebody does in a terminal, each step a commit: an edit of a file, or a move."""
    author = ("-c", "user.name=佐藤 恭平", "-c", "user.email=sato@example.com")
    for path, step in steps:
        file = store / path
        if isinstance(step, str):
            file.parent.mkdir(exist_ok=True)
            (store / step).parent.mkdir(exist_ok=True)
            file.rename(store / step)
        else:
            file.write_text(step(file.read_text("utf-8")), "utf-8")
        for words in (("add", "-A", "accounts"), (*author, "commit", "-qm", "edit")):
            subprocess.run(["git", "-C", str(store), *words], check=True)


def named(new, old="canary"):
    """Return what gives an account another name in the front matter alone."""
    before, after = f"account: {old}\n", f"account: {new}\n"

    def step(text):
        assert before in text
        return text.replace(before, after)

    return step


@pytest.fixture
def store(tmp_path, clock):
    """A store of one's own with one account, committed."""
    made = small_store(tmp_path / "store")
    (made / "accounts/canary.md").write_text(DOCUMENT, "utf-8")
    by_hand(made, ("accounts/canary.md", lambda text: text))
    return made


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


@pytest.mark.parametrize(
    ("steps", "names"),
    [
        ([("canary.md", named("kouzan"))], ["canary"]),
        ([("canary.md", named("kouzan")), ("canary.md", "kouzan.md")], ["canary"]),
        ([("canary.md", named("kouzan")), ("canary.md", "east/mine.md")], ["canary"]),
        ([("canary.md", "x.md"), ("x.md", named("tori")), ("x.md", named("kouzan", "tori"))],
         ["canary", "tori"]),
        ([("canary.md", "x.md"), ("x.md", named("tori")), ("x.md", "kouzan.md"),
          ("kouzan.md", named("kouzan", "tori"))], ["canary", "tori"]),
    ],
)  # fmt: skip
def test_an_account_renamed_by_hand_is_found_by_the_names_that_it_had(store, steps, names):
    by_hand(store, *((f"accounts/{a}", b if callable(b) else f"accounts/{b}") for a, b in steps))
    site = Site(str(store), "sato", PORT, raised)
    browser, program = Browser(site), Program(site)
    for name in names:
        got = browser.get(f"/m/{name}/m-cana01")
        assert (got.status_code, got.headers.get("location")) == (307, "/m/kouzan/m-cana01"), name
        told = program.get(f"/accounts/{name}").json()
        assert (told["code"], told.get("account")) == ("account-renamed", "kouzan")
    assert browser.get("/m/kouzan/m-cana01").status_code == 200
    assert browser.get("/accounts/nobody").status_code == 404


def test_a_name_changed_in_an_editor_is_followed_once_it_is_saved(store):
    path = store / "accounts/canary.md"
    browser = Browser(Site(str(store), "sato", PORT, raised))
    path.write_text(named("kouzan")(path.read_text("utf-8")), "utf-8")
    assert browser.get(OLD).headers["location"] == "/m/kouzan/m-cana01"
    browser.get("/m/kouzan/m-cana01")
    assert browser.send("/m/kouzan/m-cana01/lines", kind="memo", text="x").status_code == 303
    assert browser.get(OLD).headers["location"] == "/m/kouzan/m-cana01"


@pytest.mark.parametrize("removed", [False, True])
def test_a_file_that_was_given_another_name_without_git_is_known_by_its_meetings(store, removed):
    path = store / "accounts/canary.md"
    path.rename(store / "accounts/kouzan.md")
    path = store / "accounts/kouzan.md"
    path.write_text(named("kouzan")(path.read_text("utf-8")), "utf-8")
    browser = Browser(Site(str(store), "sato", PORT, raised))
    browser.get("/m/kouzan/m-cana01")
    assert browser.send("/m/kouzan/m-cana01/lines", kind="memo", text="x").status_code == 303
    if removed:
        by_hand(store, ("accounts/kouzan.md", lambda text: text + "\n"))
    assert browser.get(OLD).headers["location"] == "/m/kouzan/m-cana01"
    other = path.read_text("utf-8").replace("account: kouzan", "account: tori")
    (store / "accounts/tori.md").write_text(other, "utf-8")
    browser = Browser(Site(str(store), "sato", PORT, raised))
    assert browser.get(OLD).status_code == 404  # it could be either's


def test_a_file_never_leads_to_another_customer_by_its_name_alone(store):
    by_hand(store, ("accounts/canary.md", "accounts/x.md"), ("accounts/x.md", named("tori")))
    (store / "accounts/canary.md").write_text("---\naccount: kouzan\n---\n\n# 鉱山\n", "utf-8")
    by_hand(store, ("accounts/canary.md", lambda text: text))
    browser = Browser(Site(str(store), "sato", PORT, raised))
    assert browser.get("/accounts/canary").headers["location"] == "/accounts/tori"
    by_hand(store, ("accounts/canary.md", named("canary", "kouzan")))
    assert "鉱山" in browser.get("/accounts/canary").text
    by_hand(store, ("accounts/canary.md", named("kouzan")))
    assert browser.get("/accounts/canary").headers["location"] == "/accounts/kouzan"

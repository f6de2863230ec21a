"""Hostile texts through the API: they come back as they were typed, and nothing of them acts."""

import shutil
import subprocess

import pytest
from api_kit import Program
from attacks_kit import GUARD, SEEN, attacks, fits, kept, lines, same
from web_kit import NOW, PORT, raised

from kb.faces.web.site import Site

AT_ONCE = 2
"""So many texts go into one meeting, each once for each kind of field."""
LONG = 2000
"""A longer text goes into a document of its own: each save writes all of one."""
MANY = 1000
"""A text of more lines goes into one kind of field: each line of it is parsed with each change."""
MEETINGS = 20
"""So many meetings has a document; one page shows all of them."""
FIELDS = (
    *("topic", "stance", "said", "decision", "todo", "insight", "memo"),
    *("hypothesis", "because", "test", "impact"),
)


@pytest.fixture(scope="session")
def texts(shared):
    """All hostile texts."""
    return attacks(shared)


def document(name, meetings):
    """A document of so many empty meetings, as somebody wrote it by hand."""
    heads = "".join(
        f"\n## 2026-10-{meetings - n:02} 10:00 壁{n}\n\n### 事前仮説\n\n### アジェンダ\n\n#### 最初\n\n"
        "### 決定事項\n\n### TODO\n\n### 気づき\n\n### 社内メモ\n"
        for n in range(meetings)
    )
    return f"---\naccount: {name}\nname: {name}\ncsm: sato\n---\n\n# {name}\n{heads}"


HALVES = [
    pytest.param(half, marks=pytest.mark.xdist_group(f"attacked-{half}")) for half in range(2)
]
"""Two workers share the texts; each makes one store."""


@pytest.fixture(scope="module", params=HALVES)
def attacked(request, built, texts, tmp_path_factory):
    """A store into which half of the texts were written once for each kind of field, and by whom."""
    texts = texts[request.param :: 2]
    patch = pytest.MonkeyPatch()
    patch.setenv("KB_NOW", NOW)
    patch.setattr("kb.faces.web.programs.RATE", 10**6)
    store = shutil.copytree(built.store, tmp_path_factory.mktemp("attacked") / "store")
    short = [text for text in texts if len(text) <= LONG]
    batches = [short[n : n + AT_ONCE] for n in range(0, len(short), AT_ONCE)]
    long = [text for text in texts if len(text) > LONG]
    walls = {f"wall-{n}": MEETINGS for n in range(-(-len(batches) // MEETINGS))}
    walls |= {f"long-{n}": 1 for n in range(len(long))}
    for name, meetings in walls.items():
        (store / f"accounts/{name}.md").write_text(document(name, meetings), "utf-8")
    git = ["git", "-C", str(store), "-c", "user.name=x", "-c", "user.email=sato@example.com"]
    subprocess.run([*git, "add", "accounts"], check=True)
    subprocess.run([*git, "commit", "-qm", "walls"], check=True)
    program = Program(Site(str(store), "sato", PORT, raised))
    program.store, program.walls = store, walls
    program.batches = {
        f"/accounts/wall-{n // MEETINGS}/meetings/2026-10-{n % MEETINGS + 1:02}": batch
        for n, batch in enumerate(batches)
    }
    for number, text in enumerate(long):
        program.batches[f"/accounts/long-{number}/meetings/2026-10-01"] = [text]
    for at, batch in program.batches.items():
        sent = [line for text in batch for line in written(text)]
        sent.append({"kind": "decision", "text": GUARD})
        for part in [sent] if len(batch) > 1 else [[line] for line in sent]:
            got = program.post(f"{at}/lines/batch", {"lines": part})
            assert got.status_code == 201, (at, got.text, part[got.json().get("item", 1) - 1])
    yield program
    patch.undo()


def goes(text, field):
    """Whether a text goes into a kind of field; one of very many lines into one kind alone."""
    few = field == "memo" or len(lines(text)) <= MANY
    return few and fits(text, one_line=field in ("topic", "stance"))


def written(text):
    """The lines by which a text comes into every kind of field that can hold it."""
    if goes(text, "memo"):
        yield {"kind": "memo", "text": text}
    if not goes(text, "said"):
        return
    for kind in ("decision", "todo", "insight"):
        yield {"kind": kind, "text": text}
    yield {"kind": "said", "text": text, "under": "最初"}
    more = dict.fromkeys(("because", "test", "impact"), text)
    yield {"kind": "hypothesis", "text": text, **more}
    if goes(text, "topic"):
        yield {"kind": "topic", "text": text, "stance": text}


def read(meeting, field):
    """What the answer of the API has of a kind of field, in the order of writing."""
    if field in ("hypothesis", "because", "test", "impact"):
        key = "text" if field == "hypothesis" else field
        return [one[key] for one in meeting["hypotheses"]]
    if field in ("topic", "stance"):
        return [one["title" if field == "topic" else field] for one in meeting["topics"][1:]]
    if field == "said":
        return [one["text"] for one in meeting["topics"][0]["said"]]
    if field == "memo":
        return meeting["memo"]
    return [one["text"] for one in meeting[field + "s"]]


@pytest.mark.slow
def test_every_text_comes_back_from_every_field_as_it_was_typed(attacked, capsys):
    wrong, count = [], 0
    for at, batch in attacked.batches.items():
        meeting = attacked.get(at).json()
        for field in FIELDS:
            sent = [text for text in batch if goes(text, field)]
            got = read(meeting, field)
            count += len(sent)
            if field == "memo":
                memo = "\n".join("- " + kept(text).replace("\n", "\n  ") for text in sent)
                if (got or "") != memo:
                    wrong.append((at, field, memo, got))
                continue
            if field == "decision":
                got = got[:-1]
            if len(got) != len(sent):
                wrong.append((at, field, len(sent), len(got)))
            wrong += [(at, field, a, b) for a, b in zip(sent, got, strict=False) if not same(a, b)]
    with capsys.disabled():
        print(f"\n{count} hostile texts in {len(FIELDS)} kinds of fields read back", end=" ")
    assert not wrong, (len(wrong), wrong[:5])


@pytest.fixture
def patient(chromium, monkeypatch):
    """A browser that is waited for longer: some of the pages are huge."""
    monkeypatch.setattr("chromium.PATIENCE", 120)
    return chromium


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_of_it_acts_on_a_page_and_no_page_breaks(attacked, patient, serving):
    chromium = patient
    address = serving(attacked.store, "sato", NOW)
    host = address.rpartition("/enter/")[0]
    chromium.open(address)
    for name, meetings in attacked.walls.items():
        path = f"/accounts/{name}"
        chromium.open(host + path)
        found = chromium.ask(SEEN)
        assert found["meetings"] == found["apart"] == meetings, path
        assert found["guards"] == sum(at.startswith(path + "/") for at in attacked.batches), path
        assert not found["strange"], (path, found)
    at = next(iter(attacked.batches))
    named = attacked.get(at).json()["id"]
    meeting = f"/m/wall-0/{named}"
    for path in (meeting, f"{meeting}/projected", "/", "/insights", "/search?q=%3Cscript%3E"):
        chromium.open(host + path)
        assert chromium.ask("document.querySelectorAll('main').length === 1"), path
        assert not chromium.ask(SEEN)["strange"], path
    assert chromium.complaints == []
    assert {one for one in chromium.asked if not one.startswith((host, "about:", "data:"))} == set()


def attacks_of_names(texts):
    """Texts that others took for names of files."""
    return [text for text in texts if len(text) < 260 and "\0" not in text and fits(text)][-75:]


def typed(texts):
    """Ten of the texts, one of each kind of danger, as they can be typed into one line."""
    found = [t for t in texts if fits(t, one_line=True) and 8 < len(t) < 200 and "@" not in t]
    wanted = ("<script", "onerror", "javascript:", "<!--", "{{", "$(", "';", "](", "&lt;", "<svg")
    return [next(text for text in found if mark in text) for mark in wanted]


@pytest.mark.browser
@pytest.mark.slow
def test_ten_typed_by_keyboard_stand_there_and_do_nothing(alone, texts, chromium, serving):
    alone.post("/accounts", {"account": "keys", "name": "keys"})
    day = {"date": "2026-11-25", "start": "14:00"}
    named = alone.post("/accounts/keys/meetings", day).json()["id"]
    address = serving(alone.root, "sato", NOW)
    host = address.rpartition("/enter/")[0]
    chromium.open(address)
    ten = typed(texts)
    for text in ten:
        chromium.open(f"{host}/m/keys/{named}")
        chromium.tab_to("e.id === 'x-inside'")
        chromium.type(text)
        chromium.enter()
    chromium.open(f"{host}/m/keys/{named}")
    found = alone.get(f"/accounts/keys/meetings/{named}").json()["insights"]
    assert [one["text"] for one in found] == [kept(text) for text in ten]
    assert chromium.ask("document.querySelectorAll('[id^=i-]').length") >= len(ten)
    assert not chromium.ask(SEEN)["strange"]
    assert chromium.complaints == []
    assert {one for one in chromium.asked if not one.startswith((host, "about:", "data:"))} == set()


# What is refused


@pytest.fixture
def alone(demo_store, clock, monkeypatch):
    """A program with a store of its own."""
    monkeypatch.setattr("kb.faces.web.programs.RATE", 10**6)
    program = Program(Site(str(demo_store), "sato", PORT, raised))
    program.root = demo_store
    return program


def test_what_no_document_holds_is_refused_and_nothing_written(alone, texts):
    at = "/accounts/minasoko/meetings/m-2yn804"
    before = alone.get(at).headers["etag"]
    unfit = [text for text in texts if not fits(text)]
    assert len(unfit) > 20
    for text in [*unfit, "\ud800", "a\udc00b"]:
        for kind in ("said", "memo", "hypothesis"):
            got = alone.post(f"{at}/lines", {"kind": kind, "text": text})
            assert got.status_code in (400, 413), got.text
    assert alone.post(f"{at}/lines", {"kind": "topic", "text": "a\nb"}).status_code == 400
    assert alone.get(at).headers["etag"] == before


def test_bad_names_become_no_files(alone, texts):
    before = sorted(path.name for path in (alone.root / "accounts").iterdir())
    for text in attacks_of_names(texts):
        made = alone.post("/accounts", {"account": text, "name": "x"})
        assert made.status_code in (201, 400), made.text
        if made.status_code == 201:
            path = alone.root / made.json()["path"]
            assert path.parent == alone.root / "accounts"
            before.append(path.name)
    after = sorted(path.name for path in (alone.root / "accounts").iterdir())
    assert after == sorted(before)

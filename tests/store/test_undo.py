"""Taking back one change by its name, bringing it back, and files that another line wants still."""

from contextlib import closing

import pytest
from store_kit import DOC, MORI, SATO, WHEN, append, is_whole, open_store

from kb.errors import Kept, NotFound
from kb.store import Actor, Edit, Put, Store
from kb.store.added import without_added
from kb.store.undo import _without
from kb.text.merge import merge

PICTURE = "attachments/acme/0123456789ab.png"


def write(store, line, actor=SATO):
    """Add one line; return the commit."""
    change = Edit(DOC, append(line))
    return store.save([change], actor=actor, message=f"add {line}", when=WHEN).commit


def text(store):
    return store.read(DOC).data.decode()


def test_one_change_is_taken_back_though_later_ones_stay(store, root):
    first = write(store, "- one")
    store.save(
        [Put("accounts/other.md", b"# other\n", None)], actor=SATO, message="other", when=WHEN
    )
    undone = store.undo(SATO, when=WHEN, only=first)
    assert "- one" not in text(store)
    assert store.read("accounts/other.md").data == b"# other\n"
    assert undone.paths == (DOC,)
    is_whole(root)


def test_what_was_taken_back_is_brought_back_and_counts_as_there_again(store, root):
    before = text(store)
    write(store, "- one")
    back = store.undo(SATO, when=WHEN)
    again = store.undo(SATO, when=WHEN, only=back.commit)
    assert again.undone == back.commit
    assert "- one" in text(store)
    assert store.undo(SATO, when=WHEN).message == "add - one"
    assert text(store) == before
    is_whole(root)


@pytest.mark.parametrize("name", ["0" * 40, "HEAD", ""])
def test_a_name_that_is_none_takes_nothing_back(store, name):
    write(store, "- one")
    with pytest.raises(NotFound, match="nothing-to-undo"):
        store.undo(SATO, when=WHEN, only=name)
    assert "- one" in text(store)


def test_nobody_else_s_change_is_taken_back_by_its_name(store):
    theirs = write(store, "- one", MORI)
    with pytest.raises(NotFound, match="nothing-to-undo"):
        store.undo(SATO, when=WHEN, only=theirs)


def test_twice_is_once(store):
    first = write(store, "- one")
    store.undo(SATO, when=WHEN, only=first)
    with pytest.raises(NotFound, match="nothing-to-undo"):
        store.undo(SATO, when=WHEN, only=first)


@pytest.mark.parametrize("stays", [True, False])
def test_a_new_file_stays_if_it_is_wanted_still(store, root, stays):
    changes = [Put(PICTURE, b"\x89PNG", None), Edit(DOC, append("- one"))]
    store.save(changes, actor=SATO, message="attach", when=WHEN)
    store.undo(SATO, when=WHEN, stays=lambda path: stays and path == PICTURE)
    assert "- one" not in text(store)
    assert (store.read(PICTURE) is not None) == stays
    is_whole(root)


def test_the_last_change_is_known_by_its_commit_and_sentence(store):
    assert store.last is None
    commit = write(store, "- one")
    assert (store.last.commit, store.last.message, store.last.back) == (commit, "add - one", False)
    back = store.undo(SATO, when=WHEN)
    assert (store.last.commit, store.last.back) == (back.commit, True)


def test_a_title_under_which_somebody_wrote_since_is_not_taken_back(tmp_path):
    form = "####\n\n- スタンス:\n- お客様:\n"
    head = "# アクメ\n\n## 2026-11-25 定例 ^m-4k7q2x\n\n### アジェンダ\n\n"
    files = {"kb.toml": b'[store]\nbranch = "main"\n', DOC: (head + form).encode()}
    folder = tmp_path / "forms"
    Store.create(folder, files, SATO, "ストアを作る", WHEN).close()
    with closing(open_store(folder, merge=merge)) as store:
        topic = form.replace("####", "#### 料金 ^a-c5xgdb").replace("スタンス:", "スタンス: ")
        store.save(
            [Edit(DOC, lambda _: (head + topic).encode())], actor=SATO, message="t", when=WHEN
        )
        built = topic.replace("お客様:", "お客様: 高い")
        store.save(
            [Edit(DOC, lambda _: (head + built).encode())], actor=MORI, message="m", when=WHEN
        )
        with pytest.raises(Kept, match="built-on"):
            store.undo(SATO, when=WHEN)
        assert text(store) == head + built
    is_whole(folder)


@pytest.mark.parametrize(
    ("before", "after", "now", "merged", "without"),
    [
        (b"a", b"a\n#### t", b"a\n#### t\n- x", b"a\n#### t\n- x\n\n", None),
        (b"####", b"#### t ^a-c5xgdb", b"#### t\n- x", b"#### t\n- x\n####", None),
        (b"a", b"a\n- one\n- two", b"a\n- one\n- two\n- x", b"a\n- two\n- x", b"a\n- two\n- x"),
        (b"- [ ] a", b"- [x] a", b"- [x] a b", b"- [ ] a b", b"- [ ] a b"),
        (b"a\nb", b"a", b"a\nc", b"a\nb\nc", b"a\nb\nc"),
        (b"a", b"a\nb", b"a\nc", b"a\n\nc", b"a\nc"),
        (b"a", b"a\n\n", b"a\n\nc", b"a\nc", b"a\nc"),
    ],
)
def test_what_is_left_without_a_change(before, after, now, merged, without):
    assert _without(before, after, now, merged) == without


HEAD = "# アクメ\n\n## 2026-11-25 定例 ^m-4k7q2x\n\n### アジェンダ\n\n#### 料金\n\n- お客様: 高い\n"
TAIL = "\n## 2026-11-18 定例 ^m-4k7q2y\n\n### 気づき\n\n- 前回\n"
PEOPLE = (SATO, MORI, Actor("goto", "後藤", "goto@example.com"))


@pytest.fixture
def written(tmp_path):
    """Let people write one text after the other into a document; gives the store."""
    stores = []

    def start(*texts):
        files = {"kb.toml": b'[store]\nbranch = "main"\n', DOC: (HEAD + TAIL).encode()}
        Store.create(tmp_path / "s", files, SATO, "c", WHEN).close()
        stores.append(open_store(tmp_path / "s", merge=merge))
        for actor, added in zip(PEOPLE, texts, strict=False):
            data = (HEAD + added + TAIL).encode()
            edit = Edit(DOC, lambda _, data=data: data)
            stores[0].save([edit], actor=actor, message="m", when=WHEN)
        return stores[0]

    yield start
    for store in stores:
        store.close()


def test_a_line_goes_and_the_heading_that_came_with_it_stays_for_the_others(written):
    own = "\n### 気づき\n\n- 佐藤の気づき\n"
    store = written(own, own + "- 森の気づき\n")
    store.undo(SATO, when=WHEN)
    assert text(store) == f"{HEAD}\n### 気づき\n\n- 森の気づき\n{TAIL}"


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (2, 0, 1)])
def test_people_who_wrote_the_same_can_each_take_theirs_back(written, order):
    memo = "\n### メモ\n\n- 同じ\n"
    store = written(memo, memo + "- 同じ\n", memo + "- 同じ\n" * 2)
    for left, n in zip((2, 1, 0), order, strict=True):
        store.undo(PEOPLE[n], when=WHEN)
        assert text(store).count("- 同じ") == left


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (b"# a\n### b\n- x\n- y\n", b"# a\n### b\n- y\n"),
        (b"# a\n### b\n- x\n", b"# a\n"),
        (b"# a\n### b\n- x!\n- y\n", None),
        (b"# a\n### b\n- x\n  - y\n", None),
        (b"# a\n### b\n- y\n", None),
        (b"# a\n### b\n- y\n### c\n- x\n", None),
    ],
)
def test_what_is_left_without_added_lines(now, left):
    assert without_added(b"# a\n", b"# a\n### b\n- x\n", now) == left

"""A new meeting in documents of all kinds: everything that stood there still stands there."""

import re
import subprocess
from pathlib import Path

import pytest

from kb import wiring
from kb.errors import WrongUse
from kb.text.outline import parse
from kb.work import preparing

SETTINGS = (
    '[team]\nlanguage = "ja"\ntimezone = "Asia/Tokyo"\n\n'
    '[members.sato]\nname = "佐藤"\nemail = "sato@example.com"\n'
)
GIVEN = re.compile(rb" \^[hadtiq]-[0-9a-z]{6}")


@pytest.fixture
def store(tmp_path, as_sato, monkeypatch):
    del as_sato
    monkeypatch.setenv("KB_NOW", "2026-11-21T12:00:00+09:00")
    (tmp_path / "kb.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / ".gitignore").write_text(".kb/\n", "utf-8")
    (tmp_path / "accounts").mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path)], check=True)
    return tmp_path


def without_space(data):
    return re.sub(rb"\s+", b"", data)


def tried(store, documents):
    """Put a meeting into each document; return the names of those that were refused."""
    refused = []
    for name, data in documents:
        (store / "accounts/x.md").write_bytes(data)
        context = wiring.open_context(str(store), "sato", lang="ja")
        draft = preparing._Draft(
            context,
            preparing.Plan("x", "2026-12-24", "14:00", "15:00", "定例", ()),
            "accounts/x.md",
            data,
        )
        try:
            after, id_ = draft.written()
        except WrongUse as error:
            refused.append((name, error.code))
            continue
        document = parse(after, context.names)
        [new] = [m for m in document.meetings if id_ in m.ids]
        span = new.root.span
        rest = after[: span.start] + after[span.stop :]
        assert without_space(GIVEN.sub(b"", rest)) == without_space(GIVEN.sub(b"", data)), name
        assert (new.date, new.start, new.title) == ("2026-12-24", "14:00", "定例")
    return refused


def test_tricky_documents_keep_every_byte(store, shared):
    paths = sorted((shared / "data/tricky").glob("*.md"))
    documents = [(path.name, path.read_bytes()) for path in paths]
    for name, data in list(documents):
        documents.append((f"{name} CRLF", data.replace(b"\n", b"\r\n")))
        documents.append((f"{name} BOM", b"\xef\xbb\xbf" + data))
        documents.append((f"{name} cut", data.rstrip()))
    assert tried(store, documents) == []


@pytest.mark.slow
def test_other_peoples_minutes_keep_every_byte(store, shared):
    paths = sorted(
        path for path in (shared / "data/minutes").rglob("*") if path.suffix in (".md", ".txt")
    )
    picked: list[Path] = paths[::14]
    assert len(picked) >= 45
    refused = tried(store, [(path.name, path.read_bytes()) for path in picked])
    assert {code for _, code in refused} <= {"document-hidden"}
    assert len(refused) <= 2


@pytest.mark.parametrize(
    ("text", "line"), [("# x\n\n```\nopen\n", 3), ("# x\n\n<!-- open\n", 3), ("~~~~ x\n", 1)]
)
def test_a_document_that_would_hide_the_meeting_says_where(store, text, line):
    (store / "accounts/x.md").write_text(text, "utf-8")
    context = wiring.open_context(str(store), "sato", lang="ja")
    with pytest.raises(WrongUse, match="document-hidden") as found:
        preparing.new(context, "x", title="定例")
    assert found.value.params["line"] == line
    assert (store / "accounts/x.md").read_text("utf-8") == text

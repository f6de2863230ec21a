"""What a request brings is read whole or not at all: forms, and forms with files."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from kb.faces.web import bodies

MARK = "----kbtest7MA4YWxk"


def read(data, kind="files", said=f"multipart/form-data; boundary={MARK}", limit=100_000):
    """Read a body that comes in pieces of a thousand bytes."""
    pieces = [data[at : at + 1000] for at in range(0, len(data), 1000)] or [b""]

    async def receive():
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", said.encode())]}
    return asyncio.run(bodies.read(Request(scope, receive), kind, limit))


def part(name, value, file=None):
    head = f'Content-Disposition: form-data; name="{name}"'
    head += f'; filename="{file}"\r\nContent-Type: image/png' if file is not None else ""
    return f"--{MARK}\r\n{head}\r\n\r\n".encode() + value + b"\r\n"


def whole(*parts):
    return b"".join(parts) + f"--{MARK}--\r\n".encode()


@given(st.binary(max_size=3000), st.text(max_size=200))
def test_bytes_of_a_file_and_words_of_a_field_come_as_they_were_sent(data, text):
    if MARK.encode() in data or MARK in text:
        return
    typed = text.encode("utf-8", "replace")
    got = read(whole(part("text", typed), part("file", data, "絵.png")))
    assert got.form == {"text": typed.decode().replace("\r\n", "\n")}
    assert got.files == {"file": bodies.Upload("絵.png", data)}


def test_a_file_that_was_not_chosen_is_none():
    got = read(whole(part("file", b"", ""), part("text", b"x")))
    assert (got.files, got.form) == ({}, {"text": "x"})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        whole(part("a", b"x"))[:-6],
        b"x" + whole(part("a", b"x")),
        whole(part("a", b"x").replace(b"\r\n\r\n", b"\r\n")),
        whole(part("a", b"x").replace(b'name="a"', b"name=a")),
        whole(part("a", b"\xff")),
        whole(part("a", b"x", "\x00").replace(b"\x00", b"\xff")),
        whole(*(part(f"f{n}", b"x") for n in range(bodies.FIELDS + 1))),
        whole(part("a", b"x" * 100_000)),
    ],
    ids="nothing no-part no-end before no-head no-name no-text no-file-name many long".split(),
)
def test_what_is_no_form_is_nothing(data):
    assert read(data) is None


@pytest.mark.parametrize(
    "said",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        f"multipart/form-data; boundary={'x' * 71}",
        "multipart/form-data; boundary=a\nb",
        f"multipart/mixed; boundary={MARK}",
        "application/json",
        "",
    ],
)
def test_another_kind_of_body_is_nothing(said):
    assert read(whole(part("a", b"x")), said=said) is None


def test_a_form_without_files_may_come_where_files_may_and_is_no_longer_for_it():
    said = bodies._TYPES["form"]
    assert read(b"a=b", said=said).form == {"a": "b"}
    long = b"a=" + b"x" * bodies.LARGEST_FORM
    assert read(long, said=said, limit=bodies.LARGEST_FILES) is None


def test_bytes_are_given_as_they_are_and_not_too_many():
    assert read(b'{"a": 1}', kind="raw", said="x/y").raw == b'{"a": 1}'
    assert read(b"x" * 11, kind="raw", limit=10) is None


def test_many_boundaries_cost_no_time():
    hostile = f"--{MARK}\r\n".encode() * 7000
    assert read(hostile) is None

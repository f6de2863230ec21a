"""Encodings that notes are kept in, and files that are none."""

import pytest

from kb.formats.decode import LIMIT, Skipped, decode

TEXT = "■ 2026/11/21 定例\n宿題: 見積もりを送る（佐藤）"
LINES = tuple(TEXT.split("\n"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"]
)
def test_the_encodings_of_japanese_notes(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == LINES


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("final", ["", "end"])
def test_line_ends(newline: str, final: str) -> None:
    data = newline.join(LINES) + (newline if final else "")
    assert decode(data.encode()) == LINES


def test_other_separators_stay_in_their_line() -> None:
    assert decode("a\x0cb\u2028c\x85d\n".encode()) == ("a\x0cb\u2028c\x85d",)


def test_a_very_long_line_is_one_line() -> None:
    assert decode(b"x" * 150_000 + b"\ny") == ("x" * 150_000, "y")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import-empty"),
        (" \r\n\u3000\n\u200b".encode(), "import-empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "import-not-text"),
        (b"abc\x00def", "import-not-text"),
        (b"\x80\xff\xfd\xfc\xa0\x81" * 50, "import-not-text"),
        (b"x" * (LIMIT + 1), "import-large"),
    ],
)
def test_what_is_no_notes_file_is_skipped_with_a_reason(data: bytes, code: str) -> None:
    assert decode(data) == Skipped(code)

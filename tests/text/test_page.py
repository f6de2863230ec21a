"""What an adoption approves of a page: what stays the same, and what makes it another text."""

from pathlib import Path

import pytest

from kb.text.page import adopt_digest, adopt_text

PAGES = Path(__file__).resolve().parents[2] / "playbooks" / "principles"
JAPANESE = (PAGES / "p-handover-30.md").read_bytes()
ENGLISH = b"""---
title: Offer it
---

# Offer it

## Statement

The same day.

## Don\xe2\x80\x99t

- wait

## Evidence

- "x"
"""


def test_the_digest_of_a_page_never_changes():
    """Approvals in every store name it."""
    assert adopt_digest(JAPANESE) == (
        "adopt1:8ad88fc849fe59435a912721d370e6d5b9d88d8d054c10dcc4eb3c22dafe3d16"
    )


@pytest.mark.parametrize("part", ["行動", "なぜ", "すること", "しないこと", "使うとき"])
def test_a_word_in_an_approved_part_makes_another_text(part):
    changed = JAPANESE.replace(f"## {part}\n".encode(), f"## {part}\n\n新しい文\n".encode())
    assert adopt_digest(changed) != adopt_digest(JAPANESE)


def test_evidence_front_matter_and_ids_do_not():
    changed = JAPANESE.replace("## 反証\n".encode(), "## 反証\n\n- 「新しい」\n".encode())
    changed = changed.replace(b"status: adopted", b"status: candidate").replace(b"\n", b"\r\n")
    assert adopt_digest(changed) == adopt_digest(JAPANESE)


def test_english_pages_have_the_same_parts():
    assert adopt_text(ENGLISH) == "Offer it\n## Statement\n\nThe same day.\n## Don’t\n\n- wait"

"""What goes out to a customer holds all that is theirs to see, and nothing else, in every form."""

import asyncio
import json
import re

import pytest
from canary_kit import (
    ALLOWED,
    DOCUMENT,
    GUEST_HOST,
    LABELS,
    MARKER,
    MEETING,
    Outside,
    read,
    small_store,
)

from kb.work.sharing import as_json, shared


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A store for all tests here; each writes the document anew."""
    return small_store(tmp_path_factory.mktemp("canaries") / "store")


@pytest.fixture
def outside(small, clock):
    """The customer's document, with its guests."""
    return Outside(small)


def test_nothing_internal_leaves_in_any_form_and_all_that_is_the_customer_s_does(outside):
    for name, data in outside.outputs(outside.link()).items():
        assert MARKER.findall(data) == [], name
        shown = read(name, data)
        for part in ALLOWED if "json" in name else ALLOWED + LABELS:
            assert part in shown, (name, part)


def test_projected_pages_name_nothing_of_ours_in_title_addresses_and_headers(outside):
    link = outside.link()
    for got in (outside.browser.get(f"{MEETING}/projected"), outside.guest.get(link)):
        title = re.search(r"<title>(.*?)</title>", got.text)[1]
        assert "定例" in title
        assert "kb" not in title
        assert 'name="token"' not in got.text
    page = outside.guest.get(link)
    addresses = re.findall(r'(?:href|src|data-live)="([^"]*)"', page.text)
    assert all(one.startswith(("/static/", link, "https://example.com")) for one in addresses)
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "set-cookie" not in page.headers


def test_the_tag_of_an_answer_follows_what_the_guest_sees_alone(outside):
    link = outside.link()
    first = outside.guest.get(link)
    tag = first.headers["etag"]
    outside.write(DOCUMENT.replace("CANARY-memo", "CANARY-more").replace("70%", "90%"))
    assert outside.guest.get(link).headers["etag"] == tag
    assert outside.guest.get(link).text == first.text
    kept = outside.guest.get(f"{link}/minutes.json", headers={"if-none-match": tag})
    assert (kept.status_code, kept.content) == (304, b"")
    outside.write(DOCUMENT.replace("12月4日に公開", "12月5日に公開"))
    assert outside.guest.get(link).headers["etag"] != tag


def test_files_are_the_same_bytes_whoever_makes_them_and_whenever(outside):
    link = outside.link()
    ours = outside.browser.get(f"{MEETING}/minutes.docx")
    assert ours.content == outside.guest.get(f"{link}/minutes.docx").content


def test_the_meeting_s_view_is_the_same_type_everywhere(outside):
    link = outside.link()
    ctx = outside.site.open()
    try:
        expected = json.loads(json.dumps(as_json(shared(ctx, "canary/m-cana01").safe)))
    finally:
        ctx.close()
    assert outside.browser.get(f"{MEETING}/projected.json").json() == expected
    assert outside.guest.get(f"{link}/minutes.json").json() == expected


def test_a_guest_hears_of_what_they_see_and_of_nothing_else(outside):
    from test_events import CHANGED, hearing

    link = outside.link()
    page = outside.guest.get(link)
    digest = re.search(r'data-digest="(\w+)"', page.text)[1]

    async def main():
        async with hearing(outside.guest, f"{link}/events", app=outside.guest.app) as heard:
            first = await heard.until(CHANGED)
            assert json.loads(first[1]) == {"id": "minutes", "digest": digest}
            outside.write(DOCUMENT.replace("CANARY-memo", "CANARY-other"))
            await asyncio.sleep(0.6)
            assert heard.said.count(b"event:") == 1, "the memo is nothing to a guest"
            outside.write(DOCUMENT.replace("12月4日に公開", "12月5日に公開"))
            await heard.until(rf"{digest}.*\n\n{CHANGED}")
            outside.door.links.withdraw(only(outside).id, "canary", "m-cana01")
            await heard.until("event: over")
            await heard.over()
            return heard.said

    said = asyncio.run(main())
    assert MARKER.findall(said) == []
    assert "公開".encode() not in said
    assert outside.guest.get(link).status_code == 404


def only(outside):
    """The one link of the meeting."""
    (link,) = outside.door.links.of("canary", "m-cana01")
    return link


def test_nothing_but_the_safe_view_reaches_what_makes_the_outputs():
    """Templates and writers of what goes out take `SafeMeeting`, its words, and where it stands."""
    from kb.faces.web import render

    for name in ("projected", "minutes", "print", "guest"):
        source = (render.HTML / f"{name}.html.j2").read_text("utf-8")
        inside = r"\{[{%][^}]*?\b(meeting|row|one|ctx|me|team|role|found)\b(?!s)"
        assert re.findall(inside, source) == [], name


def test_one_address_is_enough_and_only_the_guests(outside):
    link = outside.link()
    assert link.startswith("/g/")
    assert outside.guest.get(MEETING).status_code == 404
    assert outside.browser.get(link).status_code == 404
    assert GUEST_HOST not in outside.browser.get(f"{MEETING}/share").text

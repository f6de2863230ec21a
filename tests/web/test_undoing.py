"""What cannot be taken back says so by the customer's name, and leads back to where one was."""

import re

DOCUMENT = "accounts/minasoko.md"
MEETING = "/m/minasoko/m-2yn804"


def test_a_line_that_was_built_upon_names_the_customer_and_leads_back(writing):
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", kind="insight", text="数字で話す", form="inside")
    page, _ = writing.follow()
    change = re.search(r'name="change" value="([0-9a-f]+)"', page.text)[1]
    file = writing.store / DOCUMENT
    text = file.read_text("utf-8")
    file.write_text(text.replace("- 数字で話す", "- 数字と絵で話す"), "utf-8")
    writing.get(MEETING)
    writing.send("/undo", change=change)
    assert writing.last.status_code == 409
    main = writing.last.text.partition("<main")[2]
    assert "株式会社" in main
    assert DOCUMENT not in main
    assert f'href="{MEETING}"' in main

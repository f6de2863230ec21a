"""Controls that hold over all of the code of pages, whoever writes the next page."""

import ast
import asyncio
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_kit import HOST, PORT, raised

from kb.faces.web import app, guard, render
from kb.faces.web.site import Site

WEB = Path(render.__file__).parent


def test_every_test_that_the_list_of_threats_names_is_there():
    root = Path(__file__).resolve().parents[2]
    named = set(re.findall(r"`(tests/[^`]+)`", (root / "docs/security.md").read_text("utf-8")))
    assert len(named) > 15
    assert {name for name in named if not (root / name).is_file()} == set()


def test_pages_are_made_in_one_place_and_all_of_them_escape():
    for environment in (render.environment("ja"), render.environment("en")):
        assert environment.autoescape is True
        assert environment.undefined.__name__ == "StrictUndefined"
    made = [path.name for path in WEB.rglob("*.py") if "jinja2" in path.read_text("utf-8")]
    assert made == ["render.py"]


def test_html_is_made_of_text_in_one_module_only():
    for path in WEB.rglob("*.py"):
        if path.name == "render.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "id", getattr(called, "attr", ""))
            assert name not in ("Markup", "markupsafe"), path
    for path in WEB.rglob("*.j2"):
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape", text), path


def test_no_page_has_a_script_or_a_style_of_its_own():
    for path in WEB.rglob("*.j2"):
        # What jinja2 itself reads is not sent to anybody.
        text = re.sub(r"\{[#%].*?[#%]\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(
            r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text, re.IGNORECASE
        ), path
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert re.search(r'\ssrc="\{\{ script\(\) \}\}"', tag), (path, tag)
        for address in re.findall(r'(?:src|href|action)="([^"{]*)', text):
            assert not address or re.match(r"[/#?](?!/)|mailto:", address), (path, address)


def test_the_policy_of_pages_lets_nothing_come_from_elsewhere():
    rules = dict(one.split(None, 1) for one in guard.POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) <= {"'none'", "'self'"}
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"


@pytest.mark.parametrize("path", ["/", "/m/minasoko/m-2yn804", "/api/v1/today"])
def test_a_websocket_is_closed_before_anything_is_asked(demo_read, clock, path):
    made = app.build(Site(str(demo_read), "sato", PORT, raised))
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": path, "headers": [], "query_string": b""}
    asyncio.run(made(scope, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_request_with_two_names_of_the_server_is_refused(demo_read, clock):
    client = TestClient(app.build(Site(str(demo_read), "sato", PORT, raised)), base_url=HOST)
    host = HOST.removeprefix("http://")
    for hosts in ([("host", host), ("host", "evil.example")], [("host", host), ("host", host)]):
        assert client.get("/healthz", headers=hosts).status_code == 403

"""`kb serve` as a process: it says where it answers, answers there, and stops in order."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from web_kit import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def serve(demo_read):
    """Start `kb serve`; return the process and the address that it printed."""
    started = []

    def start(*args):
        env = os.environ | {"KB_NOW": NOW, "PYTHONPATH": str(ROOT), "KB_LANG": "en"}
        words = [sys.executable, "-m", "kb", "--store", str(demo_read), "--as", "sato", "serve"]
        process = subprocess.Popen(
            [*words, "--port", "0", *args],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def kb(demo_read, *args):
    env = os.environ | {"PYTHONPATH": str(ROOT), "KB_LANG": "en"}
    words = [sys.executable, "-m", "kb", "--store", str(demo_read), "--as", "sato", "serve", *args]
    return subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=30)


def test_it_prints_one_address_answers_there_and_stops_in_order(serve):
    process, address = serve()
    assert address.startswith("http://127.0.0.1:")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(address) as answer:
        assert answer.status == 200
        assert "佐藤" in answer.read().decode()
        assert "uvicorn" not in str(answer.headers).lower()
    home = address.partition("/enter/")[0]
    with browser.open(f"{home}/healthz") as answer:
        assert answer.read() == b"ok\n"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(home)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=15)
    assert process.returncode == 0
    assert out == ""
    assert "Traceback" not in err
    assert "GET /enter/{secret} 303" in err
    assert address.rpartition("/")[2] not in err


def test_it_answers_on_this_machine_s_own_address_only(serve):
    _, address = serve()
    port = int(address.split(":")[2].split("/")[0])
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for other in others - {"127.0.0.1"}:
        with socket.socket() as tried:
            assert tried.connect_ex((other, port)) != 0, other


def test_as_json_it_is_one_document_and_no_log(serve):
    process, first = serve("--json")
    lines = [first]
    while lines[-1] != "}":
        lines.append(process.stdout.readline().rstrip("\n"))
    told = json.loads("\n".join(lines))
    assert set(told) == {"url", "port", "member"}
    assert told["member"] == "sato"
    with urllib.request.urlopen(f"http://127.0.0.1:{told['port']}/healthz") as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=15) == ("", "")
    assert process.returncode == 0


@pytest.mark.parametrize(
    "args",
    [
        ("--team",),
        ("--host", "0.0.0.0"),
        ("--host", "192.168.1.5"),
        ("--host", "::1"),
        ("--host", "evil"),
    ],
)
def test_what_is_not_there_yet_is_refused(demo_read, args):
    done = kb(demo_read, *args)
    assert done.returncode == 6
    assert done.stdout == ""
    assert "not there yet" in done.stderr


def test_a_port_that_is_taken_is_said(demo_read):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kb(demo_read, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "taken" in done.stderr


@pytest.mark.parametrize("words", [["--help"], ["today", "--help"], ["serve", "--help"]])
def test_other_commands_do_not_load_the_web(words):
    source = (
        "import sys; from kb.faces.cli import app; app.run(sys.argv[1:]);"
        "loaded = {'starlette', 'uvicorn', 'nh3', 'anyio'} & set(sys.modules);"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

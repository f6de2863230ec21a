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

    def start(*args, now=NOW):
        env = os.environ | {"PYTHONPATH": str(ROOT), "KB_LANG": "en"}
        env |= {"KB_NOW": now} if now else {}
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


@pytest.mark.parametrize("host", ["0.0.0.0", "::1"])
def test_elsewhere_than_on_this_machine_it_needs_accounts(demo_read, host):
    done = kb(demo_read, "--host", host)
    assert done.returncode == 6
    assert done.stdout == ""
    assert "--team" in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--url", "https://kb.example.com"), 2, "--team"),
        (("--proxy",), 2, "--team"),
        (("--team", "--host", "0.0.0.0"), 2, "--url"),
        (("--team", "--url", "kb.example.com"), 2, "no address"),
        (("--team", "--url", "https://kb.example.com/x"), 2, "no address"),
        (("--team", "--admin", "nobody"), 2, "nobody"),
        (("--team", "--host", "evil.invalid", "--url", "http://x"), 2, "evil.invalid"),
        (("--team", "--state", "inside"), 6, "--state"),
    ],
)
def test_what_does_not_fit_a_server_is_said(demo_read, tmp_path, args, code, said):
    state = [] if "--state" in args else ["--state", str(tmp_path / "state")]
    args = [str(demo_read / "in") if one == "inside" else one for one in args]
    team = state if "--team" in args else []
    done = kb(demo_read, *args, *team, "--port", "0")
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert done.stdout == ""


def test_a_team_s_server_goes_by_the_real_time(demo_read, tmp_path, monkeypatch):
    monkeypatch.setenv("KB_NOW", NOW)
    done = kb(demo_read, "--team", "--state", str(tmp_path / "state"))
    assert done.returncode == 6
    assert "KB_NOW" in done.stderr


def test_a_team_s_server_invites_who_starts_it_once(serve, tmp_path):
    folder = ("--team", "--state", str(tmp_path / "state"))
    process, url = serve(*folder, now=None)
    invitation = process.stdout.readline().strip()
    assert invitation.startswith(f"{url}/invitation/")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with pytest.raises(urllib.error.HTTPError, match="401"):
        browser.open(url)
    words = b"new=tall+green+lamp+sings&again=tall+green+lamp+sings"
    asked = urllib.request.Request(invitation, words, {"Origin": url})
    with browser.open(asked) as answer:
        assert "佐藤" in answer.read().decode()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=15)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert invitation.rpartition("/")[2] not in err
    process, url = serve(*folder, now=None)
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=15)[0] == ""
    process, url = serve(*folder, "--admin", "mori", "--json", now=None)
    told = url
    while not told.endswith("}"):
        told += process.stdout.readline().rstrip("\n")
    said = json.loads(told)
    assert set(said) == {"url", "port", "state", "invitation", "member"}
    assert said["member"] == "mori"
    with urllib.request.urlopen(said["invitation"]) as answer:
        assert "森" in answer.read().decode()


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

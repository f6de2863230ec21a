"""What all tests share: a clean environment, the real documents, and no silent skips in CI."""

import os
import shutil
import tempfile
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"
ROOT = Path(__file__).resolve().parent.parent

KEPT = ("KB_SHARED", "KB_ATTACKS")

# Nothing of the person who runs the tests reaches them: neither their git nor their kb settings.
for _name in list(os.environ):
    if _name.startswith(("GIT_", "KB_")) and _name not in KEPT:
        del os.environ[_name]
os.environ |= {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "XDG_STATE_HOME": tempfile.gettempdir() + "/kb-tests-state",
}

settings.register_profile(
    "kb",
    deadline=None,
    derandomize=IN_CI,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kb")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; tests that need it are skipped where there is none."""
    folder = Path(os.environ.get("KB_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("no folder of real documents (KB_SHARED)")
    return folder


@pytest.fixture
def as_sato(monkeypatch):
    """A person's git identity, as somebody at their own machine has it."""
    monkeypatch.setenv("GIT_AUTHOR_NAME", "佐藤 恭平")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "sato@example.com")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "佐藤 恭平")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "sato@example.com")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The sample team's store as `kb demo` makes it, made once; nothing may be written into it."""
    from kb.work import demo

    return demo.build(tmp_path_factory.mktemp("demo") / "store")


@pytest.fixture(scope="session")
def demo_read(built, tmp_path_factory):
    """A copy of the sample store for commands that only read (and derive)."""
    return shutil.copytree(built.store, tmp_path_factory.mktemp("read") / "store")


@pytest.fixture
def demo_store(built, tmp_path):
    """A copy of the sample store of one's own."""
    return shutil.copytree(built.store, tmp_path / "demo-store")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Let several workers begin with what takes long: one with the browser, the others with the rest.

    Each begins with an equal number of tests, in this order; who is done takes from who is not,
    and then no long one may be left. Tests of one `xdist_group` stay together.
    """
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers == 1:
        return
    shares = [[] for _ in range(workers)]
    long, short = {}, []
    for item in items:
        browser, slow, group = map(item.get_closest_marker, ("browser", "slow", "xdist_group"))
        if group or (slow and not browser):
            long.setdefault(group.args[0] if group else item.nodeid, []).append(item)
        else:
            (shares[0] if browser else short).append(item)
    for number, together in enumerate(long.values()):
        shares[1 + number % (workers - 1)].extend(together)
    rest, left = iter(short), len(items)
    for number, share in enumerate(shares):
        size = left // (workers - number)
        share.extend(islice(rest, max(0, size - len(share))))
        left -= size
    items[:] = [*(item for share in shares for item in share), *rest]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """In CI a skip is a failure, unless the operating system is the reason."""
    report = yield
    platform = item.get_closest_marker("platform")
    if IN_CI and report.skipped and not hasattr(report, "wasxfail") and not platform:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """In CI a whole module may not be skipped either."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report

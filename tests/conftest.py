"""What several folders of tests share: one browser for the session, and a second try in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Playwright

from generator.building.build import build
from generator.options import Options
from scripts.browser import driver, launch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser's act that fails gets a second try, and the report names it (decision 0080)."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What went wrong at a first try: where, and the first lines of what was said."""
    for report in terminalreporter.stats.get("rerun", []):
        if crash := getattr(report.longrepr, "reprcrash", None):
            told = "\n".join(crash.message.splitlines()[:8])
            terminalreporter.write_sep("_", f"first try of {report.nodeid}")
            terminalreporter.write_line(f"{crash.path}:{crash.lineno}: {told}")


MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Makes a named folder at the first call of the whole run, whichever worker calls first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, whole = shared / name, shared / f"{name}.whole"
        with FileLock(shared / f"{name}.lock"):
            if not whole.exists():
                make(folder)
                whole.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def site(made_once: MadeOnce) -> Path:
    """The site as readers get it, in a folder below the domain's root."""
    return made_once("served", lambda root: build(Options(output=root / "the-honest-n")))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with driver() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()

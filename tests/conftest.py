"""What several folders of tests share: one browser for the session, and a second try in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

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


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with driver() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()

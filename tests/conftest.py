"""What several folders of tests share: one browser for the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from scripts.browser import driver, launch


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with driver() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()

"""How a reader searches."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def search(page: Page, query: str) -> Locator:
    """All links found, once there is something to say of the query."""
    if not page.locator("dialog[open]").count():
        page.locator(".search-open").click()
    page.locator("dialog input").fill(query)
    expect(page.locator(".search-said")).not_to_be_empty()
    return page.locator("dialog li > a")

"""How a reader searches."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

FOUND = {
    "随机效应": "term-random-effect",
    "隨機效果": "term-random-effect",
    "統計檢定力": "term-power",
    "95%信賴區間": "term-confidence-interval",
    "自由度2": "degrees-of-freedom",
    "混和模型": "term-mixed-model",
    "混合效果模型": "term-mixed-model",
    "階層線性模型": "term-mixed-model",
    "HLM": "term-mixed-model",
    "mixed model": "term-mixed-model",
    "lmer vs glmer": "rule-of-thumb",
    "p value": "why",
    "(1|mouse)": "random-intercept",
    "(1 | mouse)": "random-intercept",
}
"""Queries as readers type them, and the id of a section that each of them is to find: simplified
characters, compounds that never stand unbroken, other names, formulas with and without spaces."""


def search(page: Page, query: str) -> Locator:
    """All links found, once there is something to say of the query."""
    if not page.locator("dialog[open]").count():
        page.locator(".search-open").click()
    page.locator("dialog input").fill(query)
    expect(page.locator(".search-said")).not_to_be_empty()
    return page.locator("dialog li > a")

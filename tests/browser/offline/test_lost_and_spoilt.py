"""What a browser has lost or spoilt of the site."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import Panel, Reader
from tests.browser.offline.conftest import CHAPTER, NOTE, Host, until, visit, words

pytestmark = pytest.mark.browser


def test_a_cache_deleted_under_the_page_comes_back(reader: Reader, host: Host) -> None:
    page = visit(reader)
    page.evaluate(
        "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
    )
    page.reload()
    expect(page.locator(NOTE)).to_have_text(words("en")["available"])
    host.cut_off = True
    page.goto(host.url + "zh/index.html")
    expect(page.locator("h1")).to_be_visible()


def test_a_spoilt_file_is_fetched_again(reader: Reader) -> None:
    page = visit(reader)
    page.evaluate(
        "async () => { const url = document.querySelector('link[rel=stylesheet]').href;"
        " for (const name of await caches.keys())"
        " await (await caches.open(name)).put(url, new Response('* { display: none }',"
        " { headers: { 'content-type': 'text/css' } })); }"
    )
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    until(
        page,
        "async () => { const url = document.querySelector('link[rel=stylesheet]').href;"
        " const found = await caches.match(url);"
        " return found && (await found.text()).length > 99; }",
    )


def test_spoilt_machine_code_is_fetched_again(reader: Reader) -> None:
    page = visit(reader)
    Panel(page, "nested").start()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"], timeout=60_000)
    spoilt = page.evaluate(
        "async () => { for (const name of await caches.keys()) {"
        " const cache = await caches.open(name);"
        " for (const { url } of await cache.keys()) if (url.endsWith('.wasm')) {"
        " await cache.put(url, new Response('spoilt',"
        " { headers: { 'content-type': 'application/wasm' } })); return url; } } }"
    )
    page.reload()
    Panel(page, "nested").start().set(n_mice=5)
    until(page, "async (url) => (await (await caches.match(url)).blob()).size > 1e6", spoilt)


SPOIL = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const { headers } = await cache.match(url);
      if (/\\.(js|bin|json)$/.test(url)) await cache.put(url, new Response("spoilt", { headers }));
    }
  }
}"""


def test_what_is_spoilt_of_the_simulators_comes_back(reader: Reader, host: Host) -> None:
    page = visit(reader)
    Panel(page, "nested").start()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    page.evaluate(SPOIL)
    page.reload()
    Panel(page, "nested").start()
    page.reload()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    host.cut_off = True
    page.reload()
    Panel(page, "nested").start().set(n_mice=5)


def test_a_page_that_is_lost_is_not_said_to_be_none(reader: Reader, host: Host) -> None:
    page = visit(reader)
    page.evaluate(
        "async (url) => { for (const name of await caches.keys())"
        " await (await caches.open(name)).delete(url); }",
        host.url + CHAPTER,
    )
    host.cut_off = True
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto(host.url + CHAPTER)
    page.close()

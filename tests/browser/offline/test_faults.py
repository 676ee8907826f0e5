"""What a page says, and does next, when network, storage or worker fail."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Panel, Reader
from tests.browser.offline.conftest import CHAPTER, Host, until, visit
from tests.browser.searching import search
from tests.browser.test_states import interface

pytestmark = pytest.mark.browser

FORGET = """async (part) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) if (url.includes(part)) await cache.delete(url);
  }
  const root = await navigator.storage.getDirectory(); // a snapshot of Python needs no numpy
  try {
    for await (const name of root.keys()) await root.removeEntry(name);
    return true;
  } catch {
    return false; // a worker that has just ended may still hold it
  }
}"""


def sentence(language: str, name: str) -> str:
    words = interface(language, "simulator")
    return str(words[name] + words["still_true"])


def said(panel: Panel, language: str, name: str) -> None:
    panel.wait("failed")
    expect(panel.part(".simulator-status")).to_have_text(sentence(language, name))


def again(panel: Panel) -> None:
    panel.part("[data-action='retry']").dispatch_event("click")
    panel.wait("ready")


def test_a_server_that_never_sends_vega_is_given_up(
    reader: Reader, host: Host, language: str
) -> None:
    page = reader.context.new_page()
    page.clock.install()
    page.goto(f"{host.url}{language}/mixed-models/index.html")
    panel = Panel(page, "nested")
    with host.stalling("/vega."):
        with page.expect_request("**/vega.*"):
            panel.part("select").focus()
        page.clock.fast_forward("01:01")
        said(panel, language, "failed_timeout")
    page.clock.resume()
    again(panel)


def test_a_worker_that_is_gone_without_a_word_is_replaced(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.page.workers[0].evaluate("() => self.close()")
    assert panel.set(n_mice=9)["values"]["n_mice"] == 9
    panel.wait("ready")


def test_the_worker_reaches_no_other_origin(reader: Reader, host: Host) -> None:
    """The page's policy binds it, whatever runs in it."""
    panel = reader.panel("en").start()
    other = host.url.replace("127.0.0.1", "localhost")
    told = panel.page.workers[0].evaluate(
        """async (other) => {
          delete self.fetch; // which gives Pyodide files that are there
          const tell = async (act) => {
            try {
              return await act();
            } catch (error) {
              return error.name;
            }
          };
          const socket = new Promise((tell) => {
            new WebSocket(other.replace("http", "ws")).onerror = () => tell("error");
          });
          const source = new Promise((tell) => {
            new EventSource(other).onerror = () => tell("error");
          });
          return [
            await tell(() => fetch(other, { mode: "no-cors" })),
            await tell(() => {
              const request = new XMLHttpRequest();
              request.open("POST", other, false);
              request.send("data");
            }),
            await tell(() => importScripts(other)),
            await tell(() => import(other)),
            await socket,
            await source,
          ];
        }""",
        other,
    )
    assert told == ["TypeError", "NetworkError", "NetworkError", "TypeError", "error", "error"]


def test_a_network_that_wants_a_sign_in_hides_no_text_that_is_stored(
    reader: Reader, host: Host
) -> None:
    page = visit(reader)
    host.portal = True
    expect(search(page, "shrinkage").first).to_be_visible()


def test_where_nothing_is_stored_the_search_says_that_it_has_no_text(
    reader: Reader, host: Host, language: str
) -> None:
    page = reader.open(f"{language}/mixed-models/index.html")
    host.portal = True
    search(page, "lmer")
    expect(page.locator(".search-said")).to_have_text(interface(language, "search")["failed"])
    host.portal = False
    page.keyboard.press("Escape")
    expect(search(page, "lmer").first).to_be_visible()

    assert set(reader.complaints) == {"Unexpected token '<'"}
    reader.complaints.clear()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_network_that_wants_a_sign_in_is_told_from_a_browser_that_cannot(
    reader: Reader, host: Host, language: str
) -> None:
    page = reader.open(f"{language}/mixed-models/index.html")
    host.portal = True
    panel = Panel(page, "nested")
    panel.part("select").focus()
    said(panel, language, "failed_corrupt")
    host.portal = False
    again(panel)


@pytest.mark.parametrize("part", ["numpy", "/vega."])
def test_a_file_that_was_evicted_is_told_from_a_browser_that_cannot(
    reader: Reader, host: Host, part: str
) -> None:
    page = visit(reader)
    Panel(page, "nested").start()
    expect(page.locator("offline-note [role='status']")).to_have_text(
        interface("en", "offline")["kept"]
    )
    page.goto(host.url + "en/glossary/index.html")  # so that no worker writes a snapshot
    until(page, FORGET, part)
    host.cut_off = True
    page.goto(host.url + "zh/mixed-models/plan/index.html?design-effect.icc=0.2")
    said(Panel(page, "design-effect"), "zh", "failed_network")
    host.cut_off = False
    again(Panel(page, "design-effect"))


def seen(page: Page, host: Host, path: str) -> str:
    page.goto(host.url + path)
    return page.locator("h1").inner_text()


def test_every_address_leads_somewhere_without_a_network(reader: Reader, host: Host) -> None:
    page = visit(reader)
    title = page.locator("h1").inner_text()
    host.cut_off = True
    assert seen(page, host, "en/mixed-models?nested.n_mice=4") == title
    assert page.url == f"{host.url}en/mixed-models/?nested.n_mice=4"
    assert seen(page, host, "en/mixed-models/") == title
    assert seen(page, host, "en/%zz") == "404"
    assert seen(page, host, "en/%E0%A4%A") == "404"
    assert seen(page, host, f"{CHAPTER}?x={'y' * 100_000}") == title
    assert seen(page, host, f"{CHAPTER}?nested.x=<script>") == title


@pytest.mark.parametrize(
    "query",
    [
        "nested.x=<script>alert(1)</script>&nested.n_mice=%3Cscript%3Ealert(1)%3C/script%3E",
        "nested.n_mice=%zz&nested.%E0%A4%A=1&%=%",
        "nested.constructor=1&nested.__proto__=2&nested.=3&.=4&nested.n_mice=NaN",
        "nested.n_mice=" + "9" * 400 + "x",
    ],
)
def test_an_address_that_makes_no_sense_is_ignored(reader: Reader, query: str) -> None:
    panel = Panel(reader.open(f"{CHAPTER}?{query}"), "nested")
    expect(panel.control("n_mice")).to_have_value("6")
    panel.start()
    assert panel.set(n_mice=9)["values"]["n_mice"] == 9


def test_an_address_too_long_for_the_server_shows_the_page_that_is_stored(
    reader: Reader, host: Host
) -> None:
    page = visit(reader)
    assert seen(page, host, f"{CHAPTER}?nested.n_mice=9&x={'y' * 100_000}") != ""
    Panel(page, "nested").wait("ready")
    expect(Panel(page, "nested").control("n_mice")).to_have_value("9")

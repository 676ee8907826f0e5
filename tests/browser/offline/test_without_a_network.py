"""The site after a visit, without a network."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Panel, Reader
from tests.browser.offline.conftest import CHAPTER, NOTE, Host, until, visit, words

pytestmark = pytest.mark.browser

KEPT = (
    "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
    " (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"
)
KEPT_RUNTIME = f"async () => (await ({KEPT})()).some((url) => url.includes('/runtime/'))"


def test_after_one_visit_every_page_is_there_without_a_network(reader: Reader, host: Host) -> None:
    page = visit(reader)
    host.cut_off = True
    for path in (CHAPTER, "zh/mixed-models/index.html", "en/", "zh/index.html"):
        page.goto(host.url + path)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("() => document.fonts.ready.then(() => document.fonts.size)") > 0
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    page.locator("a[hreflang='en']").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_address_that_does_not_exist_says_so_without_a_network(
    reader: Reader, host: Host
) -> None:
    page = visit(reader)
    host.cut_off = True
    answer = page.goto(host.url + "en/nothing/at-all/index.html")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("404")
    expect(page.locator("a[hreflang='en']")).to_have_attribute(
        "href", "/the-honest-n/en/index.html"
    )
    page.locator("a[hreflang='en']").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("a[hreflang='zh-Hant-TW']").first).to_be_visible()


def test_data_can_be_had_without_a_network(reader: Reader, host: Host) -> None:
    page = visit(reader, "en/mixed-models/analyse/index.html")
    host.cut_off = True
    with page.expect_download() as download:
        page.locator("a[href*='mice.']").first.click()
    assert download.value.path().read_text().startswith("mouse,")


def test_a_reader_who_used_a_simulator_has_it_without_a_network(reader: Reader, host: Host) -> None:
    page = visit(reader)
    Panel(page, "nested").start()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    host.cut_off = True
    page.goto(host.url + "zh/mixed-models/index.html")
    Panel(page, "nested").start().set(n_mice=5)


def test_a_reader_can_ask_for_the_simulators_and_is_told_their_size(
    reader: Reader, host: Host
) -> None:
    page = visit(reader, "en/glossary/index.html")
    button = page.locator("offline-note [data-action='keep']")
    expect(button).to_contain_text("MB")
    button.click()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    expect(button).to_be_hidden()
    host.cut_off = True
    page.goto(host.url + CHAPTER)
    Panel(page, "nested").start()


def test_keeping_that_breaks_off_goes_on_where_it_was(reader: Reader, host: Host) -> None:
    page = visit(reader, "en/glossary/index.html")
    button = page.locator("offline-note [data-action='keep']")
    host.broken = {"python_stdlib"}
    button.click()
    expect(page.locator(NOTE)).to_have_text(words("en")["network"])
    until(page, KEPT_RUNTIME)
    host.broken = {url.rpartition("/")[2] for url in page.evaluate(KEPT)}
    button.click()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])


def test_a_reader_who_only_reads_keeps_no_runtime(reader: Reader) -> None:
    page = visit(reader)
    kept = page.evaluate(KEPT)
    assert any(url.endswith(CHAPTER) for url in kept)
    assert not any(
        part in url for url in kept for part in ("/runtime/", "/vega.", "/disk.", ".zip")
    )


def test_a_browser_without_room_says_so_and_the_page_goes_on(reader: Reader, host: Host) -> None:
    page = visit(reader)
    devtools = reader.context.new_cdp_session(page)
    origin = host.url.removesuffix("the-honest-n/").rstrip("/")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 3_000_000})
    page.locator("offline-note [data-action='keep']").click()
    expect(page.locator(NOTE)).to_have_text(words("en")["quota"])
    Panel(page, "nested").start().set(n_mice=5)


def test_the_site_can_be_installed(reader: Reader, host: Host) -> None:
    page = visit(reader, "zh/glossary/index.html")
    devtools = reader.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["lang"] == "zh-Hant-TW"
    assert devtools.send("Page.getAppId")["appId"].startswith(host.url), "as no other site's"
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}

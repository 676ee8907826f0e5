"""The site without a network after a visit, and from one build to the next."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Handler, Panel, Quiet, Reader
from tests.browser.test_states import interface

pytestmark = pytest.mark.browser

CHAPTER = "en/mixed-models/index.html"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
SHELVES = "() => caches.keys()"
NOTE = "offline-note [role='status']"
NEWER = "A newer sentence, of the second build."


@dataclass
class Host:
    """A web server whose folder changes and which can be cut off; nothing it sends is kept."""

    folder: Path
    cut_off: bool = False
    broken: set[str] = field(default_factory=set)
    url: str = ""


class Cuttable(Handler):
    def __init__(self, *given: object, told: Host) -> None:
        self.told = told
        super().__init__(*given, directory=str(told.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.told.cut_off or any(part in self.path for part in self.told.broken):
            self.connection.close()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    told = Host(site)
    server: ThreadingHTTPServer = Quiet(("127.0.0.1", 0), partial(Cuttable, told=told))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}/the-honest-n/"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture(name="reader")
def reader_fixture(
    readers: Callable[..., AbstractContextManager[Reader]], host: Host
) -> Iterator[Reader]:
    with readers() as one:
        one.url = host.url
        yield one


@pytest.fixture(scope="module")
def second(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another build: its script has another name, its chapter another sentence."""
    root = tmp_path_factory.mktemp("second")
    copy = root / "the-honest-n"
    shutil.copytree(
        site / "the-honest-n", copy, ignore=shutil.ignore_patterns("*-offline.zip", "disk.*")
    )
    service = (copy / "sw.js").read_text(encoding="utf-8")
    head, _, script = service.partition(";\n")
    told = json.loads(head.partition("=")[2])
    old = next((copy / "assets").glob("site.*.js"))
    new = old.with_name("site.00000000.js")
    new.write_bytes(old.read_bytes() + b"\n")
    old.unlink()
    for page in copy.rglob("*.html"):
        html = page.read_text(encoding="utf-8").replace(old.name, new.name)
        page.write_text(html.replace("</main>", f"<p>{NEWER}</p></main>"), encoding="utf-8")
    told["text"][f"assets/{new.name}"] = told["text"].pop(f"assets/{old.name}")
    for path in told["text"]:
        told["text"][path] = sha256((copy / path).read_bytes()).hexdigest()
    told["id"] = "second"
    (copy / "sw.js").write_text(f"self.siteBuild={json.dumps(told)};\n{script}", encoding="utf-8")
    return root


def words(language: str) -> dict[str, str]:
    return interface(language, "offline")


def visit(reader: Reader, path: str = CHAPTER) -> Page:
    """A first visit, until the site says that it can be read offline."""
    page = reader.open(path)
    language = path.partition("/")[0]
    expect(page.locator(NOTE)).to_have_text(words(language)["available"])
    page.wait_for_function(CONTROLLED)
    return page


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
    answer = page.goto(host.url + "en/nothing/index.html")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("404")


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
    page = visit(reader, "en/index.html")
    button = page.locator("offline-note [data-action='keep']")
    expect(button).to_contain_text("MB")
    button.click()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    expect(button).to_be_hidden()
    host.cut_off = True
    page.goto(host.url + CHAPTER)
    Panel(page, "nested").start()


def test_a_reader_who_only_reads_keeps_no_runtime(reader: Reader) -> None:
    page = visit(reader)
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"
    )
    assert any(url.endswith(CHAPTER) for url in kept)
    assert not any(
        part in url for url in kept for part in ("/runtime/", "/vega.", "/disk.", ".zip")
    )


def test_a_newer_build_is_offered_and_shown_when_the_reader_wants_it(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader)
    page.evaluate("() => caches.open('of another site')")
    before = page.evaluate(SHELVES)
    host.folder = second
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.locator(NOTE)).to_have_text(words("en")["update"])
    Panel(page, "nested").start().set(n_mice=7)
    page.locator("offline-note [data-action='reload']").click()
    expect(page.get_by_text(NEWER)).to_be_visible()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"], timeout=60_000)
    host.cut_off = True
    page.reload()
    expect(page.get_by_text(NEWER)).to_be_visible()
    after = page.evaluate(SHELVES)
    assert len(after) == len(before)
    assert "of another site" in after
    assert not set(before) - {"of another site"} & set(after)


def test_an_update_that_breaks_off_leaves_the_old_build_whole(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader)
    host.folder, host.broken = second, {"zh/mixed-models"}
    page.evaluate(
        "async () => (await navigator.serviceWorker.ready).update().then(({ installing }) =>"
        " new Promise((done) => { if (!installing) done(); else installing.onstatechange ="
        " () => installing.state === 'redundant' && done(); }))"
    )
    host.cut_off = True
    for path in ("zh/mixed-models/index.html", CHAPTER):
        page.goto(host.url + path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_text(NEWER)).to_have_count(0)
        expect(page.locator("sim-widget").first).to_have_attribute("data-state", "static")
    host.cut_off, host.broken = False, set()
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.locator(NOTE)).to_have_text(words("en")["update"])


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
    page.wait_for_function(
        "async () => { const url = document.querySelector('link[rel=stylesheet]').href;"
        " const found = await caches.match(url);"
        " return found && (await found.text()).length > 99; }"
    )


def test_spoilt_machine_code_is_fetched_again(reader: Reader) -> None:
    page = visit(reader)
    Panel(page, "nested").start()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"], timeout=60_000)
    spoilt = page.evaluate(
        "async () => { for (const name of await caches.keys()) {"
        " const shelf = await caches.open(name);"
        " for (const { url } of await shelf.keys()) if (url.endsWith('.wasm')) {"
        " await shelf.put(url, new Response('spoilt',"
        " { headers: { 'content-type': 'application/wasm' } })); return url; } } }"
    )
    page.reload()
    Panel(page, "nested").start().set(n_mice=5)
    page.wait_for_function(
        "async (url) => (await (await caches.match(url)).blob()).size > 1e6", arg=spoilt
    )


def test_a_browser_without_room_says_so_and_the_page_goes_on(reader: Reader, host: Host) -> None:
    page = visit(reader)
    devtools = reader.context.new_cdp_session(page)
    origin = host.url.removesuffix("the-honest-n/").rstrip("/")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 3_000_000})
    page.locator("offline-note [data-action='keep']").click()
    expect(page.locator(NOTE)).to_have_text(words("en")["quota"])
    Panel(page, "nested").start().set(n_mice=5)


def test_the_site_can_be_installed(reader: Reader) -> None:
    page = visit(reader, "zh/index.html")
    devtools = reader.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["lang"] == "zh-Hant-TW"
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}

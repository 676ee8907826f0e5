"""The site from one build to the next."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Panel, Reader
from tests.browser.offline.conftest import CHAPTER, NOTE, Host, until, visit, words
from tests.browser.searching import search
from tests.browser.test_states import interface

pytestmark = pytest.mark.browser

CACHES = "() => caches.keys()"
NEWER = "A newer sentence, of the second build."


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
    names = {}
    for bundled in ("site", "worker"):
        old = next((copy / "assets").glob(f"{bundled}.*.js"))
        new = old.with_name(f"{bundled}.00000000.js")
        old.rename(new)
        names[old.name] = new.name
    for page in copy.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        for before, after in names.items():
            html = html.replace(before, after)
        page.write_text(html.replace("</main>", f"<p>{NEWER}</p></main>"), encoding="utf-8")
    for files in (told["text"], told["live"]):
        for before, after in names.items():
            if f"assets/{before}" in files:
                files[f"assets/{after}"] = files.pop(f"assets/{before}")
    text = copy / "assets" / "search.js"
    text.write_text(text.read_text(encoding="utf-8").replace('["","","', f'["","","{NEWER}'))
    for path in told["text"]:
        told["text"][path] = sha256((copy / path).read_bytes()).hexdigest()
    told["id"] = "second"
    (copy / "sw.js").write_text(f"self.siteBuild={json.dumps(told)};\n{script}", encoding="utf-8")
    return root


def show_newer(page: Page, host: Host, second: Path) -> None:
    """A newer build comes, is offered, and is asked for."""
    host.folder = second
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.locator(NOTE)).to_have_text(words("en")["update"])
    page.locator("offline-note [data-action='reload']").click()
    expect(page.get_by_text(NEWER)).to_be_visible()


def test_a_newer_build_is_offered_and_shown_when_the_reader_wants_it(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader)
    page.evaluate("() => caches.open('of another site')")
    before = page.evaluate(CACHES)
    panel = Panel(page, "nested").start()
    host.folder = second
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.locator(NOTE)).to_have_text(words("en")["update"])
    panel.set(n_mice=7)
    page.locator("offline-note [data-action='reload']").click()
    expect(page.get_by_text(NEWER)).to_be_visible()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"], timeout=60_000)
    host.cut_off = True
    page.reload()
    expect(page.get_by_text(NEWER)).to_be_visible()
    after = page.evaluate(CACHES)
    assert len(after) == len(before)
    assert "of another site" in after
    assert not set(before) - {"of another site"} & set(after)


def assert_outdated(panel: Panel, language: str) -> None:
    """The panel says that there is a newer version, and offers it."""
    panel.wait("failed")
    shared = interface(language, "simulator")
    said = shared["failed_newer"] + shared["still_true"]
    expect(panel.part(".simulator-status")).to_have_text(said)
    expect(panel.part("[data-action='retry']")).to_have_text(shared["reload"])


def test_a_page_of_an_earlier_build_says_so_and_loads_the_newer_one(
    reader: Reader, host: Host, second: Path, language: str
) -> None:
    page = visit(reader, CHAPTER.replace("en/", f"{language}/"))
    host.folder = second
    panel = Panel(page, "nested")
    panel.control("n_mice").press("ArrowRight")
    assert_outdated(panel, language)
    panel.part("[data-action='retry']").click()
    expect(page.get_by_text(NEWER)).to_be_visible()
    panel.wait("ready")
    expect(panel.control("n_mice")).to_have_value("7")


def test_a_simulator_that_runs_goes_on_after_a_newer_build_has_come(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader)
    panel = Panel(page, "nested").start()
    host.folder = second
    panel.set(n_mice=9)
    page.workers[0].evaluate("() => self.close()")
    panel.control("n_mice").press("ArrowRight")
    assert_outdated(panel, "en")


def test_a_page_of_an_earlier_build_goes_on_offline_with_what_it_stored(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader, "en/glossary/index.html")
    page.locator("offline-note [data-action='keep']").click()
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    page.goto(host.url + CHAPTER)
    expect(page.locator(NOTE)).to_have_text(words("en")["kept"])
    host.folder = second
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.locator(NOTE)).to_have_text(words("en")["update"])
    host.cut_off = True
    panel = Panel(page, "nested").start()
    panel.set(n_mice=9)
    page.workers[0].evaluate("() => self.close()")
    panel.set(n_mice=7)
    expect(page.get_by_text(NEWER)).to_have_count(0)


def test_a_newer_build_does_not_wait_for_what_the_old_one_fetches(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader)
    Panel(page, "nested").start()
    with host.stalling("/numpy-"):
        page.locator("offline-note [data-action='keep']").click()
        show_newer(page, host, second)


def test_a_newer_build_does_not_wait_for_long_for_what_a_page_fetches(
    reader: Reader, host: Host, second: Path
) -> None:
    page = visit(reader)
    with host.stalling("/numpy-"):
        Panel(page, "nested").part("input[type='range']").first.focus()
        show_newer(page, host, second)


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


def test_a_newer_page_searches_the_newer_text(reader: Reader, host: Host, second: Path) -> None:
    page = visit(reader)
    host.folder = second
    page.goto(host.url + "en/glossary/index.html")
    expect(page.get_by_text(NEWER)).to_be_visible()
    expect(search(page, NEWER)).not_to_have_count(0)


def test_a_second_page_of_the_old_build_goes_on_and_takes_it_along_when_it_goes(
    reader: Reader, host: Host, second: Path
) -> None:
    first, other = visit(reader), reader.chapter("zh")
    before = first.evaluate(CACHES)
    host.folder = second
    first.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(other.locator(NOTE)).to_have_text(words("zh")["update"])
    first.locator("offline-note [data-action='reload']").click()
    expect(first.get_by_text(NEWER)).to_be_visible()
    host.cut_off = True
    other.evaluate("() => fetch(document.querySelector('script[src*=\"/site.\"]').src)")
    host.cut_off = False
    assert set(before) < set(first.evaluate(CACHES))
    panel = Panel(other, "nested")
    panel.control("n_mice").press("ArrowRight")
    assert_outdated(panel, "zh")
    other.close()
    first.reload()
    until(first, "async (old) => !(await caches.keys()).some((name) => old.includes(name))", before)

"""The folder of the site, copied somewhere and opened without a server and without a network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from generator.assets.assets import archive_name
from generator.offline.export import LIMIT, export
from tests.browser.conftest import Panel, Reader
from tests.browser.searching import FOUND, search
from tests.browser.test_choose import tree, walk
from tests.browser.test_code import cell
from tests.browser.test_quiz import ANSWERS, OUTLINE, choose, question

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
ARCHIVE = archive_name("the-honest-n")


@pytest.fixture(scope="module", name="url")
def url_fixture(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy in a folder whose name has spaces and Chinese in it; nothing of it can be fetched."""
    copy = tmp_path_factory.mktemp("disk") / "我的 讀物 (n)"
    shutil.copytree(site / "the-honest-n", copy, ignore=shutil.ignore_patterns("runtime"))
    return f"{copy.as_uri()}/"


@pytest.fixture(name="reader")
def reader_fixture(readers: Callable[..., Any]) -> Iterator[Reader]:
    with readers(offline=True) as one:
        yield one


def test_a_simulator_lives_and_computes_what_is_computed_here(
    reader: Reader, language: str, computed: Callable[..., Any]
) -> None:
    panel = reader.panel(language).start()
    detail = panel.set(n_mice=4)
    expected = computed("nested", detail["values"])
    assert panel.shown()["ols.p"] == pytest.approx(expected["ols.p"], rel=1e-9)
    assert panel.shown()["mixed.p"] == pytest.approx(expected["mixed.p"], rel=1e-6)


def test_the_script_that_came_along_is_let_go_once_it_runs(reader: Reader) -> None:
    reader.context.add_init_script(
        """
        const { revokeObjectURL } = URL;
        globalThis.released = [];
        URL.revokeObjectURL = (url) => {
          released.push(url);
          revokeObjectURL.call(URL, url);
        };
        """
    )
    panel = reader.panel("en")
    with panel.page.expect_worker() as worker:
        panel.start()
    assert panel.page.evaluate("() => globalThis.released") == [worker.value.url]


def test_nothing_is_said_to_be_on_its_way(reader: Reader) -> None:
    panel = reader.panel("en")
    bar = panel.part(".simulator-loading")
    bar.evaluate(
        """(bar) => new MutationObserver(() => { if (!bar.hidden) bar.dataset.shown = ""; })
             .observe(bar, {attributeFilter: ["hidden"]})"""
    )
    panel.start()
    expect(bar).not_to_have_attribute("data-shown", "")


def test_a_simulator_repeats(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.part("[data-repeat='1000']").click()
    expect(panel.part(".repeats-progress")).to_be_hidden()
    assert panel.shown()["repeats.n"] == 1000


def test_the_root_leads_to_the_readers_language_and_its_home_to_the_chapter(
    readers: Callable[..., Any],
) -> None:
    with readers(offline=True, locale="zh-TW") as reader:
        page = reader.open("index.html")
        page.wait_for_url("**/zh/index.html")
        page.locator("main a[href*='mixed-models/index.html']").first.click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hant-TW")
        page.wait_for_url("**/zh/mixed-models/index.html*")


def test_the_other_language_has_the_same_settings_and_section(reader: Reader) -> None:
    panel = reader.panel("zh", address="#nested").start()
    panel.set(n_mice=4, m_cells=30)
    panel.page.locator("a[hreflang='en']").first.click()
    panel.page.wait_for_url("**/en/mixed-models/index.html?*")
    assert "nested.n_mice=4" in panel.page.url
    twin = Panel(panel.page, "nested").wait("ready")
    expect(twin.control("n_mice")).to_have_value("4")
    expect(twin.control("m_cells")).to_have_value("30")


def test_a_browser_that_refuses_new_addresses_still_passes_settings_on(
    readers: Callable[..., Any],
) -> None:
    with readers(offline=True) as reader:
        reader.context.add_init_script(
            "history.replaceState = () => { throw new DOMException('no', 'SecurityError'); }"
        )
        reader.context.add_init_script(
            "navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }"
        )
        panel = reader.panel("en")
        panel.start().set(n_mice=5)
        panel.part("[data-action='copy-link']").click()
        copied = panel.page.wait_for_function("() => globalThis.copied").json_value()
        assert copied.endswith("/en/mixed-models/index.html?nested.n_mice=5#nested")
        panel.page.locator("a[hreflang='zh-Hant-TW']").first.click()
        panel.page.wait_for_url("**/zh/mixed-models/index.html?*nested.n_mice=5*")


def test_a_browser_that_starts_no_worker_computes_in_the_page(
    readers: Callable[..., Any], language: str, computed: Callable[..., Any]
) -> None:
    with readers(offline=True) as reader:
        reader.context.add_init_script(
            "globalThis.Worker = class { constructor() { throw new Error('no') } }"
        )
        panel = reader.panel(language).start()
        detail = panel.set(n_mice=4)
        expected = computed("nested", detail["values"])
        assert panel.shown()["mixed.p"] == pytest.approx(expected["mixed.p"], rel=1e-6)
        panel.part("[data-repeat='1000']").click()
        panel.set(n_mice=6)
        expect(panel.whole).to_have_attribute("data-state", "ready")


def test_the_tree_is_walked(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    walk(page, "2-2-1")
    expect(tree(page).locator(".tree-question:visible")).to_have_count(4)
    page.wait_for_function("() => location.search === '?choose.path=2-2-1'")


def test_questions_are_answered_and_their_answers_kept(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    name = OUTLINE[0]
    choose(page, name, ANSWERS[name])
    expect(question(page, name).locator(".quiz-said:visible")).to_have_count(1)
    page.locator("a[hreflang]").first.click()
    expect(question(page, name).locator("input:checked")).to_have_value(ANSWERS[name])


def test_the_cell_runs_and_is_reset(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    kept = cell(page).locator("samp").text_content()
    cell(page).get_by_role("textbox").fill("print(6 * 7)")
    cell(page).locator("[data-action='run']").click()
    expect(cell(page).locator("samp")).to_have_text("42")
    cell(page).locator("[data-action='reset']").click()
    assert cell(page).locator("samp").text_content() == kept


def test_nothing_is_asked_of_any_network(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.set(n_mice=7)
    schemes = {url.partition(":")[0] for url in reader.requests}
    assert schemes <= {"file", "blob", "data"}


def test_the_archive_unpacked_is_a_site_that_lives(
    site: Path, reader: Reader, tmp_path: Path
) -> None:
    folder = tmp_path / "下載 的東西"
    with ZipFile(site / "the-honest-n" / ARCHIVE) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    reader.url = f"{(folder / 'the-honest-n').as_uri()}/"
    panel = reader.panel("zh").start()
    panel.set(n_mice=4)
    expect(panel.page.locator(".offline-archive")).to_be_hidden()


@pytest.fixture(scope="module")
def alone(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with nothing but the chapter as one file in each language."""
    folder = tmp_path_factory.mktemp("alone") / "一 個 檔案"
    for path in export(site / "the-honest-n", folder, ARCHIVE):
        assert path.stat().st_size < LIMIT
    (folder / ARCHIVE).unlink()
    return f"{folder.as_uri()}/"


def test_the_chapter_as_one_file_lives(
    reader: Reader, language: str, alone: str, computed: Callable[..., Any]
) -> None:
    page = reader.context.new_page()
    page.goto(f"{alone}mixed-models.{language}.html")
    panel = Panel(page, "nested").start()
    detail = panel.set(n_mice=4)
    assert panel.shown()["mixed.p"] == pytest.approx(
        computed("nested", detail["values"])["mixed.p"], rel=1e-6
    )
    assert page.evaluate("() => document.fonts.ready.then(() => document.fonts.size)") > 0
    other = {"en": "zh", "zh": "en"}[language]
    page.locator("a[hreflang]").first.click()
    page.wait_for_url(f"**/mixed-models.{other}.html?nested.n_mice=4*")


def test_one_file_is_searched_as_the_site_is(reader: Reader, language: str, alone: str) -> None:
    page = reader.context.new_page()
    page.goto(f"{alone}mixed-models.{language}.html?nested.n_mice=4")
    for query, section in FOUND.items():
        search(page, query)
        expect(page.locator(f".search-dialog a[href$='#{section}']")).not_to_have_count(0)
    search(page, "Kenward")
    expect(page.locator(".search-other a[href^='mixed-models.']")).not_to_have_count(0)
    here = page.locator(".search-own a[href^='?nested.n_mice=4#']").first
    section = (here.get_attribute("href") or "").partition("#")[2]
    here.click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(f"#{section}")).to_be_in_viewport()
    expect(Panel(page, "nested").control("n_mice")).to_have_value("4")


def test_one_file_breaks_no_policy_and_asks_for_nothing(reader: Reader, alone: str) -> None:
    page = reader.context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{alone}mixed-models.en.html")
    Panel(page, "nested").start()
    assert said == []
    others = {url.partition(":")[0] for url in asked if not url.endswith(".html")}
    assert others <= {"blob", "data"}


def test_the_archive_is_offered_with_about_its_size(
    site: Path, readers: Callable[..., Any], served: str
) -> None:
    with readers() as reader:
        reader.url = served
        link = reader.chapter("en").locator(".offline-archive")
        expect(link).to_be_visible()
        told = re.search(r"(\d+) MB", link.inner_text())
        assert told is not None
        size = (site / "the-honest-n" / ARCHIVE).stat().st_size
        assert float(told[1]) == pytest.approx(size / 1e6, abs=1.5)
        assert size < LIMIT


def test_a_reader_over_http_is_not_sent_what_is_for_disk(
    readers: Callable[..., Any], served: str
) -> None:
    with readers() as reader:
        reader.url = served
        reader.panel("en").start()
        assert not any("/assets/disk." in url for url in reader.requests)

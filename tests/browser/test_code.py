"""The chapter's scripts, in tabs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Panel, computed
from tests.chapters.mixed_models.scripts import CELLS, numbers, words

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

CODE = Path(__file__).parents[2] / "chapters" / "mixed_models" / "scripts"
RUN, STOP = "[data-action='run']", "[data-action='stop']"
MOVING = "(one) => one.getAnimations({subtree: true}).flatMap((it) => it.animationName ?? [])"


def tabs(page: Page) -> Locator:
    return page.locator("code-tabs")


def script(page: Page, name: str) -> Locator:
    return page.locator(".script").filter(has=page.locator("figcaption", has_text=name))


def test_the_first_language_is_seen_until_another_is_chosen(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    count = tabs(page).count()
    panels = tabs(page).locator(".script:visible")
    expect(panels).to_have_count(count)
    assert {panel.get_attribute("data-language") for panel in panels.all()} == {"R"}
    tabs(page).nth(1).get_by_role("tab", name="Python").click()
    expect(panels).to_have_count(count)
    assert {panel.get_attribute("data-language") for panel in panels.all()} == {"Python"}
    page.reload()
    expect(tabs(page).first.get_by_role("tab", name="Python")).to_have_attribute(
        "aria-selected", "true"
    )


def test_tabs_are_changed_by_arrow_keys(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    first = tabs(page).first
    first.get_by_role("tab", name="R", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("tab", name="Python")).to_be_focused()
    expect(first.get_by_role("tabpanel", name="Python")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("tab", name="R", exact=True)).to_be_focused()


def test_the_tab_that_was_pressed_stays_where_it_was(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    tab = tabs(page).last.get_by_role("tab", name="Python")
    tab.scroll_into_view_if_needed()
    before = tab.bounding_box()
    tab.click()
    after = tab.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=2)


def test_a_script_is_copied_as_it_stands_in_its_file(readers: Callable[..., Any]) -> None:
    with readers(permissions=["clipboard-read", "clipboard-write"]) as reader:
        page = reader.chapter("en", part="analyse")
        button = script(page, "random_intercept.R").get_by_role("button")
        button.click()
        expect(button).to_have_text("Copied")
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert copied == (CODE / "random_intercept.R").read_text()


def test_a_page_shows_what_the_scripts_printed(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    for name in ("random_intercept.R", "random_intercept.py", "icc.R"):
        shown = script(page, name).locator(".script-output").text_content()
        assert shown == (CODE / f"{name}.txt").read_text()


def test_without_javascript_and_on_paper_both_languages_are_seen(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.chapter(language, part="analyse")
        all_scripts = tabs(page).locator(".script")
        expect(tabs(page).locator(".script:visible")).to_have_count(all_scripts.count())
    with readers() as reader:
        page = reader.chapter(language, part="analyse")
        page.emulate_media(media="print")
        all_scripts = tabs(page).locator(".script")
        expect(tabs(page).locator(".script:visible")).to_have_count(all_scripts.count())


def cell(page: Page) -> Locator:
    return page.locator("code-cell").first


def shown(page: Page) -> Locator:
    return cell(page).locator("samp")


def test_a_cell_runs_on_this_sites_engine_and_is_reset(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="analyse")
    kept = (CODE / "random_intercept.cell.txt").read_text()
    assert shown(page).text_content() == kept
    code = cell(page).get_by_role("textbox")
    code.fill("from lmm import lmer\nprint(lmer('expr ~ 1 + (1 | mouse)', data).nobs)")
    cell(page).locator("[data-action='run']").click()
    expect(cell(page)).to_have_attribute("data-state", "ready", timeout=60_000)
    assert shown(page).text_content() == "60\n"
    cell(page).locator("[data-action='reset']").click()
    assert shown(page).text_content() == kept
    assert code.input_value() == (CODE / "random_intercept.cell").read_text()


def test_every_cell_prints_in_the_browser_what_it_printed_here(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    cells = page.locator("code-cell")
    expect(cells).to_have_count(len(CELLS))
    for one, name in zip(cells.all(), CELLS, strict=True):
        one.locator("samp").evaluate("output => output.textContent = ''")
        one.get_by_role("textbox").press("Control+Enter")
        expect(one).to_have_attribute("data-state", "ready", timeout=60_000)
        now, kept = one.locator("samp").text_content() or "", (CODE / f"{name}.txt").read_text()
        assert words(now) == words(kept)
        assert numbers(now) == pytest.approx(numbers(kept), rel=2e-3, abs=2e-3)


def test_an_endless_script_disturbs_no_simulator_and_is_stopped(
    reader: Reader, language: str
) -> None:
    panel = reader.panel(language, part="whole").start()
    page = panel.page
    code, run, stop = (cell(page).locator(part) for part in ("textarea", RUN, STOP))
    code.fill("while True:\n    pass")
    run.focus()
    page.keyboard.press("Enter")
    expect(cell(page)).to_have_attribute("data-state", "running")
    answer = panel.set(n_mice=9)
    assert answer["readouts"] == pytest.approx(computed("nested", answer["values"]), rel=1e-9)
    stop.focus()
    page.keyboard.press("Enter")
    expect(run).to_be_focused()
    expect(stop).to_be_hidden()
    code.fill("print(1 + 1)")
    run.click()
    expect(cell(page)).to_have_attribute("data-state", "ready")
    assert shown(page).text_content() == "2\n"


def test_what_a_script_does_to_numpy_reaches_no_simulator(reader: Reader) -> None:
    panel = reader.panel("en", part="whole").start()
    cell(panel.page).locator("textarea").fill(
        "import numpy as np\n"
        "plain = np.sqrt\n"
        "np.sqrt = lambda x, *more, **named: plain(x, *more, **named) * 1.0001\n"
        "print(np.sqrt(4))"
    )
    cell(panel.page).locator(RUN).click()
    expect(cell(panel.page)).to_have_attribute("data-state", "ready")
    assert shown(panel.page).text_content() == "2.0002\n"
    answer = panel.set(n_mice=9)
    assert answer["readouts"] == pytest.approx(computed("nested", answer["values"]), rel=1e-9)
    assert len(panel.page.workers) == 2


def test_a_script_is_stopped_before_python_has_started(reader: Reader, language: str) -> None:
    page = reader.chapter(language, part="whole")
    kept = shown(page).text_content()
    cell(page).locator(RUN).click()
    cell(page).locator(STOP).click()
    expect(cell(page)).to_have_attribute("data-state", "stopped")
    panel = Panel(page, "nested").start()
    panel.set(n_mice=9)
    assert shown(page).text_content() == kept


def test_after_a_script_that_brings_python_down_all_go_on(reader: Reader, language: str) -> None:
    panel = reader.panel(language, part="whole").start()
    code = cell(panel.page).locator("textarea")
    code.fill("import os\nos._exit(1)")
    cell(panel.page).locator(RUN).click()
    expect(cell(panel.page)).to_have_attribute("data-state", "died")
    panel.set(n_mice=9)
    panel.wait("ready")


def test_a_python_that_cannot_be_fetched_again_is_fetched_at_the_next_run(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    code, run = cell(page).locator("textarea"), cell(page).locator(RUN)
    code.fill("while True:\n    pass")
    run.click()
    expect(cell(page)).to_have_attribute("data-state", "running")
    reader.context.route("**/runtime/**", lambda route: route.abort())
    cell(page).locator(STOP).click()
    code.fill("print(1 + 1)")
    run.click()
    expect(cell(page)).to_have_attribute("data-state", "failed")
    reader.context.unroute("**/runtime/**")
    run.click()
    expect(cell(page)).to_have_attribute("data-state", "ready")
    assert shown(page).text_content() == "2\n"


def test_a_cell_tells_the_line_of_a_mistake(reader: Reader) -> None:
    page = reader.chapter("en", part="analyse")
    cell(page).get_by_role("textbox").fill("print('before')\nlmer(")
    cell(page).locator("[data-action='run']").click()
    expect(cell(page)).to_have_attribute("data-state", "ready", timeout=60_000)
    expect(cell(page).locator(".cell-problem")).to_have_text(
        "line 2: SyntaxError: '(' was never closed"
    )


def test_a_mistake_is_read_without_scrolling(readers: Callable[..., Any]) -> None:
    with readers(viewport={"width": 320, "height": 640}) as reader:
        page = reader.chapter("en", part="analyse")
        cell(page).get_by_role("textbox").fill(
            "from lmm import lmer\nlmer('expr ~ dose + (1 | mouse)', data)"
        )
        cell(page).locator(RUN).click()
        expect(cell(page).locator(".cell-problem")).to_contain_text("no column 'dose'")
        wide, seen = (
            shown(page)
            .locator("xpath=..")
            .evaluate("(output) => [output.scrollWidth, output.clientWidth]")
        )
        assert wide == seen


def test_without_javascript_a_cell_shows_what_it_printed(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(java_script_enabled=False) as reader:
        page = reader.chapter(language, part="analyse")
        expect(shown(page)).to_be_visible()
        expect(cell(page).locator("button:visible")).to_have_count(0)
        expect(cell(page).get_by_role("textbox")).to_have_attribute("readonly", "")

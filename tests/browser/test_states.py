"""What a reader has who has no scripts, no runtime, or no more patience."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Route, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Panel, Reader

pytestmark = pytest.mark.browser

CONTENT = Path(__file__).parents[2] / "content"
LACKS = {
    "failed_worker": "globalThis.Worker = function () { throw new Error('no') }",
    "failed_apple": """
        Object.defineProperty(navigator, "platform", { get: () => "iPhone" });
        delete globalThis.WebAssembly;
    """,
    "failed_memory": """
        const failed = { reason: "memory", message: "RangeError" };
        globalThis.Worker = class extends EventTarget {
          postMessage() { this.dispatchEvent(new MessageEvent("message", { data: { failed } })) }
          terminate() {}
        };
    """,
    "failed_webassembly": "delete globalThis.WebAssembly",
}
"""What a browser may lack, by the words that say so."""

SPOIL_NEXT_QUESTION = """() => {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    Worker.prototype.postMessage = post;
    this.postMessage({ ...message, request: message.request.replace("nested", "nobody") });
  };
}"""
TAGS = {"zh": "zh-Hant-TW", "en": "en"}


def interface(language: str, section: str) -> dict[str, Any]:
    text = (CONTENT / language / "interface.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[section]
    return found


def words(language: str) -> dict[str, Any]:
    return interface(language, "simulator")


def workers(panel: Panel) -> list[str]:
    """Every worker that the page starts from now on."""
    started: list[str] = []
    panel.page.on("worker", lambda worker: started.append(worker.url))
    return started


@pytest.mark.parametrize("name", ["nested", "design-effect"])
def test_without_scripts_figure_numbers_and_sentence_are_there(
    name: str, readers: Callable[..., Any], language: str
) -> None:
    with readers(java_script_enabled=False) as reader:
        panel = reader.panel(language, name)
        for chart in panel.part(".simulator-bench .chart").all():
            expect(chart.locator("svg:visible")).to_have_count(1)
            assert chart.get_attribute("aria-label")
        for output in panel.part(".simulator-numbers [data-readout]").all():
            expect(output).to_be_visible()
            assert output.inner_text()
        assert len(panel.verdict()) > 20
        expect(panel.part(".simulator-no-script")).to_have_text(words(language)["no_script"])
        for button in panel.part("button").all():
            expect(button).to_be_hidden()


def test_without_scripts_the_figure_does_not_follow_her(readers: Callable[..., Any]) -> None:
    with readers(java_script_enabled=False, viewport={"width": 390, "height": 844}) as reader:
        figure = reader.panel("en").part(".simulator-bench > .simulator-figure")
        expect(figure).to_have_css("position", "static")


def test_a_page_that_nobody_touches_shows_what_was_printed(reader: Reader, language: str) -> None:
    panel = reader.panel(language)
    expect(panel.whole).to_have_attribute("data-state", "static")
    expect(panel.part("fieldset")).to_be_enabled()
    expect(panel.part(".simulator-status")).to_be_empty()


def test_a_retry_joins_nothing_that_was_begun_before_and_fails_too(
    readers: Callable[..., Any],
) -> None:
    with readers(service_workers="block") as reader:
        drawing: list[Route] = []

        def hold_the_first(route: Route) -> None:
            if drawing:
                route.continue_()
            else:
                drawing.append(route)

        reader.context.route("**/vega.*", hold_the_first)
        reader.context.route("**/worker.*", lambda route: route.abort(), times=1)
        panel = reader.panel("en")
        panel.control("n_mice").focus()
        panel.wait("failed")
        panel.part("[data-action='retry']").click()
        drawing[0].abort()
        panel.wait("ready")


def test_a_runtime_that_fails_leaves_the_printed_result_and_a_sentence(
    reader: Reader, language: str
) -> None:
    reader.context.route("**/runtime/**", lambda route: route.abort())
    panel = reader.panel(language)
    printed, sentence = panel.shown(), panel.verdict()
    panel.control("n_mice").press("ArrowRight")
    panel.wait("failed")
    said = words(language)["failed_network"] + words(language)["still_true"]
    expect(panel.part(".simulator-status")).to_have_text(said)
    assert panel.shown() == printed
    assert panel.verdict() == sentence
    expect(panel.control("n_mice")).to_have_value("6")
    expect(panel.control("n_mice")).to_be_disabled()
    expect(panel.whole).not_to_have_attribute("data-stale", "")
    expect(panel.part(".repeats")).not_to_have_attribute("data-stale", "")
    expect(panel.part(".repeats-state")).to_be_empty()


@pytest.mark.parametrize("key", LACKS)
def test_a_browser_that_cannot_says_why_and_the_page_goes_on(
    readers: Callable[..., Any], language: str, key: str
) -> None:
    with readers() as reader:
        reader.context.add_init_script(LACKS[key])
        panel = reader.panel(language)
        printed = panel.shown()
        panel.part("select").focus()
        panel.wait("failed")
        said = words(language)[key] + words(language)["still_true"]
        expect(panel.part(".simulator-status")).to_have_text(said)
        assert panel.shown() == printed
        panel.page.locator("a[hreflang]").first.click()
        expect(panel.page.locator("html")).not_to_have_attribute("lang", TAGS[language])


def test_an_interval_that_there_is_not_is_one_dash(reader: Reader, language: str) -> None:
    panel = reader.panel(language).start()
    panel.set(n_mice=2)
    interval = panel.part("[data-row='means'] [data-column='interval']")
    assert interval.inner_text().strip() == "—"
    panel.set(n_mice=6)
    assert words(language)["to"] in interval.inner_text()


def test_a_note_that_goes_moves_nothing_that_stands_below(reader: Reader) -> None:
    """Sentences come and go with every movement of a slider, under the reader's eyes."""
    panel = reader.panel("en").start()
    panel.page.set_viewport_size({"width": 390, "height": 844})

    def height() -> int:
        tall: int = panel.part(".simulator-said").evaluate("(part) => part.offsetHeight")
        return tall

    panel.set(sd_between=2)
    quiet = height()
    panel.set(sd_between=0)
    expect(panel.part(".simulator-notes li")).not_to_have_count(0)
    said = height()
    assert said > quiet
    panel.set(sd_between=2)
    expect(panel.part(".simulator-notes li")).to_have_count(0)
    assert height() == said
    panel.page.set_viewport_size({"width": 780, "height": 844})
    panel.set(sd_between=2.1)
    assert height() < said


def test_after_a_failure_one_can_try_again(reader: Reader) -> None:
    reader.context.route("**/assets/vega.*", lambda route: route.abort())
    panel = reader.panel("en")
    started = workers(panel)
    panel.part("select").focus()
    panel.wait("failed")
    reader.context.unroute("**/assets/vega.*")
    panel.part("[data-action='retry']").click()
    panel.wait("ready")
    expect(panel.part("[data-action='retry']")).to_be_hidden()
    panel.set(n_mice=5)
    assert len(started) == 1


def test_the_keyboard_finds_the_way_out_of_a_failure_and_back(reader: Reader) -> None:
    reader.context.route("**/assets/vega.*", lambda route: route.abort())
    panel = reader.panel("en")
    panel.control("n_mice").press("ArrowRight")
    panel.wait("failed")
    expect(panel.part("[data-action='retry']")).to_be_focused()
    reader.context.unroute("**/assets/vega.*")
    panel.page.keyboard.press("Enter")
    expect(panel.part("fieldset :is(input, select)").first).to_be_focused()
    panel.wait("ready")


def test_who_stops_a_run_by_keyboard_can_start_the_next(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.part("[data-repeat='10000']").click()
    panel.part("[data-action='stop']").press("Enter")
    expect(panel.part("[data-action='stop']")).to_be_hidden()
    expect(panel.part("[data-repeat]").first).to_be_focused()


def test_a_question_that_fails_costs_no_second_python(reader: Reader) -> None:
    panel = reader.panel("en")
    started = workers(panel)
    panel.start().set(n_mice=3)
    panel.page.evaluate(SPOIL_NEXT_QUESTION)
    panel.control("n_mice").fill("6")
    panel.wait("failed")
    expect(panel.control("n_mice")).to_have_value("3")
    panel.page.wait_for_function("() => location.search === ''")
    panel.part("[data-action='retry']").click()
    panel.wait("ready")
    expect(panel.control("n_mice")).to_have_value("6")
    assert panel.shown()["n_cells"] == 120
    assert len(started) == 1


def test_a_long_run_can_be_stopped_and_keeps_what_it_has(reader: Reader, language: str) -> None:
    panel = reader.panel(language).start()
    panel.set(n_mice=20)
    panel.part("[data-repeat='10000']").click()
    counted = panel.part("[data-readout='repeats.n']")
    expect(panel.part(".repeats-count")).to_contain_text("10,000")
    expect(counted).not_to_have_text("1,000")
    panel.part("[data-action='stop']").click()
    expect(panel.part(".repeats-progress")).to_be_hidden()
    kept = panel.shown()["repeats.n"]
    assert kept is not None
    assert 0 < kept < 10_000
    expect(panel.part(".repeats-state")).to_have_text(
        words(language)["stopped"].replace("{done}", f"{kept:,.0f}")
    )
    panel.set(n_mice=8)
    expect(panel.part(".repeats-state")).to_have_text(words(language)["stale"])
    assert panel.shown()["repeats.n"] == kept


def test_a_second_run_takes_over_from_the_first(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.part("[data-repeat='10000']").click()
    expect(panel.part(".repeats-count")).to_contain_text("of 10,000")
    panel.part("[data-repeat='1000']").click()
    expect(panel.part("[data-action='stop']")).to_be_visible()
    expect(panel.part(".repeats-progress")).to_be_hidden()
    counted = panel.shown()["repeats.n"]
    assert counted is not None
    assert 1000 <= counted < 10_000
    expect(panel.part(".repeats-state")).to_be_empty()


def test_moving_a_control_stops_a_run(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.part("[data-repeat='10000']").click()
    expect(panel.part(".repeats-progress")).to_be_visible()
    panel.set(n_mice=9)
    expect(panel.part(".repeats-progress")).to_be_hidden()
    expect(panel.part(".repeats")).to_have_attribute("data-stale", "")


def test_repeats_are_marked_as_old_only_while_the_controls_say_otherwise(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.set(n_mice=9)
    expect(panel.part(".repeats")).to_have_attribute("data-stale", "")
    panel.set(n_mice=6)
    expect(panel.part(".repeats")).not_to_have_attribute("data-stale", "")
    expect(panel.part(".repeats-state")).to_be_empty()


def test_nothing_is_asked_of_any_other_host(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.set(n_mice=7)
    panel.part("[data-repeat='1000']").click()
    expect(panel.part(".repeats-progress")).to_be_hidden()
    assert [
        url for url in reader.requests if not url.startswith((reader.url, "blob:", "data:"))
    ] == []


def test_a_reader_who_only_reads_does_not_fetch_python(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    page.wait_for_load_state("networkidle")
    assert not any("/runtime/" in url for url in reader.requests)

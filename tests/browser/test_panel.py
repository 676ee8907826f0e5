"""A reader at a simulator: hands on the sliders, fingers on the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Route, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Numbers, Panel, Reader

pytestmark = pytest.mark.browser

THUMB = 22
NOTICED = 500
"""Milliseconds after which whoever waits wants to see how long."""

SHOWS = """({ name, expected }) => Object.entries(expected).every(([readout, value]) => {
  const output = document.querySelector(`#sim-${name} [data-readout="${readout}"]`);
  const { value: shown } = output.dataset;
  if (value === null || shown === "") return value === null && shown === "";
  return Math.abs(shown - value) <= 1e-9 * Math.abs(value) + 1e-12;
})"""

MOVED_BY_BAR = """(panel) => {
  const bar = panel.querySelector(".simulator-loading");
  const bench = panel.querySelector(".simulator-bench");
  const shown = bench.getBoundingClientRect().top;
  bar.hidden = true;
  const hidden = bench.getBoundingClientRect().top;
  bar.hidden = false;
  return shown - hidden;
}"""


def drag(panel: Panel, name: str, share: float) -> None:
    """Drag a slider's thumb from where it is to a share of the way."""
    slider = panel.control(name)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    here = slider.evaluate("(input) => (input.value - input.min) / (input.max - input.min)")
    middle = box["y"] + box["height"] / 2

    def at(part: float) -> float:
        return box["x"] + THUMB / 2 + part * (box["width"] - THUMB)

    panel.page.mouse.move(at(here), middle)
    panel.page.mouse.down()
    panel.page.mouse.move(at(share), middle, steps=12)
    panel.page.mouse.up()


class Held:
    """Requests that wait until the test lets them go on; all later ones then go on at once."""

    def __init__(self, reader: Reader, pattern: str) -> None:
        self.waiting: list[Route] = []
        self.open = False
        reader.context.route(pattern, self.hold)

    def hold(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        self.open = True
        for route in self.waiting:
            route.continue_()


def values(panel: Panel) -> dict[str, Any]:
    found: dict[str, Any] = panel.whole.evaluate(
        """(panel) => Object.fromEntries([...panel.querySelectorAll("fieldset [name]")].map(
             (control) => [control.name,
               control.localName === "select" ? control.value : Number(control.value)]))"""
    )
    return found


def settled(panel: Panel, computed: Callable[..., Numbers]) -> None:
    """Wait until what is shown is what the controls say, computed here."""
    expected = computed(panel.name, values(panel))
    panel.page.wait_for_function(SHOWS, arg={"name": panel.name, "expected": expected})
    panel.wait("ready")


def test_a_movement_alone_begins_no_animation(reader: Reader) -> None:
    panel = reader.panel("en").start()
    state, animated = panel.control("sd_between").evaluate(
        """(slider) => {
             const panel = slider.closest("sim-widget");
             slider.stepUp();
             slider.dispatchEvent(new Event("input", { bubbles: true }));
             const all = panel.getAnimations({ subtree: true });
             return [panel.dataset.state, all.filter((one) => one instanceof CSSAnimation).length];
           }"""
    )
    assert (state, animated) == ("busy", 0)


def test_dragging_a_slider_moves_value_numbers_and_sentence(
    reader: Reader, language: str, computed: Callable[..., Numbers]
) -> None:
    panel = reader.panel(language).start()
    before = panel.verdict()
    drag(panel, "sd_between", 0.05)
    assert float(panel.control("sd_between").input_value()) < 0.5
    expect(panel.part("[data-value-of='nested-sd_between']")).to_have_text(
        panel.control("sd_between").input_value()
    )
    settled(panel, computed)
    assert panel.verdict() != before


def test_the_figure_redraws_with_the_numbers(reader: Reader) -> None:
    panel = reader.panel("en").start()
    chart = panel.part("[data-chart='superplot']")
    before = chart.get_attribute("aria-label")
    panel.set(n_mice=4)
    expect(chart.locator(".chart-live .mark-rule.role-mark line")).to_have_count(4)
    assert chart.get_attribute("aria-label") != before


def test_moves_made_while_python_starts_are_answered(
    reader: Reader, computed: Callable[..., Numbers]
) -> None:
    panel = reader.panel("en")
    drag(panel, "n_mice", 0.5)
    expect(panel.part("[data-value-of='nested-n_mice']")).not_to_have_text("6")
    panel.wait("ready")
    settled(panel, computed)


def test_while_python_starts_what_is_shown_is_marked_as_old(reader: Reader) -> None:
    runtime = Held(reader, "**/runtime/**")
    panel = reader.panel("en")
    panel.control("n_mice").press("ArrowRight")
    panel.wait("loading")
    expect(panel.whole).to_have_attribute("data-stale", "")
    runtime.let_go()
    panel.wait("ready")
    expect(panel.whole).not_to_have_attribute("data-stale", "")


def test_a_bar_shows_how_much_of_python_has_come(reader: Reader, language: str) -> None:
    packages = Held(reader, "**/numpy-*.whl.bin")
    machine = Held(reader, "**/pyodide.asm.wasm")
    panel = reader.panel(language)
    bar = panel.part(".simulator-loading")
    panel.control("n_mice").focus()
    panel.wait("loading")
    panel.page.wait_for_timeout(NOTICED)
    packages.let_go()
    expect(bar).to_be_visible()
    panel.page.wait_for_function("(bar) => bar.value > 0.4", arg=bar.element_handle())
    assert bar.evaluate("(bar) => bar.value") < 0.6
    assert bar.get_attribute("aria-label") == panel.part(".simulator-status").inner_text()
    assert panel.whole.evaluate(MOVED_BY_BAR) == 0
    machine.let_go()
    panel.wait("ready")
    expect(bar).to_be_hidden()


def test_the_keyboard_alone_is_enough(
    reader: Reader, language: str, computed: Callable[..., Numbers]
) -> None:
    panel = reader.panel(language)
    page = panel.page
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement?.name") == "n_mice":
            break
    slider = panel.control("n_mice")
    expect(slider).to_be_focused()
    for key, value in {"End": "40", "Home": "2", "ArrowRight": "3", "ArrowUp": "4"}.items():
        page.keyboard.press(key)
        expect(slider).to_have_value(value)
    page.keyboard.press("PageUp")
    assert float(slider.input_value()) > 4
    panel.wait("ready")
    settled(panel, computed)
    seed = panel.control("seed").input_value()
    panel.part("[data-action='new-sample']").focus()
    page.keyboard.press("Enter")
    expect(panel.control("seed")).not_to_have_value(seed)
    settled(panel, computed)


def test_focus_is_seen(reader: Reader) -> None:
    panel = reader.panel("en")
    panel.page.keyboard.press("Tab")
    for part in ("select", "input[name='seed']", "[data-action='reset']", "summary"):
        panel.part(part).first.focus()
        panel.page.keyboard.press("Shift+Tab")
        panel.page.keyboard.press("Tab")
        assert ring(panel.part(part).first) >= 2


def ring(element: Locator) -> float:
    """Width of the outline around an element in pixels."""
    width = element.evaluate(
        """(one) => { const style = getComputedStyle(one);
             return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth); }"""
    )
    return float(width)


def test_a_typed_seed_draws_that_sample(reader: Reader, computed: Callable[..., Numbers]) -> None:
    panel = reader.panel("en").start()
    panel.control("seed").fill("7")
    settled(panel, computed)
    assert values(panel)["seed"] == 7


def test_a_seed_that_is_none_goes_back_to_the_last_one(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.control("seed").fill("7")
    panel.control("seed").fill("")
    panel.control("seed").blur()
    expect(panel.control("seed")).to_have_value("7")


@pytest.mark.parametrize("name", ["nested", "design-effect"])
def test_things_to_try_set_the_controls_they_name(
    name: str, reader: Reader, language: str, computed: Callable[..., Numbers]
) -> None:
    from widgets import simulators  # noqa: PLC0415

    widget = simulators.load(name)
    panel = reader.panel(language, name).start()
    for attempt in widget.tries:
        panel.part(f"[data-try='{attempt.name}']").click()
        settled(panel, computed)
        assert values(panel) == widget.values(attempt.values)


def test_a_thing_to_try_that_repeats_does_so(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.part("[data-try='no_effect']").click()
    expect(panel.part(".repeats-progress")).to_be_hidden()
    expect(panel.part("[data-readout='repeats.n']")).to_have_text("1,000")
    rate = panel.shown()["repeats.ols.share"]
    assert rate is not None
    assert rate > 0.3


def test_reset_brings_everything_back(reader: Reader) -> None:
    panel = reader.panel("en")
    printed = panel.shown()
    panel.start().set(n_mice=11, design="within", seed=4)
    panel.part("[data-action='reset']").click()
    expect(panel.control("n_mice")).to_have_value("6")
    panel.wait("ready")
    assert panel.shown() == pytest.approx(printed, rel=1e-9)
    panel.page.wait_for_function("() => location.search === ''")


def test_a_panel_that_leaves_the_page_leaves_quietly(reader: Reader) -> None:
    panel = reader.panel("en", part="whole").start()
    panel.part("[data-repeat='10000']").click()
    panel.whole.evaluate("(panel) => panel.remove()")
    other = panel.page.locator("#sim-design-effect [name='m']")
    other.focus()
    expect(panel.page.locator("#sim-design-effect")).to_have_attribute("data-state", "ready")


def test_a_chart_that_has_moved_is_the_chart_that_comes_at_once(
    reader: Reader, language: str
) -> None:
    moved = reader.panel(language).start()
    for settings in ({"n_mice": 9, "m_cells": 5}, {"n_mice": 2}, {"n_mice": 7, "sd_between": 2}):
        moved.set(**settings)
    address = "?nested.m_cells=5&nested.n_mice=7&nested.sd_between=2"
    at_once = reader.panel(language, address=address).wait("ready")
    assert marks(moved) == marks(at_once)
    assert len(marks(moved)) > 7 * 5


def marks(panel: Panel) -> list[str]:
    """What is drawn in the live charts, in any order."""
    found: list[str] = panel.part(".chart-live").evaluate_all(
        "(charts) => charts.flatMap((chart) => "
        "[...chart.querySelectorAll('path, text, line, rect')]"
        ".map((mark) => mark.outerHTML)).sort()"
    )
    return found


def test_where_the_clipboard_is_closed_the_reader_stays_where_she_is(reader: Reader) -> None:
    reader.context.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
    )
    panel = reader.panel("en")
    button = panel.part("[data-action='copy-link']")
    button.evaluate("(button) => button.focus({ preventScroll: true })")
    before = panel.page.evaluate("() => scrollY")
    panel.page.keyboard.press("Enter")
    expect(button).to_have_text("Link copied")
    expect(button).to_be_focused()
    assert panel.page.evaluate("() => scrollY") == before

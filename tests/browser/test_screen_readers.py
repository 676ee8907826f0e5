"""A panel as a screen reader has it: what stands in which order, and what is spoken when."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_states import interface
from widgets import simulators
from widgets.contract import Choice, Control, Seed

if TYPE_CHECKING:
    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

CONTENT = Path(__file__).parents[2] / "content"

LIVE = "output, [aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]"
"""Elements whose changes are spoken."""

SPOKEN = """(panel) => {
  const live = panel.querySelector("[role=status]");
  globalThis.spoken = [];
  new MutationObserver(() => {
    if (live.textContent) globalThis.spoken.push(live.textContent);
  }).observe(live, { childList: true });
  const slider = panel.querySelector("[name=n_mice]");
  for (const value of [7, 8, 9]) {
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
"""Moves a slider three times, and collects what is spoken then."""


def labels(language: str) -> dict[str, Any]:
    text = (CONTENT / language / "widgets" / "nested.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def role(control: Control) -> str:
    if isinstance(control, Choice):
        return "combobox"
    return "spinbutton" if isinstance(control, Seed) else "slider"


def test_title_figure_controls_sentence_and_numbers_are_read_in_this_order(
    reader: Reader, language: str
) -> None:
    panel = reader.panel(language)
    said, words = labels(language), interface(language, "simulator")
    tree = panel.whole.aria_snapshot().replace("\u00a0", " ")
    in_order = [
        f'heading "{said["title"]}"',
        f'img "{panel.part("[data-chart]").first.get_attribute("aria-label")}"'.replace(
            "\u00a0", " "
        ),
        f'group "{words["settings"]}"',
        *(
            f'{role(control)} "{said["controls"][control.name]["label"]}"'
            for control in simulators.load("nested").controls
        ),
        panel.part(".simulator-verdict strong").inner_text().replace("\u00a0", " "),
        f'button "{words["reset"]}"',
        f'table "{words["comparison"]}"',
        *(f'rowheader "{label}"' for label in said["rows"].values()),
        f"term: {said['readouts']['icc.true']}",
        f'group "{said["repeats"]["title"]}"',
        f'button "{words["copy_link"]}"',
    ]
    at = 0
    for part in in_order:
        assert part in tree[at:], f"{part} after {tree[:at][-200:]}"
        at = tree.index(part, at)
    assert re.findall(r"- (?:button|combobox|img|slider|spinbutton|table)(?! ['\"])", tree) == []


def test_the_sentence_alone_is_spoken_and_once_when_it_has_settled(reader: Reader) -> None:
    panel = reader.panel("en").start()
    live = panel.part(LIVE)
    assert [one.get_attribute("role") for one in live.all()] == ["status"]
    panel.whole.evaluate(SPOKEN)
    panel.page.wait_for_function("() => globalThis.spoken.length > 0")
    assert "9 mice" in panel.part(".simulator-verdict").inner_text()
    spoken = panel.page.evaluate("() => globalThis.spoken")
    assert spoken == [panel.part(".simulator-verdict").text_content()]


def test_an_interval_that_there_is_not_is_read_as_one_dash(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.set(n_mice=2)
    row = panel.part("tr[data-row='mixed']")
    assert row.locator("td").last.aria_snapshot() == '- cell "—"'
    assert "to" not in row.aria_snapshot().splitlines()[0].split()

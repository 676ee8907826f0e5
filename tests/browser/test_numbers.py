"""The numbers in the browser are the numbers of the very same code here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.browser.conftest import Panel
from widgets import simulators
from widgets.contract import Choice, Slider

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.random import Generator

    from tests.browser.conftest import Numbers, Reader
    from widgets.contract import Control

pytestmark = pytest.mark.browser

SETTINGS = 24


def any_value(control: Control, rng: Generator) -> Any:  # noqa: ANN401  what a control takes
    if isinstance(control, Choice):
        return str(rng.choice(control.options))
    step = control.step if isinstance(control, Slider) else 1
    steps = round((control.high - control.low) / step)
    value = round(control.low + step * int(rng.integers(0, steps, endpoint=True)), 9)
    return int(value) if float(value).is_integer() else value


def page_of(name: str, site: Path) -> str:
    """The English page that shows a simulator."""
    for file in sorted(site.rglob("en/**/index.html")):
        if f'id="sim-{name}"' in file.read_text(encoding="utf-8"):
            return file.relative_to(site / "the-honest-n").as_posix()
    pytest.skip("no page shows it")


def apart(told: Numbers, expected: Numbers) -> dict[str, tuple[float | None, float | None]]:
    """The numbers that differ by more than other rounding explains: the browser's and these."""
    assert set(told) == set(expected)
    return {
        key: (told[key], value)
        for key, value in expected.items()
        if (told[key] is None) != (value is None)
        or (value is not None and told[key] != pytest.approx(value, rel=1e-9, abs=1e-12))
    }


@pytest.mark.parametrize("name", simulators.names())
def test_random_settings_give_the_same_numbers(
    name: str, reader: Reader, site: Path, computed: Callable[..., Numbers]
) -> None:
    rng = np.random.default_rng(20)
    panel = Panel(reader.open(page_of(name, site)), name).start()
    for _ in range(SETTINGS):
        controls = simulators.load(name).controls
        values = {control.name: any_value(control, rng) for control in controls}
        detail = panel.set(**values)
        assert detail["values"] == values
        expected = computed(name, values)
        assert apart(detail["readouts"], expected) == {}, values
        shown = {key: value for key, value in panel.shown().items() if key in expected}
        assert shown == detail["readouts"]


def test_repeats_give_the_numbers_that_were_printed(reader: Reader) -> None:
    panel = reader.panel("en")
    printed = {name: value for name, value in panel.shown().items() if name.startswith("repeats.")}
    panel.start().part("[data-repeat='1000']").click()
    panel.part(".repeats-progress").wait_for(state="hidden")
    assert panel.part(".repeats").get_attribute("data-stale") is None
    counted = {name: value for name, value in panel.shown().items() if name.startswith("repeats.")}
    assert counted == pytest.approx(printed, rel=1e-9)

"""The planner in a browser: fixed names, bad input, the address, drag, simulation, axe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE
from widgets import host

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
INPUTS = (
    *("n_units", "m", "effect", "sd_between", "sd_within", "sd_total", "icc", "cv"),
    *("cost_unit", "cost_subunit", "budget", "target_power", "alpha", "baseline"),
    *("lost_units", "lost_subunits"),
)
OPTIONS = {
    "design": ["between", "within", "blocked"],
    "outcome": ["normal", "binary", "counts"],
    "solve": ["power", "units", "subunits", "effect"],
}
READOUTS = (
    *("power.mixed", "power.naive", "power.means", "type1.naive", "type1.mixed", "power.limit"),
    *("n_units", "m", "effect.detectable", "m.optimal", "cost"),
    *("sim.power", "sim.low", "sim.high", "sim.n", "sim.singular", "sim.failed"),
)


class Planner:
    """The planner as a reader has it before her."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.whole = page.locator("power-planner")

    def start(self) -> Planner:
        self.field("n_units").focus()
        return self.ready()

    def ready(self) -> Planner:
        expect(self.whole).to_have_attribute("data-state", "ready", timeout=PATIENCE)
        return self

    def field(self, name: str) -> Locator:
        return self.whole.locator(f"[name='{name}']")

    def problem(self, name: str) -> Locator:
        return self.whole.locator(f"#planner-{name}-problem")

    def read(self, name: str) -> float | None:
        text = self.whole.locator(f"[data-readout='{name}']").first.get_attribute("data-value")
        return json.loads(text) if text else None

    def shows(self, name: str, value: float) -> None:
        """Wait until a number is shown, to the last digit but two."""
        readout = self.whole.locator(f"[data-readout='{name}']").first
        page = self.page
        for _ in range(PATIENCE // 100):
            text = readout.get_attribute("data-value")
            if text and abs(json.loads(text) - value) < 1e-12:
                return
            page.wait_for_timeout(100)
        assert self.read(name) == value


def native(name: str, **values: str) -> float:
    """A number as the build's Python answers it."""
    request = {"call": "answer", "instrument": "planner", "input": {"values": values}}
    value: float = json.loads(host.answer(json.dumps(request)))["readouts"][name]["value"]
    return value


def planner(reader: Reader, language: str = "en", address: str = "") -> Planner:
    return Planner(reader.open(f"{language}/planner/index.html{address}"))


def test_the_first_frame_is_complete_and_has_every_name(readers: Callable[..., object]) -> None:
    with readers(java_script_enabled=False) as reader:  # type: ignore[attr-defined]
        page = planner(reader)
        for name in INPUTS:
            assert page.field(name).count() == 1, name
        for name, options in OPTIONS.items():
            found = page.field(name).locator("option")
            assert [one.get_attribute("value") for one in found.all()] == options
        for name in READOUTS:
            assert page.whole.locator(f"[data-readout='{name}']").count() >= 1, name
        assert page.read("power.mixed") == pytest.approx(native("power.mixed"), abs=1e-12)
        assert "33 of 100" in page.whole.locator(".simulator-verdict").inner_text()
        assert page.whole.locator(".planner-handle").first.is_visible()


def test_bad_input_is_told_at_its_field_and_the_last_result_stays(reader: Reader) -> None:
    page = planner(reader).start()
    page.field("effect").fill("1.5")
    wanted = native("power.mixed", effect="1.5")
    page.shows("power.mixed", wanted)
    for name, text, said in (
        ("effect", "large", "no number"),
        ("sd_between", "-1", "at least 0"),
        ("budget", "100", "124"),
        ("icc", "1.2", "at most 1"),  # last: typed back it has three digits only
    ):
        before = page.field(name).input_value()
        page.field(name).fill(text)
        expect(page.problem(name)).to_contain_text(said)
        expect(page.field(name)).to_have_attribute("aria-invalid", "true")
        assert page.read("power.mixed") == pytest.approx(wanted, abs=1e-12)
        page.field(name).fill(before)
        expect(page.problem(name)).to_have_text("")


def test_the_address_survives_a_reload_and_the_other_language(reader: Reader) -> None:
    page = planner(reader).start()
    page.field("n_units").fill("20")
    page.field("icc").fill("0.2")
    page.shows("power.mixed", native("power.mixed", n_units="20", sd_total="1.421", icc="0.2"))
    said = "() => location.search.includes('planner.icc=0.2')"
    for _ in range(100):
        if page.page.evaluate(f"({said})()"):
            break
        page.page.wait_for_timeout(50)
    query = parse_qs(urlsplit(page.page.url).query)
    assert query["planner.n_units"] == ["20"]
    shown = page.read("power.mixed")
    page.page.reload()
    page.ready()
    assert shown is not None
    page.shows("power.mixed", shown)
    page.page.locator("a[hreflang='zh-Hant-TW']").first.click()
    page.page.wait_for_url("**/zh/planner/**")
    page.ready()
    page.shows("power.mixed", shown)
    assert page.field("n_units").input_value() == "20"


def test_the_plan_is_dragged_on_the_map(reader: Reader) -> None:
    page = planner(reader).start()
    dot = page.whole.locator(".planner-map [data-size='wide'] .planner-handle")
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 60, y, steps=4)
    page.page.mouse.move(x + 120, y, steps=4)
    page.page.mouse.up()
    units, m = (page.field(name).input_value() for name in ("n_units", "m"))
    assert int(units) > 10
    assert m == "20"
    page.shows("power.mixed", native("power.mixed", n_units=units))


def test_the_formula_is_checked_by_simulation(reader: Reader) -> None:
    page = planner(reader).start()
    page.whole.locator("[data-action='simulate']").click()
    stop = page.whole.locator("[data-action='stop']")
    expect(page.whole.locator("[data-readout='sim.n']")).not_to_have_text("—")
    if stop.is_visible():
        stop.click()
    low, high, formula = (page.read(name) for name in ("sim.low", "sim.high", "power.mixed"))
    assert low is not None
    assert high is not None
    assert formula is not None
    assert low - 0.1 < formula < high + 0.1  # after a hundred experiments or more


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_accessible_and_fits_a_phone(readers: Callable[..., object], language: str) -> None:
    with readers(**PHONE, bypass_csp=True) as reader:  # type: ignore[attr-defined]
        page = planner(reader, language)
        page.page.add_script_tag(path=AXE)
        found = page.page.evaluate("async () => (await axe.run()).violations")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        wide = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0

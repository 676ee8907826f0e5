"""What a reader takes along: figure and data."""

from __future__ import annotations

import csv
import struct
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import Panel, Reader

pytestmark = pytest.mark.browser

TAKE_WHEN_SHOWN = """(panel) => {
  const take = () => panel.querySelector("[data-action=svg]").click();
  panel.addEventListener("sim:result", take, { once: true });
  const slider = panel.querySelector("[name=n_mice]");
  slider.value = 3;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
WRITES_NO_PNG = """() => {
  HTMLCanvasElement.prototype.toBlob = (done) => done(null);
}"""
SVG = "{http://www.w3.org/2000/svg}"


def taken(panel: Panel, action: str, folder: Path) -> tuple[str, bytes]:
    """Name and bytes of what a button hands over."""
    with panel.page.expect_download() as download:
        panel.part(f"[data-action='{action}']").click()
    path = folder / "taken"
    download.value.save_as(path)
    return download.value.suggested_filename, path.read_bytes()


@pytest.mark.parametrize("live", [False, True], ids=["as printed", "live"])
def test_the_figure_stands_alone_as_svg(reader: Reader, tmp_path: Path, *, live: bool) -> None:
    panel = reader.panel("zh")
    if live:
        panel.start()
    name, drawn = taken(panel, "svg", tmp_path)
    assert name == "nested.svg"
    root = ET.fromstring(drawn)  # noqa: S314  drawn by the page under test
    assert len(root.findall(f"{SVG}svg")) == 2
    attributes = [value for one in root.iter() for value in one.attrib.values()]
    assert not any("var(" in value or "oklch" in value for value in attributes)
    texts = list(root.iter(f"{SVG}text"))
    assert texts
    assert all("Source Sans" in text.get("font-family", "") for text in texts)


@pytest.mark.parametrize("live", [False, True], ids=["as printed", "live"])
def test_in_the_dark_the_whole_figure_is_dark(
    readers: Callable[..., Any], tmp_path: Path, *, live: bool
) -> None:
    with readers(color_scheme="dark") as reader:
        panel = reader.panel("zh")
        if live:
            panel.start()
        assert b"#ffffff" not in taken(panel, "svg", tmp_path)[1]


def test_the_figure_is_a_sharp_png(reader: Reader, tmp_path: Path) -> None:
    panel = reader.panel("zh").start()
    panel.set(n_mice=4)
    name, image = taken(panel, "png", tmp_path)
    assert name == "nested_n_mice-4.png"
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    box = panel.part(".simulator-figure").first.bounding_box()
    assert box
    assert width > 2.5 * box["width"]
    assert height > 2.5 * box["height"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "這個瀏覽器存不了PNG，請改用SVG"), ("en", "No PNG in this browser; take the SVG")],
)
def test_a_browser_that_writes_no_png_says_so(reader: Reader, language: str, said: str) -> None:
    panel = reader.panel(language)
    button = panel.part("[data-action='png']")
    words = button.inner_text()
    panel.page.evaluate(WRITES_NO_PNG)
    button.click()
    expect(button).to_have_text(said)
    expect(button).to_have_text(words)


def test_a_figure_names_the_settings_that_it_shows(reader: Reader) -> None:
    panel = reader.panel("en").start()
    with panel.page.expect_download() as download:
        panel.whole.evaluate(TAKE_WHEN_SHOWN)
    drawn = download.value.path().read_text(encoding="utf-8")
    assert "nested.n_mice=3#nested</title>" in drawn


def test_the_data_have_every_cell(reader: Reader, tmp_path: Path) -> None:
    panel = reader.panel("zh").start()
    panel.set(n_mice=4, m_cells=7, seed=3)
    name, data = taken(panel, "csv", tmp_path)
    assert name == "nested_n_mice-4_m_cells-7_seed-3.csv"
    rows = list(csv.DictReader(data.decode("utf-8").splitlines()))
    assert list(rows[0]) == ["mouse", "treatment", "y"]
    assert [row["mouse"] for row in rows] == [str(mouse) for mouse in range(1, 5) for _ in range(7)]
    treated = [float(row["y"]) for row in rows if row["treatment"] == "treated"]
    control = [float(row["y"]) for row in rows if row["treatment"] == "control"]
    effect = sum(treated) / len(treated) - sum(control) / len(control)
    assert effect == pytest.approx(panel.shown()["ols.estimate"], rel=1e-9)

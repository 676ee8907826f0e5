"""What others wrote of a site is listed with its licence: on a page, in a file, in archives."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from generator.assets import licences
from generator.assets.licences import FILE, Component, by_text, listed, npm_components
from generator.errors import SetupError
from generator.offline.single_file import alone, pages

ROOT = Path(__file__).parents[2]
LOCKED = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.fixture(scope="module")
def output(site: Path) -> Path:
    return site / "the-honest-n"


def test_a_package_is_listed_as_it_is_installed() -> None:
    (one,) = npm_components({"d3-shape": ()})
    locked = LOCKED["node_modules/d3-shape"]
    assert (one.version, one.checksum) == (locked["version"], locked["integrity"])
    assert one.licence == "ISC"
    assert "Permission to use, copy, modify" in one.text


def test_a_package_without_a_text_has_that_of_its_repository() -> None:
    text = {one.name: one.text for one in npm_components({"vega-interpreter": (), "vega-util": ()})}
    assert not list((ROOT / "node_modules" / "vega-interpreter").glob("LICEN*"))
    assert text["vega-interpreter"] == text["vega-util"]
    assert "University of Washington" in text["vega-interpreter"]


def test_a_package_without_any_text_is_a_fault_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licences, "TEXTS", tmp_path)
    with pytest.raises(SetupError, match=r"pyodide has no licence text; .*MPL-2\.0\.txt"):
        list(npm_components({"pyodide": ()}))


def test_components_with_one_text_share_it() -> None:
    a, b, c = (Component(name, "1", "MIT", f"sha-{name}", name == "b") for name in "abc")  # type: ignore[arg-type]
    shared = by_text({one.name: one for one in (c, b, a)})
    assert [[one.name for one in sharing] for _, sharing in shared] == [["a", "c"], ["b"]]


def test_the_list_tells_version_licence_and_checksum() -> None:
    one = Component("toy", "1.2", "MIT", "sha512-x", "Do as you like.")
    assert listed({"toy": one}).decode() == "toy 1.2\nMIT, sha512-x\n\nDo as you like.\n"


def test_the_site_lists_all_that_it_is_made_of(output: Path) -> None:
    text = (output / FILE).read_text(encoding="utf-8")
    fonts = [name for name in LOCKED[""]["dependencies"] if name.startswith("@fontsource")]
    for name in (
        *fonts,
        "pyodide 0.27.7",
        "CPython 3.12.7",
        "numpy 2.0.2",
        "vega-view",
        "d3-scale",
    ):
        assert f"\n{name}" in f"\n{text}"
    assert "esbuild" not in text, "what only builds does not ship"


def test_every_page_leads_to_the_list_in_its_language(output: Path) -> None:
    for language in ("zh", "en"):
        found = sorted((output / language).rglob("index.html"))
        live = [page for page in found if 'http-equiv="refresh"' not in page.read_text("utf-8")]
        assert live
        for page in live:
            (link,) = [
                part.split('"')[0]
                for part in page.read_text("utf-8").split('class="licences-link" href="')[1:]
            ]
            assert (page.parent / link).resolve() == output / language / "licences" / "index.html"


def test_the_page_shows_every_text(output: Path) -> None:
    page = (output / "zh" / "licences" / "index.html").read_text(encoding="utf-8")
    for part in (
        "Mozilla Public License",
        "SIL OPEN FONT LICENSE",
        "NumPy Developers",
        "PYTHON SOFT",
    ):
        assert part in page
    assert '<html lang="zh-Hant-TW">' in page


def test_archive_and_single_file_carry_the_list(output: Path) -> None:
    text = (output / FILE).read_text(encoding="utf-8")
    with zipfile.ZipFile(next(output.glob("*.zip"))) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(f"/{FILE}")]
        assert archive.read(name).decode() == text
    names = pages(output)
    place = next(place for place in names if place.startswith("en/"))
    page = alone(output, place, names).decode()
    assert "Mozilla Public License Version 2.0" in page
    assert 'class="licences-link"' not in page

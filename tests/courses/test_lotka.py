"""The second course is built without a word of the first."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import re
import zipfile
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.courses.lotka import LANGUAGES, LOTKA

FIRST = re.compile(
    r"honest|\bmice\b|\bmouse\b|mixed|lme4|lmer|\bols\b|\bnested\b|小鼠", re.IGNORECASE
)
TEXTS = ("*.html", "*.css", "*.xml", "*.webmanifest", "assets/search.js", "robots.txt")


@pytest.fixture(scope="module")
def model() -> ModuleType:
    file = LOTKA / "widgets" / "simulators" / "predators" / "model.py"
    spec = importlib.util.spec_from_file_location("lotka_model", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("start", [(40, 9, 1.0), (60, 24, 1.5), (10, 4, 0.5)])
def test_what_the_equations_conserve_is_conserved(
    model: ModuleType, start: tuple[float, float, float]
) -> None:
    _, hares, lynx = model.course(*start)
    rests = model.GAIN * hares - model.DEATH * np.log(hares)
    rests = rests + model.CATCH * lynx - start[2] * np.log(lynx)
    assert np.ptp(rests) < 1e-6  # the error of the method over 1,000 steps of 0.02 years


def test_a_small_swing_takes_the_time_that_the_linear_equations_say(model: ModuleType) -> None:
    years, hares, _ = model.course(20.2, 10, 1)
    assert model._period(years, hares) == pytest.approx(2 * np.pi / np.sqrt(1 * 1.5), rel=0.002)


@pytest.mark.parametrize("folder", LANGUAGES)
def test_each_page_leads_to_both_other_languages(lotka: Path, folder: str) -> None:
    for page in ("index.html", "predators/index.html", "harvest/index.html"):
        html = (lotka / "site" / folder / page).read_text()
        others = [tag for name, tag in LANGUAGES.items() if name != folder]
        assert re.findall(r'<a hreflang="([^"]+)" lang=', html) == others
        alternates = re.findall(r'<link rel="alternate" hreflang="([^"]+)"', html)
        assert alternates == [*LANGUAGES.values(), "x-default"]


def test_numbers_are_computed_and_figures_drawn(lotka: Path) -> None:
    html = (lotka / "site" / "ja" / "predators" / "index.html").read_text()
    assert "ウサギが20匹、ヤマネコが10匹なら" in html  # spaces beside Latin are closed
    assert 'class="drawing phases"' in html
    assert '平衡点 <span lang="en">equilibrium</span> <span lang="zh-Hant-TW">平衡點</span>' in html
    assert (
        "平衡にあるウサギは20匹、狩りの後は24匹"
        in (lotka / "site" / "ja" / "harvest" / "index.html").read_text()
    )


def test_a_series_leads_from_step_to_step_and_over_another_site(lotka: Path) -> None:
    first = (lotka / "site" / "ja" / "predators" / "index.html").read_text()
    last = (lotka / "site" / "en" / "harvest" / "index.html").read_text()
    away = "https://elsewhere.example/data/"
    assert ">全3回の1</summary>" in first
    assert '<a href="index.html" aria-current="page">捕食者と獲物</a>' in first
    assert f'<a rel="next" href="{away}"><span>次へ</span> 毛皮の数</a>' in first
    assert 'rel="prev"' not in first
    assert ">Part 3 of 3</summary>" in last
    assert f'<a rel="prev" href="{away}"><span>Previous</span> Counts of furs</a>' in last
    assert 'rel="next"' not in last


def test_pages_are_listed_where_they_are_asked_for_and_in_a_menu(lotka: Path) -> None:
    home = (lotka / "site" / "zh" / "index.html").read_text()
    listed = home.partition('<ol class="pages">')[2].partition("</ol>")[0]
    assert re.findall(r'href="([^"]+)">([^<]+)</a> <span>', listed) == [
        ("predators/index.html", "掠食者與獵物"),
        ("harvest/index.html", "打獵的影響"),
    ]
    menu = home.partition('<details class="site-pages">')[2].partition("</details>")[0]
    assert re.findall(r'href="([^"]+)"', menu) == [
        "index.html",
        "predators/index.html",
        "harvest/index.html",
    ]


def test_all_languages_are_searched(lotka: Path) -> None:
    script = (lotka / "site" / "assets" / "search.js").read_text()
    pages, _ = json.JSONDecoder().raw_decode(script.removeprefix("globalThis.siteText="))
    assert sorted({page["language"] for page in pages}) == sorted(LANGUAGES.values())


def test_the_browser_gets_its_simulator_and_no_engine(lotka: Path) -> None:
    (models,) = (lotka / "site" / "assets").glob("models.*")
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(models.read_bytes()))) as archive:
        names = archive.namelist()
    assert [name for name in names if name.startswith("widgets/simulators/predators/")] == [
        "widgets/simulators/predators/__init__.pyc",
        "widgets/simulators/predators/model.pyc",
    ]
    assert not any("lmm/" in name or "nested" in name for name in names)
    assert (lotka / "site" / "hares-and-lynx-offline.zip").is_file()


def test_nothing_speaks_of_the_first_course(lotka: Path) -> None:
    files = [path for pattern in TEXTS for path in (lotka / "site").rglob(pattern)]
    assert len(files) > len(TEXTS)
    found = {path.name: FIRST.findall(path.read_text()) for path in files}
    assert {name: words for name, words in found.items() if words} == {}

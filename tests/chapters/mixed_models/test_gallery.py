"""The gallery, the pages of simulators, and the ways between them and the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from widgets import simulators

HREF = re.compile(r'<li><a href="([^"]+)"><span class="gallery-frame"><svg ')
WAY = re.compile(r'<p class="simulator-ways"><a href="([^"#]+)(?:#([a-z-]+))?">')


@pytest.fixture
def language(request: pytest.FixtureRequest, site: Path) -> Path:
    return site / "the-honest-n" / str(request.param)


both = pytest.mark.parametrize("language", ["zh", "en"], indirect=True)


@both
def test_every_simulator_is_there_with_its_first_frame(language: Path) -> None:
    html = (language / "simulators" / "index.html").read_text(encoding="utf-8")
    assert sorted(HREF.findall(html)) == sorted(f"{name}/index.html" for name in simulators.names())


@both
def test_from_the_text_to_a_simulators_page_and_back(language: Path) -> None:
    for name, text in (
        ("nested", "mixed-models"),
        ("design-effect", "mixed-models/plan"),
    ):
        page = language / text / "index.html"
        ways = [(page.parent / href).resolve() for href, _ in WAY.findall(page.read_text("utf-8"))]
        own = language / "simulators" / name / "index.html"
        assert own.resolve() in ways
        ((back, place),) = WAY.findall(own.read_text(encoding="utf-8"))
        assert (own.parent / back).resolve() == page.resolve()
        assert place == f"sim-{name}"


@both
def test_a_page_says_how_it_is_cited_and_a_simulators_how_it_is_embedded(language: Path) -> None:
    html = (language / "simulators" / "nested" / "index.html").read_text(encoding="utf-8")
    url = f"/{language.name}/simulators/nested/"
    assert re.search(rf"@misc\{{the-honest-n:{language.name}:simulators/nested,", html)
    assert re.search(rf"url = \{{https://[^}}]*{url}\}}", html)
    assert re.search(rf'iframe src="https://[^"]*{url}index\.html#sim-nested"', html)
    chapter = (language / "mixed-models" / "index.html").read_text(encoding="utf-8")
    assert "@misc{" in chapter
    assert "iframe" not in chapter

"""A series on one page, derived from the pages of the series."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.errors import MistakeError
from tests.generator import sites

HEAD = "---\ntitle: Everything\ndescription: All of it.\norder: 9\n---\n"
SERIES = '\n[[series]]\nsteps = ["mixed-models", "part/one"]\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A series of two pages, and a page on which both stand."""
    copy = shutil.copytree(sites.GOLDEN / "two-languages" / "content", tmp_path / "content")
    with (copy / "site.toml").open("a") as settings:
        settings.write(SERIES)
    for language in ("en", "zh"):
        text = f"{HEAD}\n:::{{whole}} part/one\n:::\n"
        (copy / language / "part" / "all.md").write_text(text)
        for name, note in (("mixed-models", "One"), ("part/one", "Two")):
            page = copy / language / f"{name}.md"
            page.write_text(f"{page.read_text()}\nA note.[^1]\n\n[^1]: {note}.\n")
    return copy


def made(content: Path, tmp_path: Path, path: str) -> str:
    sites.make(sites.options(content, tmp_path))
    return (tmp_path / "site" / path).read_text()


def test_the_pages_stand_one_after_the_other_and_lead_to_one_another(
    content: Path, tmp_path: Path
) -> None:
    html = made(content, tmp_path, "en/part/all/index.html")
    assert html.index('id="part-1"') < html.index('id="why"') < html.index('id="part-2"')
    assert 'href="#part-2"' in html or 'href="#a"' in html
    assert "one/index.html" not in html


def test_every_id_stands_once_and_every_way_within_the_page_leads_to_one(
    content: Path, tmp_path: Path
) -> None:
    html = made(content, tmp_path, "en/part/all/index.html")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {one for one in ids if "note" in one} >= {"part-1-note-1", "part-2-note-1"}
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_it_changes_with_its_pages(content: Path, tmp_path: Path) -> None:
    made(content, tmp_path, "en/part/all/index.html")
    page = content / "en" / "part" / "one.md"
    page.write_text(page.read_text() + "\nA new sentence.\n")
    assert "A new sentence." in made(content, tmp_path, "en/part/all/index.html")


def test_what_stands_on_other_pages_is_searched_there(content: Path, tmp_path: Path) -> None:
    assert "part/all" not in made(content, tmp_path, "assets/search.js")


def test_an_id_that_two_of_the_pages_have_is_a_mistake(content: Path, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        page = content / language / "part" / "one.md"
        page.write_text(page.read_text() + "\n## Why {#why}\n")
    with pytest.raises(MistakeError, match=r"en/part/one\.md:\d+: the id 'why' is taken in .*"):
        made(content, tmp_path, "index.html")


def test_a_page_of_no_series_is_a_mistake(content: Path, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        page = content / language / "part" / "all.md"
        page.write_text(page.read_text().replace("part/one", "part/on"))
    problem = "en/part/all.md:7: no series has the page 'part/on'; did you mean 'part/one'?"
    with pytest.raises(MistakeError, match=re.escape(problem)):
        made(content, tmp_path, "index.html")


def test_a_list_of_references_is_that_of_its_series(content: Path, tmp_path: Path) -> None:
    """Ways back lead to the page where a reference is cited."""
    for language in ("en", "zh"):
        page = content / language / "part" / "one.md"
        page.write_text(page.read_text() + "\nAs said.{cite}`aarts2014`\n")
    html = made(content, tmp_path, "en/mixed-models/index.html")
    assert 'href="../part/one/index.html#cite-aarts2014-' in html

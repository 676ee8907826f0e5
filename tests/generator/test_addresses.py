from __future__ import annotations

import pytest

from generator.addresses import Address, absolute, relative
from generator.errors import MistakeError
from generator.files.inputs import Inputs
from generator.options import Options
from generator.pages.library import tasks
from tests.generator.languages import TWO


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("index", "zh/index.html"),
        ("mixed-models", "zh/mixed-models/index.html"),
        ("part/one", "zh/part/one/index.html"),
        ("part/index", "zh/part/index.html"),
    ],
)
def test_a_page_becomes_the_index_of_its_folder(name: str, path: str) -> None:
    assert Address("zh", name).path == path


@pytest.mark.parametrize(
    ("start", "target", "url"),
    [
        ("index.html", "zh/index.html", "zh/index.html"),
        ("zh/index.html", "index.html", "../index.html"),
        ("zh/a/index.html", "en/a/index.html", "../../en/a/index.html"),
        ("zh/a/index.html", "zh/a/index.html", "index.html"),
        ("zh/a/index.html", "zh/a/b/index.html", "b/index.html"),
        ("zh/a/b/index.html", "zh/a/index.html", "../index.html"),
        ("zh/a/index.html", "assets/site.js", "../../assets/site.js"),
        ("zh/index.html", "zh/zh/index.html", "zh/index.html"),
    ],
)
def test_the_way_from_file_to_file_is_relative(start: str, target: str, url: str) -> None:
    assert relative(start, target) == url


def test_a_full_address_names_the_folder_of_an_index() -> None:
    assert absolute("https://a.example/b/", "zh/c/index.html") == "https://a.example/b/zh/c/"
    assert absolute("https://a.example/b", "sitemap.xml") == "https://a.example/b/sitemap.xml"


def test_all_names_that_no_page_can_bear_are_told_together() -> None:
    names = ("content/en/My page.md", "content/en/page.md", "content/zh/頁.md")
    with pytest.raises(MistakeError) as error:
        tasks(Options(), Inputs.of(dict.fromkeys(names, "")), TWO)
    assert [str(mistake).partition(":")[0] for mistake in error.value.mistakes] == [
        "content/en/My page.md",
        "content/zh/頁.md",
    ]


@pytest.mark.parametrize("name", ["page.MD", "page.markdown", "part/page.Rmd"])
def test_a_page_with_another_ending_is_a_mistake(name: str) -> None:
    right = name.partition(".")[0] + ".md"
    with pytest.raises(MistakeError, match=f"^content/en/{name}: a page .*; call it {right}$"):
        tasks(Options(), Inputs.of({f"content/en/{name}": ""}), TWO)


def test_pictures_and_data_may_end_as_they_like() -> None:
    inputs = Inputs.of({"content/en/mice.CSV": "", "content/notes.MD": ""})
    assert tasks(Options(), inputs, TWO) == []

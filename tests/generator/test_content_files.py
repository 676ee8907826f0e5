"""Which files of the content are published, and which stay at home."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image

from generator.checking.unpublished import unpublished
from generator.errors import MistakeError
from tests.generator import sites


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(sites.GOLDEN / "two-languages" / "content", tmp_path / "content"))


def built(content: Path) -> Path:
    given = sites.options(content, content.parent)
    sites.make(given)
    return given.output


def add(content: Path, text: str, folders: Iterable[str] = ("zh", "en")) -> None:
    for folder in folders:
        with (content / folder / "part" / "one.md").open("a") as page:
            page.write(f"\n{text}\n")


def assets(site: Path) -> set[str]:
    """The names of the published files, without their fingerprints."""
    names = (path.name.split(".") for path in (site / "assets").iterdir())
    return {f"{name[0]}.{name[-1]}" for name in names if len(name) > 1}


def test_what_no_page_leads_to_is_not_published_and_told_kindly(content: Path) -> None:
    for name in ("data/salary-secret.csv", "zh/notes.docx", "en/diagram.svg"):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text("secret")
    site = built(content)
    assert assets(site) >= {"mice.csv", "mice.svg"}
    assert not assets(site) & {"salary-secret.csv", "notes.docx", "diagram.svg"}
    assert [str(one) for one in unpublished(content, site)] == [
        f"{content / name}: no page leads to it, so it is not published; link to it, or keep it "
        "elsewhere"
        for name in ("data/salary-secret.csv", "en/diagram.svg", "zh/notes.docx")
    ]


@pytest.mark.parametrize(
    "name",
    ["~$notes.docx", "Thumbs.db", ".DS_Store", "one.md.bak", "one.md~", ".one.md.swp", "#one.md#"],
)
def test_what_editors_leave_behind_is_no_part_of_the_content(content: Path, name: str) -> None:
    (content / "zh" / "part" / name).write_text("left behind")
    site = built(content)
    assert [*unpublished(content, site)] == []
    assert not any("left behind" in path.read_text(errors="ignore") for path in site.rglob("*.*"))


def test_a_file_is_published_once_a_page_links_to_it_and_gone_when_none_does(
    content: Path,
) -> None:
    (content / "data").mkdir()
    (content / "data" / "cells.csv").write_text("a,b\n")
    pages = [content / folder / "part" / "one.md" for folder in ("zh", "en")]
    before = [page.read_text() for page in pages]
    assert "cells.csv" not in assets(built(content))
    add(content, "[data](../../data/cells.csv)")
    assert "cells.csv" in assets(built(content))
    for page, text in zip(pages, before, strict=True):
        page.write_text(text)
    assert "cells.csv" not in assets(built(content))


def test_data_that_a_script_on_a_page_reads_are_published(content: Path) -> None:
    scripts = content.parent / "chapters" / "one" / "scripts"
    scripts.mkdir(parents=True)
    (scripts / "shown.R").write_text('cells <- read.csv("cells.csv")  # not "../en/notes.csv"\n')
    (scripts / "shown.R.txt").write_text("")
    (scripts / "other.R").write_text('read.csv("others.csv")\n')
    (scripts / "other.R.txt").write_text("")
    (content / "data").mkdir()
    for name in ("data/cells.csv", "data/others.csv", "en/notes.csv"):
        (content / name).write_text("a,b\n")
    add(content, ":::{script} shown.R\n:::")
    site = built(content)
    assert "cells.csv" in assets(site)
    assert not assets(site) & {"others.csv", "notes.csv"}


@pytest.mark.parametrize("target", ["/etc/hostname", "/etc"])
def test_a_symbolic_link_out_of_the_content_is_refused(content: Path, target: str) -> None:
    (content / "images" / "leak.csv").symlink_to(target)
    with pytest.raises(MistakeError) as error:
        built(content)
    assert str(error.value) == (
        f"{content / 'images' / 'leak.csv'}: it is a symbolic link that leads out of the content; "
        "put the file itself there"
    )


def test_the_icon_of_the_site_needs_no_page(content: Path) -> None:
    (content / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    site = built(content)
    assert len([*unpublished(content, site)]) == 1
    assert [*unpublished(content, site, icon="logo.svg")] == []


def test_a_symbolic_link_within_the_content_is_followed(content: Path) -> None:
    (content / "images" / "same.csv").symlink_to("mice.csv")
    add(content, "[data](../../images/same.csv)")
    assert "same.csv" in assets(built(content))


def test_a_picture_has_its_size_in_the_page(content: Path) -> None:
    Image.new("RGB", (40, 30)).save(content / "images" / "mouse.png")
    add(content, "![A mouse](../../images/mouse.png)")
    page = (built(content) / "en" / "part" / "one" / "index.html").read_text()
    assert ' width="40" height="30" loading="lazy">' in page


def test_a_picture_whose_width_is_given_has_its_height_in_proportion(content: Path) -> None:
    Image.new("RGB", (40, 30)).save(content / "images" / "mouse.png")
    add(content, "![A mouse](../../images/mouse.png){width=20}")
    page = (built(content) / "en" / "part" / "one" / "index.html").read_text()
    assert ' width="20" height="15" ' in page


def test_another_size_of_a_picture_reaches_every_page_that_shows_it(content: Path) -> None:
    drawing = content / "images" / "mouse.svg"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {}"/>'
    drawing.write_text(svg.format("8 6"))
    add(content, "![A mouse](../../images/mouse.svg)")
    built(content)
    drawing.write_text(svg.format("16 9"))
    page = (built(content) / "en" / "part" / "one" / "index.html").read_text()
    assert ' width="16" height="9" ' in page


def test_a_broken_picture_is_told_once_by_its_own_place(content: Path) -> None:
    (content / "images" / "mouse.png").write_bytes(b"\x89PNG")
    add(content, "![A mouse](../../images/mouse.png)")
    with pytest.raises(MistakeError) as error:
        built(content)
    [mistake] = error.value.mistakes
    assert mistake.path == str(content / "images" / "mouse.png")


def test_a_drawing_is_published_without_its_script(content: Path) -> None:
    drawing = content / "images" / "mice.svg"
    drawing.write_text(drawing.read_text().replace("/>", "><script>alert(1)</script><g/></svg>"))
    site = built(content)
    [made] = (site / "assets").glob("mice.*.svg")
    assert made.read_text().endswith('viewBox="0 0 1 1"><g /></svg>\n')
    assert [*unpublished(content, site)] == []

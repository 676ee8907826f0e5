"""An incremental build gives the bytes of a clean one, whatever was edited before it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import MistakeError, SetupError
from generator.options import Options
from tests.generator import sites

Edit = Callable[[Path, random.Random], None]
PAGES = ("index", "mixed-models", "part/one")


def both(content: Path, name: str) -> list[Path]:
    return [content / language / f"{name}.md" for language in ("zh", "en")]


def change_text(content: Path, rng: random.Random) -> None:
    page = rng.choice(both(content, rng.choice(PAGES)))
    page.write_text(page.read_text() + f"\nMore {rng.random()}.\n")


def change_title(content: Path, rng: random.Random) -> None:
    page = rng.choice(both(content, rng.choice(PAGES)))
    page.write_text(page.read_text().replace("title: ", f"title: {rng.randrange(9)}", 1))


def reorder(content: Path, rng: random.Random) -> None:
    name, order = rng.choice(PAGES[1:]), rng.randrange(1, 9)
    for page in both(content, name):
        lines = page.read_text().split("\n")
        lines[3:4] = [
            f"order: {order}" if line.startswith("order") else line for line in lines[3:4]
        ]
        page.write_text("\n".join(lines))


def add_page(content: Path, rng: random.Random) -> None:
    name = f"new-{rng.randrange(4)}"
    for page in both(content, name):
        front_matter = f"---\ntitle: {name}\ndescription: New.\norder: {rng.randrange(1, 2)}\n---\n"
        page.write_text(
            f"{front_matter}\n## A {{#a}}\n\n[one](part/one.md#a) {{cite}}`aarts2014`\n"
        )


def remove_page(content: Path, rng: random.Random) -> None:
    name = f"new-{rng.randrange(4)}"
    for page in both(content, name):
        page.unlink(missing_ok=True)


def change_work(content: Path, rng: random.Random) -> None:
    references = content / "references.toml"
    references.write_text(
        references.read_text().replace("year = 19", f"year = 1{rng.randrange(10)}")
    )


def change_word(content: Path, rng: random.Random) -> None:
    words = content / rng.choice(("zh", "en")) / "interface.toml"
    words.write_text(words.read_text().replace('table = "', f'table = "{rng.randrange(9)}'))


def change_name_of_site(content: Path, rng: random.Random) -> None:
    site = content / "site.toml"
    site.write_text(site.read_text().replace('title = "', f'title = "{rng.randrange(9)}', 1))


def change_image(content: Path, rng: random.Random) -> None:
    (content / "images" / "mice.csv").write_text(f"mouse\n{rng.randrange(9)}\n")


def break_link(content: Path, rng: random.Random) -> None:
    page = rng.choice(both(content, "part/one"))
    page.write_text(page.read_text().replace("../index.md", "../indx.md"))


def mend_link(content: Path, rng: random.Random) -> None:
    del rng
    for page in both(content, "part/one"):
        page.write_text(page.read_text().replace("../indx.md", "../index.md"))


EDITS: tuple[Edit, ...] = (
    *(change_text, change_title, reorder, add_page, remove_page, change_work),
    *(change_word, change_name_of_site, change_image, break_link, mend_link),
)


@pytest.fixture
def tree(tmp_path: Path) -> Options:
    content = tmp_path / "content"
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", content)
    return sites.options(content, tmp_path / "incremental")


def clean_build(tree: Options, scratch: Path) -> dict[str, bytes]:
    fresh = sites.options(tree.content, scratch)
    sites.make(fresh)
    return sites.contents(fresh.output)


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_the_bytes_are_those_of_a_clean_build(
    tree: Options, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311  edits, not secrets
    for step in range(12):
        for edit in rng.sample(EDITS, 2):
            edit(tree.content, rng)
        try:
            expected = clean_build(tree, tmp_path / str(step))
        except MistakeError:
            with pytest.raises(MistakeError):
                sites.make(tree)
        else:
            sites.make(tree)
            assert sites.contents(tree.output) == expected


def test_nothing_is_written_when_nothing_has_changed(tree: Options) -> None:
    sites.make(tree)
    report = sites.make(tree)
    assert (report.written, report.removed) == ((), ())


def test_a_changed_sentence_rewrites_its_own_page_only(tree: Options) -> None:
    sites.make(tree)
    page = tree.content / "en" / "part" / "one.md"
    page.write_text(page.read_text() + "\nMore.\n")
    assert sites.make(tree).written == ("en/part/one/index.html", "assets/search.js")


def test_a_changed_title_rewrites_the_pages_that_show_it(tree: Options) -> None:
    sites.make(tree)
    page = tree.content / "en" / "part" / "one.md"
    page.write_text(page.read_text().replace("title: Part one", "title: Part 1"))
    assert set(sites.make(tree).written) == {
        "en/glossary/index.html",
        "en/mixed-models/index.html",
        "en/part/one/index.html",
        "assets/search.js",
        "en/part/zero/index.html",
    }


def test_a_touched_file_rewrites_nothing(tree: Options) -> None:
    sites.make(tree)
    (tree.content / "en" / "part" / "one.md").touch()
    assert sites.make(tree).written == ()


def test_what_editors_leave_beside_a_page_is_no_source(tree: Options) -> None:
    sites.make(tree)
    for name in (".one.md.swp", "#one.md#", "one.md~"):
        (tree.content / "en" / "part" / name).write_text("---")
    (tree.content / "en" / "part" / "gone.csv").symlink_to("nowhere")
    assert sites.make(tree).written == ()


def test_an_edited_output_is_made_again(tree: Options) -> None:
    sites.make(tree)
    output = tree.output / "en" / "index.html"
    before = output.read_bytes()
    output.write_bytes(b"edited")
    assert sites.make(tree).written == ("en/index.html",)
    assert output.read_bytes() == before


def test_a_file_that_no_source_makes_is_removed_with_its_folder(tree: Options) -> None:
    sites.make(tree)
    stray = tree.output / "old" / "page.html"
    stray.parent.mkdir()
    stray.write_text("old")
    assert sites.make(tree).removed == ("old/page.html",)
    assert not stray.parent.exists()


def test_a_hidden_file_that_no_source_makes_is_removed(tree: Options) -> None:
    sites.make(tree)
    (tree.output / ".hidden").write_text("old")
    assert sites.make(tree).removed == (".hidden",)


def test_a_page_takes_the_place_of_a_folder(tree: Options) -> None:
    sites.make(tree)
    shutil.rmtree(tree.output / "en" / "part")
    (tree.output / "en" / "part").write_text("in the way")
    sites.make(tree)
    assert (tree.output / "en" / "part" / "one" / "index.html").is_file()


def test_a_folder_of_other_things_is_not_built_into(tree: Options) -> None:
    tree.output.mkdir(parents=True)
    (tree.output / "thesis.md").write_text("years of work")
    with pytest.raises(SetupError, match="holds what no build has made; name a new or an empty"):
        sites.make(tree)
    assert (tree.output / "thesis.md").read_text() == "years of work"


def test_a_site_whose_manifest_is_lost_is_built_into(tree: Options) -> None:
    sites.make(tree)
    before = sites.contents(tree.output)
    shutil.rmtree(tree.cache)
    (tree.output / "old.html").write_text("old")
    assert sites.make(tree).removed == ("old.html",)
    assert sites.contents(tree.output) == before


def test_a_mistake_leaves_the_last_site_as_it_was(tree: Options) -> None:
    sites.make(tree)
    before = sites.contents(tree.output)
    break_link(tree.content, random.Random(0))  # noqa: S311
    with pytest.raises(MistakeError):
        sites.make(tree)
    assert sites.contents(tree.output) == before

"""A site of many pages is read by several processes, and is the same site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.errors import MistakeError
from generator.options import Options
from generator.pages.library import WORTH_SHARING
from tests.generator import sites


@pytest.fixture
def tree(tmp_path: Path) -> Options:
    content = tmp_path / "content"
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", content)
    for number in range(WORTH_SHARING):
        for folder in ("zh", "en"):
            page = content / folder / f"page-{number:02}.md"
            head = f"---\ntitle: {number}\ndescription: D\norder: {number + 5}\n---\n"
            page.write_text(f"{head}\n## A {{#a}}\n\n$x_{{{number}}}$ [why](mixed-models.md#why)\n")
    return sites.options(content, tmp_path / "shared")


def test_several_processes_print_what_one_prints(
    tree: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    sites.make(tree)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = sites.options(tree.content, tmp_path / "alone")
    sites.make(alone)
    assert sites.contents(tree.output) == sites.contents(alone.output)
    assert (tree.output / "en" / "page-07" / "index.html").is_file()


def test_mistakes_from_all_processes_are_told_together(
    tree: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    for number in (3, 20):
        page = tree.content / "en" / f"page-{number:02}.md"
        page.write_text(page.read_text() + "\n{nothing}`x`\n")
    with pytest.raises(MistakeError) as error:
        sites.make(tree)
    assert [Path(mistake.path).name for mistake in error.value.mistakes] == [
        "page-03.md",
        "page-20.md",
    ]

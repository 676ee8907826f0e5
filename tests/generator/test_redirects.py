"""Names that pages once had, and what can be wrong with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.errors import MistakeError
from tests.generator import sites


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"part/one" = "mixed-models"', "there is a page 'part/one'; remove this line"),
        ('old = "mixed-model"', "'old' leads to no page; did you mean 'mixed-models'?"),
        ('old = "mixed-models#wy"', "mixed-models.md has no id 'wy'; name one that it has"),
        ('"Old-Page" = "mixed-models"', "no page can have had the name 'Old-Page'; write it"),
        ("old = 1", '\'old\' leads to 1; write "old" = "page" or "page#id"'),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, message: str, tmp_path: Path) -> None:
    content = shutil.copytree(sites.GOLDEN / "two-languages" / "content", tmp_path / "content")
    file = content / "redirects.toml"
    file.write_text(f"# Names that pages once had.\n\n{line}\n")
    with pytest.raises(MistakeError) as error:
        sites.make(sites.options(content, tmp_path))
    assert f"redirects.toml:3: {message}" in str(error.value)

"""Files that people write, read as they come from any editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import MistakeError
from generator.source_files import SourceFile


def test_a_mark_at_the_beginning_and_the_ends_of_lines_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_bytes("\ufeffname = '誠實的n'\r\n\r\nurl = 'x'\r\n".encode())
    document = SourceFile("site.toml", file).document(purpose="names")
    assert (document.entries["name"], document.line("url")) == ("誠實的n", 3)


def test_a_file_in_another_encoding_is_a_mistake_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes("---\ntitle: 小鼠\n".encode("big5"))
    with pytest.raises(MistakeError) as error:
        SourceFile("page.md", file).text(purpose="a page")
    assert str(error.value) == "page.md:2: the file is not UTF-8; save it as UTF-8"

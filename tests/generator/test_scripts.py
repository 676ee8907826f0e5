"""What pages take from scripts and data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.catalog.scripts import columns
from generator.errors import MistakeError


def write(folder: Path, text: str) -> Path:
    file = folder / "mice.csv"
    file.write_text(text)
    return file


def test_columns_are_numbers_where_every_page_can_read_them(tmp_path: Path) -> None:
    file = write(tmp_path, "mouse,y,part\nm1,1,inf\nm2,2.5,sup\n")
    assert json.loads(columns(file)) == {
        "mouse": ["m1", "m2"],
        "y": [1, 2.5],
        "part": ["inf", "sup"],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n3\n", "mice.csv:3: this row has 1 of 2 cells; write one for each column"),
        ("a,b\n", "mice.csv:1: there are no rows; write the names of the columns, and below them"),
        ("", "mice.csv:1: there are no rows"),
    ],
)
def test_a_mistake_in_data_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(MistakeError) as error:
        columns(write(tmp_path, text))
    assert str(error.value).startswith(f"{tmp_path}/{message}")

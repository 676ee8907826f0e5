"""Scripts of chapters that pages show, each with what it printed when it was run."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import StringIO
from math import isfinite
from pathlib import PurePath
from typing import TYPE_CHECKING

from generator.errors import error
from generator.project import shown
from generator.source_files import SourceFile

if TYPE_CHECKING:
    from pathlib import Path


OUTPUT = ".txt"
"""What a script printed stands beside it: ``random_intercept.R.txt``."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script and what it printed."""

    name: str
    code: str
    output: str

    @property
    def suffix(self) -> str:
        """The ending of its name, which tells its language."""
        return PurePath(self.name).suffix


def read(file: Path) -> Script:
    """The script in a file, with what stands in the file of its output."""
    output = file.with_name(f"{file.name}{OUTPUT}")
    return Script(file.name, file.read_text(encoding="utf-8"), output.read_text(encoding="utf-8"))


def columns(file: Path) -> str:
    """The columns of a file of comma-separated values, as JSON."""
    path = shown(file)
    reader = csv.reader(StringIO(SourceFile.at(file).text(purpose="data")))
    names = next(reader, [])
    made: dict[str, list[float | str]] = {name: [] for name in names}
    for row in reader:
        if len(row) != len(names):
            problem = f"this row has {len(row)} of {len(names)} cells"
            raise error(path, reader.line_num, problem, "write one for each column")
        for name, text in zip(names, row, strict=True):
            made[name].append(_value(text))
    if not any(made.values()):
        hint = "write the names of the columns, and below them a line for each row"
        raise error(path, 1, "there are no rows", hint)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _value(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    if not isfinite(number):
        return text
    return int(number) if number.is_integer() else number

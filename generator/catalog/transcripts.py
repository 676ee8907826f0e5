"""Scripts that pages show, each with what it printed when it was run: ``tests/code``."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from generator.files.inputs import Inputs

OUTPUT = ".txt"
"""What a script printed stands beside it: ``random_intercept.R.txt``."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A script and what it printed."""

    name: str
    code: str
    output: str

    @property
    def suffix(self) -> str:
        """The ending of its name, which tells its language."""
        return PurePath(self.name).suffix


def names(inputs: Inputs) -> tuple[str, ...]:
    """Every script whose output is kept."""
    outputs = [name.removeprefix("code/") for name in inputs.below("code/")]
    return tuple(name.removesuffix(OUTPUT) for name in outputs if name.endswith(OUTPUT))


def read(folder: Path, name: str) -> Transcript:
    """The script of that name."""
    code = (folder / name).read_text(encoding="utf-8")
    return Transcript(name, code, (folder / f"{name}{OUTPUT}").read_text(encoding="utf-8"))


def columns(file: Path) -> str:
    """The columns of a file of comma-separated values, as JSON."""
    with file.open(encoding="utf-8", newline="") as lines:
        names, *rows = csv.reader(lines)
    made = {
        name: [_value(text) for text in column]
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _value(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number

"""Write a page or a simulator under a new name; never over something that is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from generator.errors import error
from generator.files.writing import write_atomically
from generator.pages.sources import NAME
from generator.project import shown

HERE = Path(__file__).parent
_SIMULATOR = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def page(name: str, content: Path, folders: Sequence[str]) -> list[Path]:
    """The files of a new page."""
    if not NAME.fullmatch(name):
        raise error(name, None, "this cannot be the name of a page", "use a-z, 0-9 and -")
    files = {content / folder / f"{name}.md": f"page/{folder}.md.txt" for folder in folders}
    return _written(files, name)


def simulator(name: str, content: Path, simulators: Path, folders: Sequence[str]) -> list[Path]:
    """The files of a new simulator."""
    if not _SIMULATOR.fullmatch(name):
        hint = "use a-z, 0-9 and single hyphens, beginning with a letter"
        raise error(name, None, "this cannot be the name of a simulator", hint)
    package = simulators / name.replace("-", "_")
    _refuse_what_is_there(package.with_suffix(".py"))
    code = ("__init__.py", "model.py", "chart.py")
    files = {package / file: f"simulator/{file}.txt" for file in code}
    files |= {
        content / folder / "widgets" / f"{name}.toml": f"simulator/{folder}.toml.txt"
        for folder in folders
    }
    return _written(files, name)


def _written(files: Mapping[Path, str], name: str) -> list[Path]:
    for file in files:
        _refuse_what_is_there(file)
    words = {"name": name, "folder": name.replace("-", "_")}
    for file, example in files.items():
        text = Template((HERE / example).read_text(encoding="utf-8")).substitute(words)
        write_atomically(file, text.encode())
    return list(files)


def _refuse_what_is_there(file: Path) -> None:
    if file.exists():
        raise error(shown(file), None, "this is already there", "choose another name")

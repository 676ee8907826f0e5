"""Authors' modules, imported from the folders of chapters and simulators beside their content."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


def chapter_module(name: str, chapters: Path) -> ModuleType:
    """The module with an input name such as ``chapters/first/values/doubling.py``."""
    use_simulators(chapters.parent / "widgets" / "simulators")
    parent = str(chapters.parent)
    if parent not in sys.path:
        sys.path.insert(0, parent)
    return import_module(name.removesuffix(".py").replace("/", "."))


def use_simulators(folder: Path) -> None:
    """Make the simulators of a course those that ``widgets.simulators`` finds, and no others."""
    from widgets import simulators  # noqa: PLC0415  brings numpy, which not every page needs

    if not folder.is_dir() or list(simulators.__path__) == [str(folder)]:
        return
    simulators.__path__[:] = [str(folder)]
    simulators.names.cache_clear()
    for name in [name for name in sys.modules if name.startswith(f"{simulators.__name__}.")]:
        del sys.modules[name]

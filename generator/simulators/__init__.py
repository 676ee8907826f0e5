"""Simulators on pages: their words, their charts, and what a page shows before any script runs."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from generator.project import shown
from generator.simulators import charts, code, labels, page, trial, words
from widgets import simulators


def use(folder: Path) -> None:
    """Make the simulators of a course those that ``widgets.simulators`` finds, and no others."""
    if list(simulators.__path__) == [str(folder)]:
        return
    simulators.__path__[:] = [str(folder)]
    simulators.names.cache_clear()
    for name in [name for name in sys.modules if name.startswith(f"{simulators.__name__}.")]:
        del sys.modules[name]


def fragment(name: str, language: str, content: Path) -> str:
    """The HTML of a simulator in one language, whose folder in ``content`` is ``language``."""
    label_file = Path(language) / "widgets" / f"{name}.toml"
    shared = Path(language) / "interface.toml"
    own = labels.read(content / label_file, shown(content / label_file))
    common = words.read(content / shared, shown(content / shared))
    return page.html(_simulator(name), own, common)


def _simulator(name: str) -> page.Simulator:
    module = f"{simulators.__name__}.{name.replace('-', '_')}"
    folder = Path(import_module(module).__path__[0])
    widget = simulators.load(name)
    trial.check(widget, name, folder / "model.py")
    return page.Simulator(widget, charts.drawing(module), code.of(folder))

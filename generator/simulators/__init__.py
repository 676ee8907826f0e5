"""Simulators on pages: their words, their charts, and what a page shows before any script runs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from generator.simulators import charts, code, labels, page, words
from widgets import simulators


@dataclass(frozen=True, slots=True)
class Fragment:
    """A simulator ready to be put into a page of one language."""

    name: str
    language: str
    title: str
    html: str


def fragment(name: str, language: str, content: Path) -> Fragment:
    """The simulator in one language, whose folder in ``content`` is ``language``."""
    label_file = Path(language) / "widgets" / f"{name}.toml"
    shared = Path(language) / "interface.toml"
    own = labels.read(content / label_file, (content.name / label_file).as_posix())
    common = words.read(content / shared, (content.name / shared).as_posix())
    return Fragment(name, language, own.title, page.html(_simulator(name), own, common))


def _simulator(name: str) -> page.Simulator:
    widget = simulators.load(name)
    module = f"{simulators.__name__}.{name.replace('-', '_')}"
    folder = Path(import_module(module).__path__[0])
    return page.Simulator(widget, charts.drawing(f"{module}.chart"), code.of(folder))

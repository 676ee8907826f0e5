"""Simulators on pages: their words, their charts, and what a page shows before any script runs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from generator.simulators import charts, code, label_validation, labels, page, trial
from generator.source_files import SourceFile
from generator.templates import Templates
from widgets import simulators
from widgets.contract import Widget


def fragment(
    name: str, language: str, content: Path, common: labels.Words, templates: Templates
) -> str:
    """The HTML of a simulator in one language.

    ``language`` is the language's folder in ``content``, ``common`` the words that all simulators
    share in it.
    """
    label_file = Path(language) / "widgets" / f"{name}.toml"
    own = labels.read(SourceFile.at(content / label_file))
    return page.html(_simulator(name, own), own, common, templates)


def card(name: str, language: str, content: Path) -> str:
    """What a gallery shows of a simulator: its title, and the first of its charts as SVG.

    Two lines, the title and the chart, in HTML.
    """
    own = labels.read(SourceFile.at(content / language / "widgets" / f"{name}.toml"))
    return page.card(_simulator(name, own), own)


def _simulator(name: str, own: labels.Labels) -> page.Simulator:
    """A simulator whose labels fit it: they are looked at before anything is computed."""
    module = f"{simulators.__name__}.{name.replace('-', '_')}"
    folder = Path(import_module(module).__path__[0])
    widget = simulators.load(name)
    drawing = charts.drawing(module)
    if isinstance(widget, Widget):
        label_validation.check(own, widget, drawing.sizes)
    trial.check(widget, name, folder / "model.py")
    return page.Simulator(widget, drawing, code.of(folder))

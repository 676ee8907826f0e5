"""What goes wrong in a simulator that the site shows, anywhere its controls can be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import Mistake
from generator.simulators import trial
from widgets import simulators

if TYPE_CHECKING:
    from generator.checking.document import Document


def faults(documents: Iterable[Document]) -> Iterator[Mistake]:
    """The mistakes in every simulator that stands on a page, each simulator tried once."""
    shown = {name.partition(".")[0] for page in documents for name in page.controls}
    for name in sorted(shown & set(simulators.names())):
        widget = simulators.load(name)
        yield from trial.faults(widget, Path(widget.simulate.__code__.co_filename).parent)

"""The code of a simulator as the page shows it: the very source that runs, coloured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from generator.highlighting import highlighted
from widgets.contract import BUILD_TIME_FILE

NOT_SHOWN = frozenset({BUILD_TIME_FILE, "__init__.py"})


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of the model."""

    name: str
    html: Markup


def of(folder: Path) -> tuple[ShownFile, ...]:
    """The files of the model, ``model.py`` first."""
    paths = [path for path in folder.glob("*.py") if path.name not in NOT_SHOWN]
    return tuple(
        ShownFile(path.name, Markup(highlighted(path.read_text(encoding="utf-8"), "python")))  # noqa: S704  escaped by Pygments
        for path in sorted(paths, key=lambda path: (path.name != "model.py", path.name))
    )

"""The simulators, one folder each; a folder's ``model.py`` ends in ``WIDGET``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from widgets.contract import Widget


class UnknownSimulatorError(LookupError):
    """A name that no simulator bears."""


@cache
def names() -> tuple[str, ...]:
    """The names of all simulators, as pages write them."""
    return tuple(
        sorted(module.name.replace("_", "-") for module in iter_modules(__path__) if module.ispkg)
    )


def load(name: str) -> Widget[Any]:
    """The simulator of that name."""
    if name not in names():
        msg = f"there is no simulator {name!r}; there are {', '.join(names())}"
        raise UnknownSimulatorError(msg)
    widget: Widget[Any] = import_module(f"{__name__}.{name.replace('-', '_')}.model").WIDGET
    return widget

"""The instruments, one folder each; a folder's ``model.py`` ends in ``INSTRUMENT``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from widgets.contract import Instrument


class UnknownInstrumentError(LookupError):
    """A name that no instrument bears."""


def names() -> tuple[str, ...]:
    """The names of all instruments, as pages write them."""
    return tuple(
        sorted(module.name.replace("_", "-") for module in iter_modules(__path__) if module.ispkg)
    )


def load(name: str) -> Instrument:
    """The instrument of that name.

    Raises
    ------
    UnknownInstrumentError
        If there is none.
    """
    if name not in names():
        msg = f"there is no instrument {name!r}; there are {', '.join(names())}"
        raise UnknownInstrumentError(msg)
    found = import_module(f"{__name__}.{name.replace('-', '_')}.model").INSTRUMENT
    if not isinstance(found, Instrument):
        msg = f"{name}: INSTRUMENT must be an Instrument, not {type(found).__name__}"
        raise TypeError(msg)
    return found

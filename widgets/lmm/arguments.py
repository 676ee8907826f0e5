"""What arguments must be; who gives another is told its name, the rule and the value."""

from __future__ import annotations

from numbers import Integral, Real

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from .arrays import Floats
from .errors import DataError, MethodError

LONGEST = 60
"""Characters of a value that an error shows."""


def check_choice(argument: str, value: object, choices: tuple[object, ...]) -> None:
    """Refuse a value that is not one of the choices.

    Raises
    ------
    MethodError
        Naming the argument, its choices and the value.
    """
    if value not in choices:
        listed = ", ".join(repr(choice) for choice in choices)
        rule = f"one of {listed}" if len(choices) > 1 else listed
        msg = f"{argument} must be {rule}, not {value!r}"
        raise MethodError(msg)


def check_share(argument: str, value: object) -> None:
    """Refuse what does not lie between 0 and 1, as a confidence level does: 0.95, not 95.

    Raises
    ------
    MethodError
        Naming the argument and the value.
    """
    if not isinstance(value, Real) or not 0 < float(value) < 1:
        msg = f"{argument} must lie between 0 and 1, not {value!r}"
        raise MethodError(msg)


def check_count(argument: str, value: object, least: int = 1) -> None:
    """Refuse what is not a whole number from ``least`` on.

    Raises
    ------
    MethodError
        Naming the argument, its least value and the value.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        msg = f"{argument} must be a whole number and at least {least}, not {value!r}"
        raise MethodError(msg)


def check_generator(rng: object) -> None:
    """Refuse what is not numpy's random generator, such as a seed alone.

    Raises
    ------
    MethodError
        Naming the value.
    """
    if not isinstance(rng, Generator):
        msg = f"rng must be a random generator, such as numpy.random.default_rng(1), not {rng!r}"
        raise MethodError(msg)


def numbers(argument: str, values: ArrayLike) -> Floats:
    """The values as an array of numbers, of the shape they have; NaN where one is None.

    Raises
    ------
    DataError
        If they are no numbers, or rows of different lengths.
    """
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        msg = f"{argument} must hold numbers, not {shown(values)}"
        raise DataError(msg) from None


def finite(argument: str, values: ArrayLike) -> Floats:
    """The values as numbers in one row, shape (n,).

    Raises
    ------
    DataError
        If there is none, if they are no numbers or not finite, or stand in a table.
    """
    array = numbers(argument, values)
    if array.ndim != 1 or not array.size or not np.all(np.isfinite(array)):
        msg = f"{argument} must hold finite numbers in one row, at least one, not {shown(values)}"
        raise DataError(msg)
    return array


def shown(values: object) -> str:
    """The value, in a line that is not too long to read."""
    text = " ".join(repr(values).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

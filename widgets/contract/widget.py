"""A simulator as one value: its controls, its read-outs and the functions between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from numpy.random import Generator

from widgets.contract.controls import Control, ControlError, Value
from widgets.contract.results import Readout, Result, Table, Tally

V = TypeVar("V", bound=Mapping[str, object])
"""The values of one simulator's controls, a ``TypedDict`` in its ``model.py``."""


class ContractError(ValueError):
    """A simulator whose parts do not fit each other."""


@dataclass(frozen=True, slots=True)
class Try:
    """A setting worth trying: the controls it moves; with ``repeat`` the experiment is repeated."""

    name: str
    values: Mapping[str, Value]
    repeat: bool = False


@dataclass(frozen=True)
class Repeats(Generic[V]):
    """The experiment repeated many times, in chunks whose tallies add up."""

    run: Callable[[V, Generator, int], Tally]
    """Values, random numbers and how many experiments to draw."""

    summarise: Callable[[V, Tally], Result]
    """What a tally says, with its Monte Carlo error."""

    readouts: tuple[Readout, ...]
    verdicts: tuple[str, ...]
    """Every sentence that ``summarise`` may name."""


@dataclass(frozen=True)
class Widget(Generic[V]):
    """A simulator: controls in, one :class:`Result` out."""

    name: str
    controls: tuple[Control, ...]
    readouts: tuple[Readout, ...]
    verdicts: tuple[str, ...]
    """Every sentence that ``simulate`` may name, so that labels can be checked against it."""

    simulate: Callable[[V, Generator], Result]
    dataset: Callable[[V, Generator], Table]
    """The data behind the figure in full, as the reader downloads them."""

    notes: tuple[str, ...] = ()
    comparison: tuple[str, ...] = ()
    """Rows of the table that compares analyses: ``ols`` stands for all readouts ``ols.*``."""

    tries: tuple[Try, ...] = ()
    repeats: Repeats[V] | None = None

    def __post_init__(self) -> None:
        """Refuse parts that do not fit."""
        names = [control.name for control in self.controls]
        _refuse_twins(self.name, "control", names)
        _refuse_twins(self.name, "readout", [readout.name for readout in self.all_readouts])
        for control in self.controls:
            control.parse(control.default)
        for attempt in self.tries:
            self.values(attempt.values)
        for row in self.comparison:
            if not any(readout.name.startswith(f"{row}.") for readout in self.readouts):
                msg = f"{self.name}: the comparison names {row!r}, but no readout is called {row}.…"
                raise ContractError(msg)

    @property
    def all_readouts(self) -> tuple[Readout, ...]:
        """Those of one run, then those of the repeats."""
        return self.readouts + (self.repeats.readouts if self.repeats else ())

    @property
    def defaults(self) -> V:
        """The values that the page opens with."""
        return self.values({})

    def values(self, given: Mapping[str, object]) -> V:
        """Values for every control: those given, checked, and the defaults for the rest."""
        unknown = sorted(set(given) - {control.name for control in self.controls})
        if unknown:
            msg = f"{self.name} has no control called {unknown[0]!r}"
            raise ControlError(msg)
        return cast(
            "V",
            {
                control.name: control.parse(given.get(control.name, control.default))
                for control in self.controls
            },
        )


def _refuse_twins(widget: str, kind: str, names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            msg = f"{widget}: two {kind}s are called {name!r}; each needs a name of its own"
            raise ContractError(msg)

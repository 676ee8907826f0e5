"""The few types a simulator is made of.

A simulator is a value, :class:`Widget`: the controls a reader moves, the numbers they are
answered with, and one pure function between the two. It holds no words; a label is looked up
by the name of what it labels in ``content/<language>/widgets/<name>.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar, cast

from numpy.random import Generator

Value = int | float | str
"""What a control can be set to."""

Cell = int | float | str | None
"""One entry of a table; ``None`` is a value that does not exist."""

Table = Mapping[str, Sequence[Cell]]
"""Named columns of one length."""

Tally = Mapping[str, Sequence[int]]
"""Counts that can be added: the tally of two runs is the sum of their tallies."""

Style = Literal["decimal", "p", "df", "count", "percent"]
"""How a number is written; see :mod:`widgets.notation`."""

V = TypeVar("V", bound=Mapping[str, object])
"""The values of one simulator's controls, a ``TypedDict`` in its ``model.py``."""


class ControlError(ValueError):
    """A value that its control does not allow."""


class ContractError(ValueError):
    """A simulator whose parts do not fit each other."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A number between ``low`` and ``high`` in steps of ``step``, counted from ``low``."""

    name: str
    low: float
    high: float
    default: float
    step: float = 1

    @property
    def is_integer(self) -> bool:
        """Whether every value it can take is a whole number."""
        return all(float(number).is_integer() for number in (self.low, self.step))

    def parse(self, value: object) -> int | float:
        """The value as a number inside the range."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            msg = f"{self.name} must be a number, not {value!r}"
            raise ControlError(msg)
        if not self.low <= value <= self.high:
            msg = f"{self.name} must lie between {self.low:g} and {self.high:g}, not {value!r}"
            raise ControlError(msg)
        if self.is_integer:
            if not float(value).is_integer():
                msg = f"{self.name} must be a whole number, not {value!r}"
                raise ControlError(msg)
            return int(value)
        return float(value)

    @property
    def corners(self) -> tuple[float, float]:
        """Its two extremes."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few named options."""

    name: str
    options: tuple[str, ...]
    default: str

    def parse(self, value: object) -> str:
        """The value as one of the options."""
        if not isinstance(value, str) or value not in self.options:
            msg = f"{self.name} must be one of {', '.join(self.options)}, not {value!r}"
            raise ControlError(msg)
        return value

    @property
    def corners(self) -> tuple[str, ...]:
        """All its options."""
        return self.options


@dataclass(frozen=True, slots=True)
class Seed:
    """Which sample is drawn: equal seeds, equal samples."""

    default: int = 1
    name: Literal["seed"] = "seed"
    low: int = 0
    high: int = 2**32 - 1

    def parse(self, value: object) -> int:
        """The value as a whole number that numpy takes as a seed."""
        return int(Slider(self.name, self.low, self.high, self.default).parse(value))

    @property
    def corners(self) -> tuple[int, int]:
        """Its two extremes."""
        return self.low, self.high


Control = Slider | Choice | Seed


@dataclass(frozen=True, slots=True)
class Readout:
    """A number that is shown, and how it is written."""

    name: str
    style: Style = "decimal"


@dataclass(frozen=True, slots=True)
class Try:
    """A setting worth trying: the controls it moves; with ``repeat`` the experiment is repeated."""

    name: str
    values: Mapping[str, Value]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What one run answers.

    ``readouts`` has a value for every readout declared, ``None`` where nothing can be estimated.
    ``verdict`` and ``notes`` name sentences; ``tables`` are the data the charts draw, by the name
    that the charts give them.
    """

    readouts: Mapping[str, float | None]
    verdict: str
    notes: tuple[str, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)


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

"""What a reader moves: sliders, choices and the seed of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Value = int | float | str
"""What a control can be set to."""


class ControlError(ValueError):
    """A value that its control does not allow."""


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

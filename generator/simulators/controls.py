"""Controls as the page shows them: names, limits, words and the value they open with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from generator.simulators.labels import ControlWords, Labels
from generator.simulators.sentence import Written
from widgets.contract import Choice, Control, Seed, Value, Widget
from widgets.notation import MINUS

Kind = Literal["slider", "choice", "seed"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ControlView:
    """One control of the panel."""

    kind: Kind
    name: str
    id: str
    default: Value
    text: str
    words: ControlWords
    low: str = ""
    high: str = ""
    step: str = ""
    decimals: int = 0
    options: tuple[Option, ...] = ()

    @property
    def live(self) -> dict[str, Any]:
        """What the page's script needs to know of it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "default": self.default,
            "decimals": self.decimals,
            "unit": self.words.unit,
        }


def views(widget: Widget[Any], labels: Labels) -> tuple[ControlView, ...]:
    """Every control, in the order of the simulator."""
    return tuple(
        _view(control, f"{widget.name}-{control.name}", labels.controls[control.name])
        for control in widget.controls
    )


def written(widget: Widget[Any], labels: Labels) -> dict[str, Written]:
    """The opening values as sentences write them."""
    return {view.name: Written(view.text) for view in views(widget, labels)}


def number(value: float, decimals: int) -> str:
    """A control's number as people read it; ``browser/simulator/controls.js`` writes it alike."""
    return f"{value:z,.{decimals}f}".replace("-", MINUS)


def _view(control: Control, ident: str, words: ControlWords) -> ControlView:
    if isinstance(control, Choice):
        options = tuple(
            Option(option, words.options[option], option == control.default)
            for option in control.options
        )
        text = words.options[control.default]
        return ControlView(
            "choice", control.name, ident, control.default, text, words, options=options
        )
    seed = isinstance(control, Seed)
    step = 1.0 if isinstance(control, Seed) else control.step
    decimals = max(_decimals(step), _decimals(control.low))
    default = control.parse(control.default)
    return ControlView(
        kind="seed" if seed else "slider",
        name=control.name,
        id=ident,
        default=default,
        text=str(default) if seed else number(default, decimals),
        words=words,
        low=f"{control.low:.15g}",
        high=f"{control.high:.15g}",
        step=f"{step:.15g}",
        decimals=decimals,
    )


def _decimals(value: float) -> int:
    exponent = Decimal(f"{value:.15g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))

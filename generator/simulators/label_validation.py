"""Whether labels fit their simulator: nothing missing, nothing superfluous, no unknown number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import MistakeError
from generator.simulators import sentence
from generator.simulators.labels import ControlWords, Labels, Words
from widgets.contract import Choice, Control, Readout, Widget

COLUMNS = ("estimate", "se", "df", "t", "p", "interval")
"""Columns of a comparison, in reading order."""

INTERVAL = ("low", "high")

Complaint = tuple[str, str, str]
"""Where in the labels, what is wrong, and what would be right."""


def check(labels: Labels, widget: Widget[Any], charts: Iterable[str]) -> None:
    """Refuse labels that do not fit the simulator, with everything that is wrong with them."""
    complaints = _complaints(labels, widget, set(charts))
    mistakes = [labels.document.mistake(*complaint) for complaint in complaints]
    if mistakes:
        raise MistakeError(*mistakes)


def in_comparison(widget: Widget[Any], readout: Readout) -> bool:
    """Whether a readout stands in the table that compares analyses."""
    row, _, column = readout.name.rpartition(".")
    return row in widget.comparison and column in (*COLUMNS, *INTERVAL)


def columns(widget: Widget[Any]) -> tuple[str, ...]:
    """The columns that the comparison has."""
    present = {
        readout.name.rpartition(".")[2]
        for readout in widget.readouts
        if in_comparison(widget, readout)
    }
    if present & set(INTERVAL):
        present.add("interval")
    return tuple(column for column in COLUMNS if column in present)


def _complaints(labels: Labels, widget: Widget[Any], charts: set[str]) -> Iterator[Complaint]:
    yield from _keys("controls", labels.controls, [control.name for control in widget.controls])
    yield from _options(labels.controls, widget.controls)
    yield from _keys("rows", labels.rows, widget.comparison)
    yield from _keys("columns", labels.columns, columns(widget))
    single = [readout.name for readout in widget.readouts if not in_comparison(widget, readout)]
    yield from _keys("readouts", labels.readouts, single)
    yield from _keys("verdicts", labels.verdicts, widget.verdicts)
    yield from _keys("notes", labels.notes, widget.notes)
    yield from _keys("tries", labels.tries, [attempt.name for attempt in widget.tries])
    yield from _keys("charts", labels.chart_words, charts)
    for name, words in labels.chart_words.items():
        if "alt" not in words:
            place = f"charts.{name}.alt"
            yield place, f"{place} is missing", "say in words what the chart shows"
    controls = {control.name for control in widget.controls}
    known = _Known(controls, {readout.name for readout in widget.readouts})
    for section in ("verdicts", "notes"):
        yield from known.unknown_places(section, getattr(labels, section))
    yield from known.unknown_places("charts", _alternatives(labels.charts))
    yield from _repeats(labels, widget, controls)


def _repeats(labels: Labels, widget: Widget[Any], controls: set[str]) -> Iterator[Complaint]:
    repeats, words = widget.repeats, labels.repeats
    if repeats is None or words is None:
        if repeats is not None:
            yield "repeats", "[repeats] is missing", "the simulator repeats its experiment"
        if words is not None:
            hint = "the simulator does not repeat its experiment"
            yield "repeats", "[repeats] is superfluous", hint
        return
    names = [readout.name for readout in repeats.readouts]
    yield from _keys("repeats.readouts", words.readouts, names)
    yield from _keys("repeats.verdicts", words.verdicts, repeats.verdicts)
    known = _Known(controls, set(names))
    yield from known.unknown_places("repeats.verdicts", words.verdicts)
    yield from known.unknown_places("repeats.charts", _alternatives(words.charts))


def _options(words: Mapping[str, ControlWords], controls: Iterable[Control]) -> Iterator[Complaint]:
    for control in controls:
        if control.name in words:
            options = control.options if isinstance(control, Choice) else ()
            yield from _keys(
                f"controls.{control.name}.options", words[control.name].options, options
            )


def _alternatives(charts: Mapping[str, Words]) -> Words:
    return {f"{name}.alt": words.get("alt", "") for name, words in charts.items()}


def _keys(section: str, given: Iterable[str], wanted: Iterable[str]) -> Iterator[Complaint]:
    given, wanted = list(given), list(wanted)
    for name in sorted(set(wanted) - set(given)):
        yield section, f"{section} lacks {name!r}", "the simulator needs a text for it"
    for name in sorted(set(given) - set(wanted)):
        known = ", ".join(wanted) or "none"
        hint = f"the simulator knows only {known}"
        yield f"{section}.{name}", f"{section} has {name!r}", hint


@dataclass(frozen=True, slots=True)
class _Known:
    """The names that a sentence may use."""

    controls: set[str]
    readouts: set[str]

    def unknown_places(self, section: str, words: Words) -> Iterator[Complaint]:
        for key, text in words.items():
            at = f"{section}.{key}"
            if sentence.stray_braces(text):
                yield at, f"{at} has a brace too many", "a place is written {group.p}"
            for place in sentence.places(text):
                names = self.readouts if place.relation else self.readouts | self.controls
                if place.name not in names:
                    sign = "=" if place.relation else ""
                    hint = f"it may name {', '.join(sorted(names))}"
                    yield at, f"{at} names {{{sign}{place.name}}}", hint

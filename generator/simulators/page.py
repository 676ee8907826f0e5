"""A simulator on a page: everything it shows before any script runs, true at its defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.simulators import charts, code, controls, label_validation, readouts, sentence
from generator.simulators.labels import Labels, Words
from generator.simulators.sentence import Written
from generator.templates import Templates
from widgets import host
from widgets.contract import Widget

LIVE = (
    "copied",
    "loading",
    "png_failed",
    "progress",
    "ready",
    "stale",
    "stopped",
)
"""Those that a page's script says; the others stand in the page already."""

CHUNK = 100
"""Experiments drawn at once; the page's script draws as many, so that the numbers are equal."""

REPEATS = 1000
MANY_REPEATS = 10_000

Reply = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Simulator:
    """A simulator with all that a page needs of it."""

    widget: Widget[Any]
    drawing: charts.Drawing
    sources: tuple[code.ShownFile, ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart of the page: its first frame in every size, and what it shows in words."""

    name: str
    alternative: str
    frames: Mapping[str, Markup]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the simulator, in words and pictures."""

    verdict: Markup
    notes: tuple[Markup, ...]
    charts: tuple[ChartView, ...]


def html(simulator: Simulator, labels: Labels, words: Words, templates: Templates) -> str:
    """The HTML of the whole element; ``words`` are those that all simulators share."""
    widget = simulator.widget
    label_validation.check(labels, widget, simulator.drawing.sizes)
    drawn = charts.compiled(simulator.drawing, labels)
    settings = controls.written(widget, labels)
    reply = _asked({"call": "simulate", "widget": widget.name, "values": {}})
    context: dict[str, Any] = {
        "name": widget.name,
        "labels": labels,
        "words": words,
        "controls": controls.views(widget, labels),
        "columns": readouts.columns(widget, labels),
        "rows": readouts.rows(widget, labels, reply["readouts"]),
        "items": readouts.items(widget, labels, reply["readouts"]),
        "answered": _answered(
            reply,
            settings,
            labels.verdicts,
            labels.notes,
            _own(drawn, labels.charts),
            labels.charts,
        ),
        "tries": [(attempt, labels.tries[attempt.name]) for attempt in widget.tries],
        "repeats": _repeats(widget, labels, drawn, settings),
        "sources": simulator.sources,
        "live": _live(widget, labels, words, drawn),
    }
    return templates.render("simulator.html", context, words=labels.document.path)


def card(simulator: Simulator, labels: Labels) -> str:
    """The title and the first chart at the defaults, in its narrow size, on a line each."""
    drawn = _own(charts.compiled(simulator.drawing, labels), labels.charts)
    reply = _asked({"call": "simulate", "widget": simulator.widget.name, "values": {}})
    frame = charts.first_frame(drawn[0], "narrow", reply["tables"]).replace("\n", " ")
    return f"{escape(labels.title)}\n{frame}"


def _asked(request: Mapping[str, Any]) -> Reply:
    reply: Reply = json.loads(host.answer(json.dumps(request)))
    return reply


def repeated(name: str, count: int) -> Reply:
    """The experiment repeated at the defaults, in the chunks that the page's script uses."""
    reply: Reply = {"tally": None, "done": 0}
    while reply["done"] < count:
        so_far = {"tally": reply["tally"], "done": reply["done"], "count": CHUNK}
        reply = _asked({"call": "repeat", "widget": name, "values": {}, **so_far})
    return reply


def _own(drawn: tuple[charts.Chart, ...], words: Mapping[str, Words]) -> list[charts.Chart]:
    return [chart for chart in drawn if chart.name in words]


def _answered(
    reply: Reply,
    settings: Mapping[str, Written],
    verdicts: Words,
    notes: Words,
    drawn: list[charts.Chart],
    chart_words: Mapping[str, Words],
) -> Answered:
    numbers = {**settings, **readouts.written(reply["readouts"])}
    return Answered(
        verdict=sentence.marked_up(verdicts[reply["verdict"]], numbers),
        notes=tuple(sentence.marked_up(notes[note], numbers) for note in reply["notes"]),
        charts=tuple(
            ChartView(
                chart.name,
                sentence.plain(chart_words[chart.name]["alt"], numbers),
                {
                    size: Markup(charts.first_frame(chart, size, reply["tables"]))  # noqa: S704  our own drawing
                    for size in charts.SIZES
                },
            )
            for chart in drawn
        ),
    )


def _repeats(
    widget: Widget[Any],
    labels: Labels,
    drawn: tuple[charts.Chart, ...],
    settings: Mapping[str, Written],
) -> dict[str, Any] | None:
    if widget.repeats is None or labels.repeats is None:
        return None
    reply = repeated(widget.name, REPEATS)
    own = _own(drawn, labels.repeats.charts)
    words = labels.repeats
    return {
        "title": words.title,
        "intro": words.intro,
        "counts": {"repeat": REPEATS, "repeat_many": MANY_REPEATS},
        "items": readouts.listed(widget.repeats.readouts, words.readouts, reply["readouts"]),
        "answered": _answered(reply, settings, words.verdicts, {}, own, words.charts),
    }


def _live(
    widget: Widget[Any], labels: Labels, words: Words, drawn: tuple[charts.Chart, ...]
) -> Markup:
    """What the page's script needs, as JSON that cannot end its element."""
    needed = {
        "controls": [view.live for view in controls.views(widget, labels)],
        "verdicts": labels.verdicts,
        "notes": labels.notes,
        "repeatVerdicts": labels.repeats.verdicts if labels.repeats else {},
        "chunk": CHUNK,
        "tries": {
            attempt.name: {"values": attempt.values, "repeat": attempt.repeat}
            for attempt in widget.tries
        },
        "words": {name: words[name] for name in LIVE},
        "charts": {
            chart.name: {
                "alt": labels.chart_words[chart.name]["alt"],
                "spec": chart.spec,
            }
            for chart in drawn
        },
    }
    text = json.dumps(needed, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  JSON with every < escaped

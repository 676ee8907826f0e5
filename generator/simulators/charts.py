"""Charts of a simulator: from Altair to Vega, and from Vega and data to the first frame as SVG."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import altair as alt
import vl_convert

from generator.errors import MistakeError, error, nearest
from generator.project import shown
from generator.simulators import svg
from generator.simulators.labels import Labels, Words
from generator.simulators.measuring import use_own_fonts
from generator.source_files import Document
from widgets.contract import BUILD_TIME_FILE

Size = Literal["wide", "narrow"]
SIZES: tuple[Size, ...] = ("wide", "narrow")
Tables = Mapping[str, Mapping[str, list[Any]]]
Spec = dict[str, Any]

MEASURED_FONT = "Liberation Sans"
"""vl-convert brings this font along; what it lacks is measured as :mod:`measuring` says. What is
drawn with is decided by the page's style sheet."""

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])

AUTOSIZE = {"type": "fit", "contains": "padding", "resize": True}
"""The given size is that of the whole chart, axes included, whatever the numbers on them."""


CONFIG: Spec = {
    "font": MEASURED_FONT,
    "aria": False,
    "background": None,
}


DESCRIPTIONS = frozenset({"description", "ariaRoleDescription"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """What ``chart.py`` of a simulator defines."""

    path: str
    """The file's path as mistakes name it."""

    charts: Callable[[Mapping[str, Words]], Mapping[str, alt.TopLevelMixin]]
    sizes: Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in Vega, without data, and the sizes it is drawn in."""

    name: str
    path: str
    """The path of the file that defines it, as mistakes name it."""

    spec: Spec
    sizes: Mapping[str, tuple[int, int]]

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables it draws."""
        return tuple(data["name"] for data in self.spec["data"] if _is_given(data))


def drawing(package: str) -> Drawing:
    """What draws the charts of the simulator in a package."""
    name = BUILD_TIME_FILE.removesuffix(".py")
    loaded: ModuleType = importlib.import_module(f"{package}.{name}")
    return Drawing(shown(Path(str(loaded.__file__))), loaded.charts, loaded.SIZES)


def compiled(drawing: Drawing, labels: Labels) -> tuple[Chart, ...]:
    """Every chart in Vega, with the words of one language, in the order of ``SIZES``."""
    document = labels.document
    words = {name: _Used(document, name, words) for name, words in labels.chart_words.items()}
    drawn = drawing.charts(words)
    _refuse_unused(labels, words, drawing)
    if set(drawn) != set(drawing.sizes):
        problem = f"SIZES has {sorted(drawing.sizes)}, but charts() has {sorted(drawn)}"
        raise error(drawing.path, None, problem, "name the same charts in both")
    return tuple(
        Chart(name, drawing.path, _vega(drawn[name], sizes["wide"]), sizes)
        for name, sizes in drawing.sizes.items()
    )


def first_frame(chart: Chart, size: Size, tables: Tables) -> str:
    """The chart of the given data as SVG for the page."""
    missing = [name for name in chart.tables if name not in tables]
    if missing:
        problem = f"the chart {chart.name!r} draws a table {missing[0]!r}"
        advice = nearest(missing[0], tables, what="the result has")
        raise error(chart.path, None, problem, advice)
    width, height = chart.sizes[size]
    data = [
        {**data, "values": list(_rows(tables[data["name"]]))} if _is_given(data) else data
        for data in chart.spec["data"]
    ]
    spec = {**chart.spec, "width": width, "height": height, "data": data}
    use_own_fonts()
    return svg.for_page(vl_convert.vega_to_svg(spec))


class _Used(dict[str, str]):
    """Words that remember which of them were asked for."""

    def __init__(self, document: Document, chart: str, words: Words) -> None:
        super().__init__(words)
        self.document = document
        self.chart = chart
        self.asked = {"alt"}

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)

    def __missing__(self, name: str) -> str:
        place = f"charts.{self.chart}"
        hint = f'write {name} = "…"'
        raise self.document.error(place, f"{place} lacks {name!r}", hint)


def _refuse_unused(labels: Labels, words: Mapping[str, _Used], drawing: Drawing) -> None:
    mistakes = [
        labels.document.mistake(place, f"{drawing.path} never asks for {place}", "leave it out")
        for chart, used in words.items()
        for name in sorted(set(used) - used.asked)
        for place in (f"charts.{chart}.{name}",)
    ]
    if mistakes:
        raise MistakeError(*mistakes)


def _vega(chart: alt.TopLevelMixin, size: tuple[int, int]) -> Spec:
    lite = chart.to_dict()
    width, height = size
    config = lite.get("config", {}) | CONFIG
    lite |= {"width": width, "height": height, "autosize": AUTOSIZE, "config": config}
    vega: Spec = vl_convert.vegalite_to_vega(lite, vl_version=VEGA_LITE)
    return {name: value for name, value in _lean(vega).items() if name != "$schema"}


def _lean(part: Any) -> Any:  # noqa: ANN401  a JSON tree
    """The spec without what costs time at every movement.

    Single marks need no descriptions: the chart has one text alternative. Values are finite: none
    has to be filtered out. A dot that lets its fill shine through is painted at once; one that is
    see-through as a whole is a layer of its own.
    """
    if isinstance(part, list):
        return [_lean(one) for one in part if not _looks_for_invalid(one)]
    if not isinstance(part, dict):
        return part
    lean = {name: _lean(value) for name, value in part.items() if name not in DESCRIPTIONS}
    if "fill" in lean and "stroke" not in lean and "opacity" in lean:
        lean["fillOpacity"] = lean.pop("opacity")
    return lean


def _looks_for_invalid(part: object) -> bool:
    if not isinstance(part, dict) or part.get("type") != "filter":
        return False
    return str(part.get("expr", "")).startswith("isValid(")


def _is_given(data: Mapping[str, Any]) -> bool:
    return not {"source", "values", "url"} & set(data)


def _rows(table: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True))

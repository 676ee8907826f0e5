"""``:::{cell} random_intercept.cell`` with ``:data: mice.csv``: a script that readers can run.

It runs in the browser, on this site's engine, with the file's columns under the name ``data``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Cell
from generator.markdown.reading import piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def cell(directive: Directive) -> list[Token]:
    """The hole that a cell fills."""
    directive.refuse_options("data")
    directive.refuse_text()
    name, line = directive.required("random_intercept.cell"), directive.line
    data = directive.options.get("data")
    if not data:
        raise directive.reading.refusal(line, "{cell} has no data", "write :data: mice.csv in it")
    return [piece(Cell(name, data, line), line, Mark("cell", name, line))]

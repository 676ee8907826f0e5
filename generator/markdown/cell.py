"""``:::{cell} random_intercept.cell`` with ``:data: mice.csv``: a script that readers can run.

It runs in the browser, on this site's engine, with the file's columns under the name ``data``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import Cell

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def cell(directive: Directive) -> list[Token]:
    """The placeholder of a cell."""
    directive.refuse_options("data")
    directive.refuse_text()
    name, line = directive.required("random_intercept.cell"), directive.line
    data = directive.options.get("data")
    if not data:
        raise directive.page_state.error(line, "{cell} has no data", "write :data: mice.csv in it")
    return [placeholder_token(Cell(name, data, line), line, OutlineItem("cell", name, line))]

"""``:::{simulator} nested``: a simulator, made from ``widgets/simulators/<name>``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Simulator
from generator.markdown.reading import piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def simulator(directive: Directive) -> list[Token]:
    """The hole that a simulator fills."""
    directive.refuse_options()
    directive.refuse_text()
    name, line = directive.required("nested"), directive.line
    token = piece(Simulator(name, line), line, Mark("simulator", name, line))
    token.meta["id"] = f"sim-{name}"
    return [token]

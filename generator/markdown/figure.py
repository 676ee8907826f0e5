"""``:::{figure} sixty-cells``: a drawn figure, made by ``generator/figures/<name>.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Figure
from generator.markdown.reading import piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def figure(directive: Directive) -> list[Token]:
    """The hole that a figure fills."""
    directive.refuse_options()
    directive.refuse_text()
    name, line = directive.required("sixty-cells"), directive.line
    token = piece(Figure(name, line), line, Mark("figure", name, line))
    token.meta["id"] = f"fig-{name}"
    return [token]

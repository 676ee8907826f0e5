"""``:::{references}``: the list of everything that the page cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import References
from generator.markdown.reading import piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive

LIST = "reference-list"
"""Its id."""


def references(directive: Directive) -> list[Token]:
    """The hole that the list fills."""
    directive.refuse_options()
    directive.refuse_text()
    line = directive.line
    token = piece(References(line), line, Mark("list of references", "", line))
    token.meta["id"] = LIST
    return [token]

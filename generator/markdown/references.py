"""``:::{references}``: the list of everything that the page cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.catalog.citations import LIST
from generator.markdown.reading import piece
from generator.pages.outline import Mark
from generator.pages.pieces import References

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def references(directive: Directive) -> list[Token]:
    """The hole that the list fills."""
    directive.refuse_options()
    directive.refuse_text()
    line = directive.line
    token = piece(References(line), line, Mark("list of references", "", line))
    token.meta["id"] = LIST
    return [token]

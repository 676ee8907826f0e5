"""``:::{references}``: the list of everything that the page cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import References

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive

LIST = "reference-list"
"""Its id."""


def references(directive: Directive) -> list[Token]:
    """The placeholder of the list."""
    directive.refuse_options()
    directive.refuse_text()
    line = directive.line
    token = placeholder_token(References(line), line, OutlineItem("list of references", "", line))
    token.meta["id"] = LIST
    return [token]

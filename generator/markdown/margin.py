"""``:::{margin}``: a note beside the text, or below its paragraph where there is no margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, opening

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def margin(directive: Directive) -> list[Token]:
    """The tokens of a margin note."""
    directive.refuse_options()
    if directive.argument:
        problem = "a margin note has no title"
        hint = "write its text on the lines below :::{margin}"
        raise directive.page_state.error(directive.line, problem, hint)
    item = OutlineItem("margin note", "", directive.line)
    return [
        opening("div", directive.line, item, class_="margin-note", role="note"),
        *directive.contents(),
        closing("div"),
    ]

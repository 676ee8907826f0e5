"""``:::{margin}``: a note beside the text, or below its paragraph where there is no margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.reading import closing, opening

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def margin(directive: Directive) -> list[Token]:
    """The tokens of a margin note."""
    directive.refuse_options()
    if directive.argument:
        wrong = "a margin note has no title"
        right = "write its text on the lines below :::{margin}"
        raise directive.reading.refusal(directive.line, wrong, right)
    mark = Mark("margin note", "", directive.line)
    return [
        opening("div", directive.line, mark, class_="margin-note", role="note"),
        *directive.contents(),
        closing("div"),
    ]

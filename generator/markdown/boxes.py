"""``:::{note} Title``: a box that stands out of the text; without a title its kind names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Word
from generator.markdown.reading import closing, inline, opening, piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive

KINDS = ("note", "tip", "warning", "danger")


def box(directive: Directive) -> list[Token]:
    """The tokens of a box."""
    directive.refuse_options()
    kind, line = directive.name, directive.line
    title = (
        inline(directive.argument, line)
        if directive.argument
        else piece(Word(f"boxes.{kind}"), line)
    )
    return [
        opening("div", line, Mark("box", kind, line), class_=f"box box-{kind}", role="note"),
        opening("p", line, class_="box-title"),
        title,
        closing("p"),
        *directive.contents(),
        closing("div"),
    ]

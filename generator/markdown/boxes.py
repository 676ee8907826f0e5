"""Text that stands out of, or beside, the text.

``:::{note} Title``
    a box; without a title its kind names it
``:::{fold} Title``
    text that most readers skip, to be unfolded
``:::{margin}``
    a note beside the text, or below its paragraph where there is no margin
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, inline, opening, placeholder_token
from generator.markdown.placeholders import Word

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
        else placeholder_token(Word(f"boxes.{kind}"), line)
    )
    return [
        opening("div", line, OutlineItem("box", kind, line), class_=f"box box-{kind}", role="note"),
        opening("p", line, class_="box-title"),
        title,
        closing("p"),
        *directive.contents(),
        closing("div"),
    ]


def fold(directive: Directive) -> list[Token]:
    """The tokens of a text that is folded away under its title."""
    directive.refuse_options()
    title, line = directive.required("What it is about"), directive.line
    return [
        opening("details", line, OutlineItem("fold", "", line), class_="fold"),
        opening("summary", line),
        inline(title, line),
        closing("summary"),
        *directive.contents(),
        closing("details"),
    ]


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

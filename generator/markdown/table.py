"""``:::{table} Caption`` around a table gives it a caption; every table scrolls in its own box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Word
from generator.markdown.reading import Reading, closing, html, inline, opening

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def table(directive: Directive) -> list[Token]:
    """The tokens of a table with its caption."""
    directive.refuse_options()
    caption = directive.required("Caption")
    tokens = directive.contents()
    kinds = [token.type for token in tokens if token.level == 0]
    if kinds != ["table_open", "table_close"]:
        right = "write exactly one Markdown table in it"
        raise directive.reading.refusal(directive.line, "{table} does not hold one table", right)
    line = directive.line
    title = [opening("caption", line), inline(caption, line), closing("caption")]
    return [tokens[0], *title, *tokens[1:]]


def boxed(state: StateCore) -> None:
    """Put every table into a box that scrolls sideways and can be reached by keyboard."""
    page: Reading = state.env["reading"]
    tokens: list[Token] = []
    for token in state.tokens:
        _align(token)
        if token.type == "table_open":
            line = token.map[0] + 1 if token.map else 1
            label = page.hole(Word("page.table"))
            token.meta["mark"] = Mark("table", "", line)
            tokens.append(
                html(f'<div class="table" role="group" aria-label="{label}" tabindex="0">')
            )
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(html("</div>\n"))
    state.tokens = tokens


def _align(cell: Token) -> None:
    """Say by class what Markdown says by style, which the pages' security policy forbids."""
    style = str(cell.attrs.pop("style", ""))
    if style.endswith(("right", "center")):
        cell.attrs["class"] = f"align-{style.rpartition(':')[2]}"

"""``:::{table} Caption`` around a table gives it a caption; every table scrolls in its own box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_block.table import table as even_table

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import (
    ParseState,
    closing,
    html,
    inline,
    line_of,
    opening,
    page_state,
)
from generator.markdown.placeholders import Word

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
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
        hint = "write exactly one Markdown table in it"
        raise directive.page_state.error(directive.line, "{table} does not hold one table", hint)
    line = directive.line
    title = [opening("caption", line), inline(caption, line), closing("caption")]
    return [tokens[0], *title, *tokens[1:]]


def install(md: MarkdownIt) -> None:
    """Let the parser count the cells that an author writes, which it would even out."""
    md.block.ruler.at("table", _counted, {"alt": ["paragraph", "reference"]})


def _counted(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  as markdown-it calls it
    before = len(state.tokens)
    found = even_table(state, start, end, silent)
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            token.meta["cells"] = _cells(getLine(state, token.map[0]).strip())
    return found


def _cells(row: str) -> int:
    cells = escapedSplit(row)
    return len(cells) - (cells[0] == "") - (cells[-1] == "")


def boxed(state: StateCore) -> None:
    """Put every table into a box that scrolls sideways and can be reached by keyboard."""
    page = page_state(state.env)
    tokens: list[Token] = []
    columns = 0
    for token in state.tokens:
        _align(token)
        if token.type == "thead_open":
            columns = 0
        if token.type == "tr_open":
            columns = columns or token.meta["cells"]
            _refuse_ragged(page, token, columns)
        if token.type == "table_open":
            line = line_of(token)
            label = page.placeholder(Word("page.table"))
            token.meta["item"] = OutlineItem("table", "", line)
            tokens.append(
                html(f'<div class="table" role="group" aria-label="{label}" tabindex="0">')
            )
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(html("</div>\n"))
    state.tokens = tokens


def _refuse_ragged(page: ParseState, row: Token, columns: int) -> None:
    cells = row.meta["cells"]
    if cells != columns:
        line = line_of(row)
        hint = "write one for each column; a bar inside a cell is \\|"
        raise page.error(line, f"this row has {cells} of {columns} cells", hint)


def _align(cell: Token) -> None:
    """Say by class what Markdown says by style, which the pages' security policy forbids."""
    style = str(cell.attrs.pop("style", ""))
    if style.endswith(("right", "center")):
        cell.attrs["class"] = f"align-{style.rpartition(':')[2]}"

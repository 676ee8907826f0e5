"""``{#id .class lang=en}`` after or above an element; what would break the page is refused."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

from generator.markdown.parse_state import every_token, line_of, page_state

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

ALLOWED = ("id", "class", "lang", "title", "width", "height")


def install(md: MarkdownIt) -> None:
    """Let the parser read attributes."""
    md.use(attrs_plugin, spans=True, allowed=ALLOWED)
    md.use(attrs_block_plugin, allowed=ALLOWED)
    md.core.ruler.before("attr", "attributes_belong", belong)


def belong(state: StateCore) -> None:
    """Refuse attributes on a line of their own with no block below them."""
    page = page_state(state.env)
    for token, below in pairwise([*state.tokens, None]):
        if token and token.type == "attrs_block" and (below is None or below.nesting < 0):
            hint = "write them above the block they belong to"
            raise page.error(line_of(token), "attributes stand above nothing", hint)


def checked(state: StateCore) -> None:
    """Refuse attributes that a page may not have."""
    page = page_state(state.env)
    for token, line in every_token(state.tokens):
        refused = token.meta.get("insecure_attrs")
        if refused:
            hint = f"use one of {', '.join(ALLOWED)}; looks belong into the style sheets"
            raise page.error(line, f"attribute {next(iter(refused))!r} is not allowed", hint)

"""What looks like Markdown and is none would be printed with all its signs: it is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.parse_state import inline_tokens, page_state

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_LEFT = (
    (
        re.compile(r"\[\^[^\]\s]+\]"),
        "the footnote {} has no text",
        "write {}: and the text on a line of its own",
    ),
    (
        re.compile(r"\]\("),
        "a link cannot be read",
        "write [text](page.md), without spaces in the address",
    ),
    (re.compile(r"\$\$"), "a formula does not end", "write $$ on both sides of it"),
    (
        re.compile(r"^\|.*"),
        "the row {} is in no table",
        "write below the first row |---| with as many parts as it has cells",
    ),
)
"""What is left, what is wrong with it, and what would be right; a backslash keeps any sign."""


def refused(state: StateCore) -> None:
    """Refuse text with signs that were meant to do something."""
    page = page_state(state.env)
    for token, line in inline_tokens(state.tokens):
        if token.type != "text":
            continue
        for pattern, problem, hint in _LEFT:
            if found := pattern.search(token.content):
                raise page.error(line, problem.format(found[0]), hint.format(found[0]))

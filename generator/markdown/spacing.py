"""Spaces that an author types between Chinese and Latin are left out of Chinese pages.

The style sheet sets ``text-autospace``, which makes that gap of the right width. It does not reach
formulas, so a space beside a formula stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.parse_state import page_state
from generator.unicode_ranges import HAN, LATIN, SIGN

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


_INSIDE = re.compile(
    rf"(?<=[{HAN}]) +(?=[{LATIN}{SIGN}])|(?<=[{LATIN}]) +(?=[{HAN}])"
    rf"|(?<=[{SIGN}]) +(?=[^ ])|(?<=[^ ]) +(?=[{SIGN}])"
)
_CHINESE = re.compile(rf"[{HAN}{SIGN}]")
_TEXTS = {"text", "code_inline", "placeholder"}


def closed(state: StateCore) -> None:
    """Remove the spaces from every line of a Chinese page."""
    if page_state(state.env).folder != "zh":
        return
    for token in state.tokens:
        if token.type == "inline":
            _close([child for child in token.children or () if child.nesting == 0])


def _close(tokens: list[Token]) -> None:
    for left, token, hint in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type != "text":
            continue
        token.content = _INSIDE.sub("", token.content)
        inner = token.content.strip(" ")
        if left and _touch(left, left.content[-1:], inner[:1]):
            token.content = token.content.lstrip(" ")
        if hint and _touch(hint, inner[-1:], hint.content[:1]):
            token.content = token.content.rstrip(" ")


def _touch(neighbour: Token, before: str, after: str) -> bool:
    """Whether nothing belongs between a text and its neighbour, since one of them is Chinese."""
    return neighbour.type in _TEXTS and bool(_CHINESE.match(before) or _CHINESE.match(after))

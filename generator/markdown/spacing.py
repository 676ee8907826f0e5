"""Spaces that an author types between ideographs and Latin are left out where these are the script.

The style sheet sets ``text-autospace``, which makes that gap of the right width. It does not reach
formulas, so a space beside a formula stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.parse_state import page_state
from generator.unicode_ranges import HAN, KANA, LATIN, SIGN

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


_WIDE = HAN + KANA
_INSIDE = re.compile(
    rf"(?<=[{_WIDE}]) +(?=[{LATIN}{SIGN}])|(?<=[{LATIN}]) +(?=[{_WIDE}])"
    rf"|(?<=[{SIGN}]) +(?=[^ ])|(?<=[^ ]) +(?=[{SIGN}])"
)
_IDEOGRAPH = re.compile(rf"[{_WIDE}{SIGN}]")
_TEXTS = {"text", "code_inline", "placeholder"}


def closed(state: StateCore) -> None:
    """Remove the spaces from every line of a page that is written in ideographs."""
    if not page_state(state.env).language.is_ideographic:
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
    """Whether nothing belongs between a text and its neighbour, as one of them is an ideograph."""
    return neighbour.type in _TEXTS and bool(_IDEOGRAPH.match(before) or _IDEOGRAPH.match(after))

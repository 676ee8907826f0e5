"""Spaces that an author types between Chinese and Latin are left out of Chinese pages.

The style sheet sets ``text-autospace``, which makes that gap of the right width. It does not reach
formulas, so a space beside a formula stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.reading import reading
from generator.scripts import HAN, LATIN, SIGN

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


_INSIDE = re.compile(
    rf"(?<=[{HAN}]) +(?=[{LATIN}{SIGN}])|(?<=[{LATIN}]) +(?=[{HAN}])"
    rf"|(?<=[{SIGN}]) +(?=[^ ])|(?<=[^ ]) +(?=[{SIGN}])"
)
_BEFORE = re.compile(rf"(?<=[{HAN}{SIGN}]) +$")
_AFTER = re.compile(rf"^ +(?=[{HAN}{SIGN}])")
_TEXTS = {"text", "code_inline", "piece"}


def closed(state: StateCore) -> None:
    """Remove the spaces from every line of a Chinese page."""
    if reading(state.env).folder != "zh":
        return
    for token in state.tokens:
        if token.type == "inline":
            _close([child for child in token.children or () if child.nesting == 0])


def _close(tokens: list[Token]) -> None:
    for place, token in enumerate(tokens):
        if token.type != "text":
            continue
        token.content = _INSIDE.sub("", token.content)
        if place and tokens[place - 1].type in _TEXTS:
            token.content = _AFTER.sub("", token.content)
        if place + 1 < len(tokens) and tokens[place + 1].type in _TEXTS:
            token.content = _BEFORE.sub("", token.content)

"""What reads badly when a line ends in it stays on one line.

A short piece of code, or a term like ``(1 | group)`` within a longer one; ``p = .03``; a formula
and the punctuation behind it, which browsers would let begin the next line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from generator.markdown.placeholders import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

LONGEST = 22
"""Characters of code that still find room on a line of the narrowest phone."""

NO_BREAK = "\u00a0"
_TERM = re.compile(rf"\((?=[^()]* )[^()]{{1,{LONGEST}}}\)")
_BEHIND = re.compile(r"[,.;:)，。；：、）」]+")
_BESIDE_A_SIGN = re.compile(r" (?=[=<>] )|(?<=[=<>]) ")


def joined(state: StateCore) -> None:
    """Join code, and numbers with their sign, to one line."""
    for token in state.tokens:
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "code_inline" and len(child.content) <= LONGEST:
                child.attrJoin("class", "unbroken")
            elif child.type == "text":
                child.content = _BESIDE_A_SIGN.sub(NO_BREAK, child.content)
                if _stands_between_symbol_and_value(children, place):
                    child.content = NO_BREAK
                if place and children[place - 1].content.startswith("<math"):
                    _join_punctuation(children[place - 1], child)


def code(
    _self: RendererProtocol,
    tokens: Sequence[Token],
    place: int,
    _options: object,
    _env: object,
) -> str:
    """The HTML of code in running text, each of its terms on one line.

    A long name may end a line after its package, lest the punctuation behind it begin the next.
    """
    token = tokens[place]
    content = escapeHtml(token.content)
    if len(token.content) > LONGEST:
        content = content.replace("::", "::<wbr>")
        content = _TERM.sub(r'<span class="unbroken">\g<0></span>', content)
    return f"<code{RendererHTML.renderAttrs(token)}>{content}</code>"


def _join_punctuation(formula: Token, text: Token) -> None:
    if behind := _BEHIND.match(text.content):
        formula.content = f'<span class="unbroken">{formula.content}{behind[0]}</span>'
        text.content = text.content[behind.end() :]


def _stands_between_symbol_and_value(children: list[Token], place: int) -> bool:
    if children[place].content != " " or not 0 < place < len(children) - 1:
        return False
    before, after = children[place - 1], children[place + 1]
    return before.type == "em_close" and isinstance(after.meta.get("placeholder"), Value)

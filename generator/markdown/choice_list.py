"""A list that ends a text: of the answers to what stands above it, and what follows from each.

The first paragraph of an item is the answer, the rest of the item is what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.markdown.parse_state import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer."""

    text: Token
    """Its running text."""

    follows: list[Token]
    line: int


def parted(tokens: list[Token]) -> tuple[list[Token], list[Answer]]:
    """What stands before the list at the end, and its items; no items if no list ends the text."""
    blocks = list(_blocks(tokens))
    if not blocks or blocks[-1][0].type != "bullet_list_open":
        return tokens, []
    before = [token for block in blocks[:-1] for token in block]
    items = _blocks(blocks[-1][1:-1])
    return before, [_answer(item[1:-1], item[0]) for item in items]


def _answer(tokens: list[Token], item: Token) -> Answer:
    line = line_of(item)
    if not tokens or tokens[0].type != "paragraph_open":
        return Answer(item, tokens, line)
    return Answer(tokens[1], tokens[3:], line)


def _blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each block at the outermost level."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []

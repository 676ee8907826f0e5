"""A line may end anywhere in a Chinese sentence: no space comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.unicode_ranges import is_wide

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


def joined(state: StateCore) -> None:
    """Remove line ends that stand beside a Chinese character."""
    for token in state.tokens:
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "softbreak" and (
                is_wide(_edge(children[place - 1 :: -1], -1) if place else " ")
                or is_wide(_edge(children[place + 1 :], 0))
            ):
                child.type, child.content = "text", ""


def _edge(tokens: list[Token], place: int) -> str:
    """The visible character nearest to a line end."""
    for token in tokens:
        if token.content and token.type in {"text", "code_inline"}:
            return token.content[place]
        if token.nesting == 0 and token.type != "text":
            break
    return " "

"""The state that the rules share while one page is read, and the tokens that they make."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from generator.errors import MistakeError, error
from generator.markdown.outline_items import OutlineItem
from generator.markdown.placeholders import Body, Placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.languages import Language

ID = re.compile(r"[a-z][a-z0-9-]*")
"""What an id in a page looks like, and the key of a reference."""

PLACEHOLDER = re.compile("\x00(\\d+)\x00")
"""A placeholder in rendered HTML; Markdown itself lets no NUL through."""


@dataclass(slots=True)
class ParseState:
    """One page while it is read: its path, its language, and the placeholders left so far."""

    path: str
    language: Language
    placeholders: list[Placeholder] = field(default_factory=list)
    cited: Counter[str] = field(default_factory=Counter)

    def error(self, line: int, problem: str, hint: str) -> MistakeError:
        """The error for a mistake in this page."""
        return error(self.path, line, problem, hint)

    def count_citation(self, key: str) -> int:
        """How many times the page has now cited this reference."""
        self.cited[key] += 1
        return self.cited[key]

    def placeholder(self, placeholder: Placeholder) -> str:
        """What stands in the HTML until the placeholder is resolved."""
        self.placeholders.append(placeholder)
        return f"\x00{len(self.placeholders) - 1}\x00"

    def body(self, html: str) -> Body:
        """The HTML taken apart into text and placeholders."""
        parts = PLACEHOLDER.split(html)
        return tuple(
            self.placeholders[int(part)] if place % 2 else part
            for place, part in enumerate(parts)
            if place % 2 or part
        )


def page_state(env: Any) -> ParseState:  # noqa: ANN401  markdown-it's environment is a free-form mapping
    """The reading that a parser's environment belongs to."""
    found: ParseState = env["page_state"]
    return found


def line_of(token: Token) -> int:
    """The line in which a block begins; 1 of what the author did not write."""
    return token.map[0] + 1 if token.map else 1


def unclosed(token: Token) -> bool:
    """Whether a fenced block goes on to the end of the text for want of a line that ends it."""
    start, end = token.map or (0, 0)
    return end - start - 1 == token.content.count("\n")


def placeholder_token(
    placeholder: Placeholder, line: int, item: OutlineItem | None = None
) -> Token:
    """A token that leaves a placeholder in the page."""
    return Token(
        "placeholder",
        "",
        0,
        meta={"placeholder": placeholder} | item_meta(item),
        map=[line - 1, line],
    )


def item_meta(item: OutlineItem | None) -> dict[str, Any]:
    """What a token carries so that the outline finds it."""
    return {"item": item} if item else {}


def html(text: str) -> Token:
    """A token that renders this HTML."""
    return Token("html", "", 0, content=text)


def opening(tag: str, line: int, item: OutlineItem | None = None, **attributes: str) -> Token:
    """The token that opens an element; ``class_`` stands for ``class``."""
    attrs: dict[str, str | int | float] = {
        name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()
    }
    return Token(
        "element_open", tag, 1, attrs=attrs, meta=item_meta(item), map=[line - 1, line], block=True
    )


def closing(tag: str) -> Token:
    """The token that closes an element."""
    return Token("element_close", tag, -1, block=True)


def inline(text: str, line: int) -> Token:
    """A token of text whose inline Markdown is still to be read."""
    return Token("inline", "", 0, content=text, map=[line - 1, line], children=[])


def inline_tokens(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every token inside running text with its line."""
    for token in tokens:
        if token.type != "inline":
            continue
        line = line_of(token)
        for child in token.children or ():
            yield child, line
            line += child.type in {"softbreak", "hardbreak"}


def every_token(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every block, then every token inside running text, each with its line."""
    yield from ((token, line_of(token)) for token in tokens)
    yield from inline_tokens(tokens)

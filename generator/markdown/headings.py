"""``## Title {#id}``: every heading has an id, the same in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs.parse import ParseError, parse

from generator.markdown.attributes import ALLOWED
from generator.markdown.marks import Mark
from generator.markdown.pieces import Word
from generator.markdown.reading import ID, html, line_of, reading

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.markdown.reading import Reading

_TAIL = re.compile(r"\s*(\{[^{}]*\})\s*$")


def identified(state: StateCore) -> None:
    """Take the attributes at a heading's end and refuse a heading without an id."""
    page = reading(state.env)
    above = 1
    for token, text in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "heading_open":
            continue
        line = line_of(token)
        _take_attributes(token, text)
        level = int(token.tag[1])
        _check(page, line, token, text.content, above)
        above = level
        token.meta["mark"] = Mark(
            f"heading {token.markup or token.tag}", str(token.attrs["id"]), line
        )


def anchored(state: StateCore) -> None:
    """End every heading with a link to itself."""
    page = reading(state.env)
    for token, text in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open" and text.children is not None:
            label = page.hole(Word("page.anchor"))
            link = f'<a class="heading-link" href="#{token.attrs["id"]}" aria-label="{label}">#</a>'
            text.children.append(html(link))


def _take_attributes(heading: Token, text: Token) -> None:
    match = _TAIL.search(text.content)
    if not match:
        return
    try:
        _, attributes = parse(match[1])
    except ParseError:
        return
    heading.attrs.update(attributes)
    refused = {name: value for name, value in attributes.items() if name not in ALLOWED}
    heading.meta["insecure_attrs"] = refused
    text.content = text.content[: match.start()]


def _check(page: Reading, line: int, heading: Token, text: str, above: int) -> None:
    level = int(heading.tag[1])
    if level == 1:
        right = "write sections as ## Title {#id}; the title stands in the front matter"
        raise page.refusal(line, f"{text!r} is a second title of the page", right)
    if level > above + 1:
        right = f"write {'#' * (above + 1)} {text}"
        raise page.refusal(line, f"{text!r} jumps from level {above} to level {level}", right)
    name = str(heading.attrs.get("id", ""))
    if not text.strip():
        right = f"write {heading.markup} Title {{#{name or 'short-name'}}}"
        raise page.refusal(line, "a heading has no text", right)
    if not ID.fullmatch(name):
        wrong = (
            f"the id {name!r} has other signs than a-z, 0-9 and -"
            if name
            else (f"the heading {text!r} has no id")
        )
        right = f"write {heading.markup} {text} {{#short-name}}, the same id in both languages"
        raise page.refusal(line, wrong, right)

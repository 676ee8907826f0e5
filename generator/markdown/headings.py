"""``## Title {#id}``: every heading has an id, the same in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs.parse import ParseError, parse

from generator.markdown.attributes import ALLOWED
from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import ID, html, line_of, page_state
from generator.markdown.placeholders import Word

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.markdown.parse_state import ParseState

_TAIL = re.compile(r"\s*(\{[^{}]*\})\s*$")


def identified(state: StateCore) -> None:
    """Take the attributes at a heading's end and refuse a heading without an id."""
    page = page_state(state.env)
    above = 1
    for token, text in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "heading_open":
            continue
        line = line_of(token)
        _take_attributes(token, text)
        level = int(token.tag[1])
        _check(page, line, token, text.content, above)
        above = level
        token.meta["item"] = OutlineItem(
            f"heading {token.markup or token.tag}", str(token.attrs["id"]), line
        )


def anchored(state: StateCore) -> None:
    """End every heading with a link to itself."""
    page = page_state(state.env)
    for token, text in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open" and text.children is not None:
            label = page.placeholder(Word("page.anchor"))
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


def _check(page: ParseState, line: int, heading: Token, text: str, above: int) -> None:
    level = int(heading.tag[1])
    if level == 1:
        hint = "write sections as ## Title {#id}; the title stands in the front matter"
        raise page.error(line, f"{text!r} is a second title of the page", hint)
    if level > above + 1:
        hint = f"write {'#' * (above + 1)} {text}"
        raise page.error(line, f"{text!r} jumps from level {above} to level {level}", hint)
    name = str(heading.attrs.get("id", ""))
    if not text.strip():
        hint = f"write {heading.markup} Title {{#{name or 'short-name'}}}"
        raise page.error(line, "a heading has no text", hint)
    if not ID.fullmatch(name):
        problem = (
            f"the id {name!r} has other signs than a-z, 0-9 and -"
            if name
            else (f"the heading {text!r} has no id")
        )
        hint = f"write {heading.markup} {text} {{#short-name}}, the same id in both languages"
        raise page.error(line, problem, hint)

"""Links: to pages by their ``.md`` file, to sections by ``#id``, to files beside the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import inline_tokens, page_state
from generator.markdown.placeholders import Link, PictureSize

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.markdown.parse_state import ParseState

EXTERNAL = re.compile(r"(https?|mailto):", re.IGNORECASE)
PICTURES = (".avif", ".gif", ".jpg", ".jpeg", ".png", ".svg", ".webp")
SIDES: tuple[Literal["width"], Literal["height"]] = ("width", "height")


def resolved(state: StateCore) -> None:
    """Leave a placeholder for every URL inside the site, and refuse pictures that are none."""
    page = page_state(state.env)
    for token, line in inline_tokens(state.tokens):
        name = {"link_open": "href", "image": "src"}.get(token.type)
        if not name:
            continue
        target = str(token.attrs[name])
        if token.type == "image":
            _check_picture(page, line, token.content, target)
            _measure(page, token, target)
            token.attrs["loading"] = "lazy"
            token.meta["item"] = OutlineItem("picture", "", line, inline=True)
        if not EXTERNAL.match(target):
            token.attrs[name] = page.placeholder(Link(target, line))


def _measure(page: ParseState, token: Token, target: str) -> None:
    """Give a picture the width and height that the author has not given it."""
    for side, other in (SIDES, SIDES[::-1]):
        if side not in token.attrs:
            given = str(token.attrs.get(other, ""))
            length = int(given) if given.isdecimal() else None
            token.attrs[side] = page.placeholder(PictureSize(target, side, length))


def _check_picture(page: ParseState, line: int, shows: str, target: str) -> None:
    if not shows.strip():
        hint = "write what it shows: ![what it shows](file)"
        raise page.error(line, f"the image {unquote(target)} has no text alternative", hint)
    if EXTERNAL.match(target) or not target.lower().endswith(PICTURES):
        hint = f"name a file beside the text that ends in {', '.join(PICTURES)}"
        raise page.error(line, f"{unquote(target)} is no picture of this site", hint)

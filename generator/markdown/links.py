"""Links: to pages by their ``.md`` file, to sections by ``#id``, to files beside the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.pieces import Link
from generator.markdown.reading import inline_tokens, reading

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

EXTERNAL = re.compile(r"(https?|mailto):", re.IGNORECASE)


def resolved(state: StateCore) -> None:
    """Leave a hole for every URL inside the site, and refuse images without an alternative."""
    page = reading(state.env)
    for token, line in inline_tokens(state.tokens):
        name = {"link_open": "href", "image": "src"}.get(token.type)
        if not name:
            continue
        target = str(token.attrs[name])
        if token.type == "image":
            if not token.content.strip():
                right = "write what it shows: ![what it shows](file)"
                raise page.refusal(line, f"the image {target} has no text alternative", right)
            token.attrs["loading"] = "lazy"
        if not EXTERNAL.match(target):
            token.attrs[name] = page.hole(Link(target, line))

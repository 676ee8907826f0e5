"""HTML in Markdown is refused, comments excepted: they are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.parse_state import every_token, page_state

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore


_COMMENTS = re.compile(r"(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


def refused(state: StateCore) -> None:
    """Drop comments, refuse every other tag."""
    page = page_state(state.env)
    for token, line in every_token(state.tokens):
        if token.type not in {"html_block", "html_inline"}:
            continue
        text = token.content.strip()
        if not _COMMENTS.fullmatch(text):
            raise page.error(line, *_mistake(text))
        token.type, token.content = "html", ""


def _mistake(text: str) -> tuple[str, str]:
    """What is wrong with a piece of HTML, and what would be right."""
    begins = text.splitlines()[0]
    if not text.startswith("<!--"):
        hint = "write Markdown, a directive or a role; write &lt; for the sign <"
        return f"{begins!r} is raw HTML", hint
    if "-->" not in text:
        return f"the comment {begins!r} does not end", "write --> behind it"
    return f"{begins!r} begins with a comment", "write the comment on lines of its own"

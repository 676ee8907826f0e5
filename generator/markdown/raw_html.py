"""HTML in Markdown is refused, comments excepted: they are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.parse_state import every_token, page_state

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore


def refused(state: StateCore) -> None:
    """Drop comments, refuse every other tag."""
    page = page_state(state.env)
    for token, line in every_token(state.tokens):
        if token.type not in {"html_block", "html_inline"}:
            continue
        text = token.content.strip()
        if not (text.startswith("<!--") and text.endswith("-->")):
            hint = "write Markdown, a directive or a role; write &lt; for the sign <"
            raise page.error(line, f"{text.splitlines()[0]!r} is raw HTML", hint)
        token.type, token.content = "html", ""

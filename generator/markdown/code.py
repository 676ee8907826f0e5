"""Code blocks, highlighted while the site is built."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.highlighting import LanguageError, highlighted
from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import line_of, page_state, unclosed

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore


def coloured(state: StateCore) -> None:
    """Highlight every fenced block."""
    page = page_state(state.env)
    for token in state.tokens:
        if token.type not in {"fence", "code_block"}:
            continue
        line = line_of(token)
        if token.type == "fence" and unclosed(token):
            raise page.error(line, "the code does not end", f"end it with a line {token.markup}")
        language = token.info.strip()
        try:
            code = highlighted(token.content, language)
        except LanguageError as cause:
            hint = "name it as Pygments does (r, python, bash, text, …)"
            raise page.error(line, f"no highlighter for {language!r}", hint) from cause
        named = f' data-language="{escape(language)}"' if language else ""
        token.type = "html"
        token.content = f'<pre class="highlight" tabindex="0"{named}><code>{code}</code></pre>\n'
        token.meta = {"item": OutlineItem("code", language, line)}

"""Code blocks, highlighted while the site is built."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import line_of, page_state, unclosed

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore


class LanguageError(LookupError):
    """A language that the highlighter does not know."""


@lru_cache(maxsize=1024)
def highlighted(code: str, language: str) -> str:
    """The code in HTML, each token with its class."""
    if language in {"", "text"}:
        return escape(code, quote=False)
    from pygments import highlight  # noqa: PLC0415  a page without code starts faster
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound as cause:
        raise LanguageError(language) from cause
    result: str = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return result


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

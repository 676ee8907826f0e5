"""Code in HTML, each of its tokens with a class that ``assets/highlighting.py`` gives a colour."""

from __future__ import annotations

from functools import lru_cache
from html import escape


class LanguageError(LookupError):
    """A language that the highlighter does not know."""


@lru_cache(maxsize=1024)
def highlighted(code: str, language: str) -> str:
    """The HTML of code in a language that Pygments knows by this name; ``""`` has no classes."""
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

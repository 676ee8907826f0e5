"""A script and what it printed, as pages show them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.markdown.code import highlighted

if TYPE_CHECKING:
    from generator.catalog.transcripts import Transcript
    from generator.catalog.words import Words

LEXERS = {".R": "r", ".py": "python"}
LANGUAGES = {".R": "R", ".py": "Python"}


def printed(made: Transcript, words: Words, *, with_code: bool) -> str:
    """The HTML of a script with its output, or of the output alone."""
    text = escape(made.output, quote=False)
    output = f'<pre class="script-output" tabindex="0"><samp>{text}</samp></pre>\n'
    return _script(made, words, output) if with_code else output


def _script(made: Transcript, words: Words, output: str) -> str:
    language, lexer = LANGUAGES[made.suffix], LEXERS[made.suffix]
    copy, copied = escape(words["code.copy"]), escape(words["code.copied"])
    return (
        f'<figure class="script" data-language="{language}" data-copy="{copy}" '
        f'data-copied="{copied}">\n'
        f'<figcaption><b>{language}</b> <span translate="no">{escape(made.name)}</span>'
        "</figcaption>\n"
        f'<pre class="highlight" tabindex="0" data-language="{lexer}">'
        f"<code>{highlighted(made.code, lexer)}</code></pre>\n"
        f'<p class="script-prints">{escape(words["code.prints"])}</p>\n{output}</figure>\n'
    )

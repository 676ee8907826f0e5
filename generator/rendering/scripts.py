"""The HTML of a script and of its output."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.highlighting import highlighted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.catalog.interface import Words
    from generator.catalog.scripts import Script

LEXERS = {".R": "r", ".py": "python"}
LANGUAGES = {".R": "R", ".py": "Python"}
STATES = ("starting", "running", "stopped", "died", "failed")
BUTTONS = ("run", "stop", "reset")
SAID = ("title", "code", *BUTTONS, *STATES)


def render_script(made: Script, words: Words, *, with_code: bool) -> str:
    """The HTML of a script with its output, or of the output alone."""
    text = escape(made.output, quote=False)
    output = f'<pre class="script-output" tabindex="0"><samp>{text}</samp></pre>\n'
    return _script(made, words, output) if with_code else output


def _script(made: Script, words: Words, output: str) -> str:
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


def cell(made: Script, data: str, words: Words) -> str:
    """The HTML of a script that readers can change and run; ``data`` names a file of the page."""
    said = {name: escape(words[f"cell.{name}"]) for name in SAID}
    states = "".join(f' data-{name}="{said[name]}"' for name in STATES)
    buttons = "".join(
        f'<button type="button" data-action="{name}" hidden>{said[name]}</button>\n'
        for name in BUTTONS
    )
    output = render_script(made, words, with_code=False)
    return (
        f'<code-cell class="cell" data-file="{escape(data)}"{states}>\n'
        f'<p class="cell-title">{said["title"]}</p>\n'
        f'<textarea class="cell-code" aria-label="{said["code"]}" spellcheck="false" '
        f'autocomplete="off" translate="no" rows="{made.code.count(chr(10)) + 2}" readonly>'
        f"{escape(made.code, quote=False)}</textarea>\n"
        f'<div class="cell-tools">\n{buttons}<span role="status"></span>\n</div>\n{output}'
        "</code-cell>\n"
    )


def cell_data(files: Mapping[str, str]) -> str:
    """The HTML of the data of a page's cells, JSON by the name of their file, once each."""
    return "".join(
        f'<script type="application/json" data-cell-data="{escape(name)}">'
        f"{_harmless(data)}</script>\n"
        for name, data in files.items()
    )


def _harmless(data: str) -> str:
    """JSON that cannot end the element that it stands in."""
    return data.replace("<", "\\u003c")

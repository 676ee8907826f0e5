"""``*emphasis*``, ``**strong**`` and ``~~struck~~`` that Chinese punctuation does not switch off.

CommonMark decides from the spaces and the punctuation around a sign whether it opens or
closes. Chinese has no spaces between words, so that in ``**「重點」**是`` the second ``**``
would not close. Here only a space keeps a run beside a Chinese character or sign from opening or
closing. What ``*`` emphasises is set in italics, and Chinese has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_inline.state_inline import Delimiter

from generator.markdown.parse_state import line_of, page_state
from generator.unicode_ranges import is_wide

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline


def install(md: MarkdownIt) -> None:
    """Let the parser read emphasis this way."""
    md.inline.ruler.at("emphasis", emphasis)
    md.inline.ruler.at("strikethrough", struck)


def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the signature of every inline rule
    """Take a run of ``*`` or ``_``."""
    marker = state.src[state.pos]
    if silent or marker not in {"*", "_"}:
        return False
    length, opens, closes = _run(state, marker)
    _push(state, [marker] * length, length, opens=opens, closes=closes)
    return True


def struck(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Take a pair of ``~``."""
    if silent or state.src[state.pos] != "~":
        return False
    length, opens, closes = _run(state, "~")
    if length != len("~~"):
        return False
    _push(state, ["~~"], 0, opens=opens, closes=closes)
    return True


def _run(state: StateInline, marker: str) -> tuple[int, bool, bool]:
    """The length of the run of a sign that begins here, whether it opens and whether it closes."""
    scanned = state.scanDelims(state.pos, marker != "_")
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    if marker != "_" and (is_wide(before) or is_wide(after)):
        return scanned.length, not after.isspace(), not before.isspace()
    return scanned.length, scanned.can_open, scanned.can_close


def _push(
    state: StateInline, markers: list[str], length: int, *, opens: bool, closes: bool
) -> None:
    """Leave signs in the text that markdown-it pairs when it has read all of it."""
    for marker in markers:
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord(marker[0]), length, place, end=-1, open=opens, close=closes)
        )
    state.pos += sum(map(len, markers))


def latin_alone(state: StateCore) -> None:
    """Refuse Chinese in italics."""
    for token in state.tokens:
        slanted = 0
        for child in token.children or []:
            slanted += child.nesting if child.tag == "em" else 0
            if slanted and any(map(is_wide, child.content)):
                line = line_of(token)
                problem, hint = f"{child.content!r} would be set in italics", "write **strong**"
                raise page_state(state.env).error(line, problem, hint)

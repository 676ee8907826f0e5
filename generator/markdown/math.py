"""``$…$`` and ``$$…$$``: formulas become MathML while the site is built."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import every_token, page_state

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

DISPLAY = {"math_block": "block", "math_inline": "inline"}
_UNKNOWN = re.compile(r">(\\[A-Za-z]+)<")
_UPRIGHT = re.compile(r'(?:<mi mathvariant="normal">[^<]+</mi>)+')
_BOLD_DIGITS = re.compile(r'<mn mathvariant="bold">([0-9.]+)</mn>')


class FormulaError(ValueError):
    """A formula that cannot be read."""


@lru_cache(maxsize=8192)
def mathml(formula: str, display: str) -> str:
    """The MathML of a formula in LaTeX; ``display`` is ``inline`` or ``block``."""
    if not _balanced(formula):
        message = "its braces do not match"
        raise FormulaError(message)
    from latex2mathml.converter import (  # noqa: PLC0415  a page without formulas starts faster
        convert_to_element,
    )

    try:
        result = _written(convert_to_element(formula, display=display))
    except Exception as cause:
        # Its errors have no common class, and some are IndexErrors.
        message = str(cause) or type(cause).__name__
        raise FormulaError(message) from cause
    unknown = _UNKNOWN.search(result)
    if unknown:
        message = f"no command {unknown[1]}"
        raise FormulaError(message)
    return _mended(result)


def _balanced(formula: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", formula.replace("\\\\", "")):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _written(formula: Element) -> str:
    """The element as XML, whose signs are named by number already."""
    return tostring(formula, encoding="unicode").replace("&amp;#x", "&#x")


def _mended(mathml: str) -> str:
    r"""The MathML with what browsers draw badly said otherwise.

    An upright word is one identifier, not one for each letter; ``\sim`` is a relation; and bold
    digits have characters of their own, since browsers know no other ``mathvariant`` than normal.
    """
    mathml = _UPRIGHT.sub(lambda run: _upright(re.sub("<[^>]+>", "", run[0])), mathml)
    mathml = mathml.replace("<mi>&#x0007E;</mi>", "<mo>\u223c</mo>")
    return _BOLD_DIGITS.sub(lambda run: f"<mn>{_bold(run[1])}</mn>", mathml)


def _upright(letters: str) -> str:
    return f"<mi>{letters}</mi>" if len(letters) > 1 else f'<mi mathvariant="normal">{letters}</mi>'


def _bold(number: str) -> str:
    return "".join(chr(0x1D7CE + int(sign)) if sign.isdigit() else sign for sign in number)


def typeset(state: StateCore) -> None:
    """Turn every formula into MathML."""
    page = page_state(state.env)
    for token, line in every_token(state.tokens):
        if token.type not in DISPLAY:
            continue
        display = DISPLAY[token.type]
        try:
            token.content = mathml(token.content.strip(), display)
        except FormulaError as cause:
            problem = f"the formula ${token.content.strip()}$ cannot be read ({cause})"
            raise page.error(line, problem, "write LaTeX mathematics") from cause
        token.type = "html"
        if display == "block":
            token.content = f'<div class="equation" tabindex="0">{token.content}</div>\n'
            token.meta = {"item": OutlineItem("formula", "", line)}

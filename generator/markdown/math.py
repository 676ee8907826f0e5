"""``$…$`` and ``$$…$$``: formulas become MathML while the site is built."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.markdown.reading import inline_tokens, reading
from generator.outline import Mark

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_UNKNOWN = re.compile(r">(\\[A-Za-z]+)<")


class FormulaError(ValueError):
    """A formula that cannot be read."""


@lru_cache(maxsize=8192)
def mathml(formula: str, display: str) -> str:
    """The MathML of a formula in LaTeX; ``display`` is ``inline`` or ``block``."""
    from latex2mathml.converter import convert  # noqa: PLC0415  a page without formulas starts faster

    try:
        result: str = convert(formula, display=display)
    except Exception as error:
        # Its errors have no common class, and some are IndexErrors.
        message = str(error) or type(error).__name__
        raise FormulaError(message) from error
    unknown = _UNKNOWN.search(result)
    if unknown:
        message = f"no command {unknown[1]}"
        raise FormulaError(message)
    return result


def typeset(state: StateCore) -> None:
    """Turn every formula into MathML."""
    page = reading(state.env)
    formulas = [
        (token, token.map[0] + 1 if token.map else 1, "block")
        for token in state.tokens
        if token.type == "math_block"
    ]
    formulas += [
        (token, line, "inline")
        for token, line in inline_tokens(state.tokens)
        if token.type == "math_inline"
    ]
    for token, line, display in formulas:
        try:
            token.content = mathml(token.content.strip(), display)
        except FormulaError as error:
            wrong = f"the formula ${token.content.strip()}$ cannot be read ({error})"
            raise page.refusal(line, wrong, "write LaTeX mathematics") from error
        token.type = "html"
        if display == "block":
            token.content = f'<div class="formula" tabindex="0">{token.content}</div>\n'
            token.meta = {"mark": Mark("formula", "", line)}

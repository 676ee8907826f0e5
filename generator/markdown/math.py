"""``$…$`` and ``$$…$$``: formulas become MathML while the site is built."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import every_token, page_state
from generator.unicode_ranges import HAN

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

DISPLAY = {"math_block": "block", "math_inline": "inline"}

ENVIRONMENTS = {
    **{name: name for name in ("array", "cases", "smallmatrix", "split", "align*")},
    **{f"{kind}matrix": f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V")},
    "aligned": "align*",
    "gathered": "displaylines",
    "gather*": "displaylines",
}
"""The environments that a formula may have, and which of the converter's they are."""

REFUSED = {
    "tag": "formulas have no numbers; name the formula in the text",
    "href": "a formula holds no links; write the link in the text",
    "class": "formulas look as the style sheets have it",
    "style": "formulas look as the style sheets have it",
    "includegraphics": "write ![what it shows](file.png) in the text",
}
"""Commands that the converter knows or many expect, and what to do instead."""

CURRENCY = r"(?:US|NT|HK|SG|AU|CA|NZ|A|C|S|R)"
"""What may stand before the dollar sign of an amount."""

_AMOUNTS = re.compile(
    rf"[0-9][0-9.,]*(?:.*[^A-Za-z\\]{CURRENCY}|[,;]? (?:and|or|to) .*|.*[{HAN}].*)"
)
"""Between two dollar signs: what stands between amounts, and no formula."""

_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_BARE = re.compile(r"(?<!\\)(?:\\\\)*(%|#(?![0-9]))")
_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HINT = "write LaTeX mathematics"


class FormulaError(ValueError):
    """A formula that cannot be read: what is wrong, and what would be right."""

    def __init__(self, problem: str, hint: str = _HINT) -> None:
        super().__init__(problem)
        self.hint = hint


@lru_cache(maxsize=8192)
def mathml(formula: str, display: str) -> str:
    """The MathML of a formula in LaTeX; ``display`` is ``inline`` or ``block``.

    Raises
    ------
    FormulaError
        If something in the formula would be lost, or printed as it is written.
    """
    _check_source(formula)
    from latex2mathml.converter import (  # noqa: PLC0415  a page without formulas starts faster
        convert_to_element,
    )

    known = _ENVIRONMENT.sub(lambda found: rf"\{found[1]}{{{ENVIRONMENTS[found[2]]}}}", formula)
    try:
        element = convert_to_element(known, display=display)
    except Exception as cause:
        # Its errors have no common class, and some are IndexErrors.
        raise FormulaError(str(cause) or _named(cause)) from cause
    _check_result(element)
    return _mended(_written(element))


def _named(cause: Exception) -> str:
    """An error without a message, by the words of its class."""
    return _BREAK.sub(" ", type(cause).__name__.removesuffix("Error")).lower()


def _check_source(formula: str) -> None:
    if not _balanced(formula):
        problem = "its braces do not match"
        raise FormulaError(problem)
    for _, name in _ENVIRONMENT.findall(formula):
        if name == "align":
            problem = "align numbers its lines, and formulas have no numbers"
            raise FormulaError(problem, "write align*")
        if name not in ENVIRONMENTS:
            problem = f"no environment {name!r}"
            raise FormulaError(problem, f"the environments are {', '.join(sorted(ENVIRONMENTS))}")
    for name in _COMMAND.findall(formula):
        if name in REFUSED:
            problem = rf"\{name} is not for pages"
            raise FormulaError(problem, REFUSED[name])
    if bare := _BARE.search(formula):
        problem = f"{bare[1]} would be lost" if bare[1] == "%" else f"{bare[1]} means nothing here"
        raise FormulaError(problem, rf"write \{bare[1]} for the sign")


def _balanced(formula: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", formula.replace("\\\\", "")):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _check_result(formula: Element) -> None:
    """Refuse what the converter did not understand and passed on as it stood."""
    for element in formula.iter():
        text = element.text or ""
        if element.tag == "mi" and _COMMAND.match(text):
            problem = f"no command {text}"
            raise FormulaError(problem)
        if element.tag == "mi" and text == "&":
            problem = "& stands outside of an environment"
            raise FormulaError(problem, r"write \& for the sign, or \begin{aligned}")
        if element.get("linebreak"):
            problem = r"\\ stands outside of an environment"
            raise FormulaError(problem, r"write \begin{aligned} … \end{aligned} around the lines")


def _written(formula: Element) -> str:
    """The element as XML, whose signs are named by number already."""
    return tostring(formula, encoding="unicode").replace("&amp;#x", "&#x")


_UPRIGHT = re.compile(r'(?:<mi mathvariant="normal">[^<]+</mi>)+')
_BOLD_DIGITS = re.compile(r'<mn mathvariant="bold">([0-9.]+)</mn>')


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
        display, formula = DISPLAY[token.type], " ".join(token.content.split())
        if display == "inline" and _AMOUNTS.fullmatch(formula):
            problem = f"${formula}$ is no formula but stands between two amounts"
            raise page.error(line, problem, r"write \$ for the signs")
        try:
            token.content = mathml(formula, display)
        except FormulaError as cause:
            problem = f"the formula ${formula}$ cannot be read ({cause})"
            raise page.error(line, problem, cause.hint) from cause
        token.type = "html"
        if display == "block":
            token.content = f'<div class="equation" tabindex="0">{token.content}</div>\n'
            token.meta = {"item": OutlineItem("formula", "", line)}

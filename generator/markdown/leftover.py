"""What looks like markup and is none would be printed with all its signs: it is refused.

Running text is searched once everything that could be read in it has been read. What was read,
code and formulas included, and every sign behind a backslash stand in the searched text as one
character each, so that only what is left over is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.markdown.math import CURRENCY
from generator.markdown.parse_state import line_of, page_state
from generator.unicode_ranges import HAN, SIGN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

READ, FORMULA, OPENING, CLOSING, DOLLAR = "\ufffc", "\ue000", "\ue001", "\ue002", "\ue003"
r"""What stands for something read, for a formula, and for ``\(``, ``\)`` and ``\$``."""

_STANDS_FOR = {"softbreak": "\n", "hardbreak": "\n", "math_inline": FORMULA}
_ESCAPED = {r"\(": OPENING, r"\)": CLOSING, r"\$": DOLLAR}


@dataclass(frozen=True, slots=True)
class Leftover:
    """A pattern of what may be left; ``{}`` in problem and hint is what was found."""

    pattern: re.Pattern[str]
    problem: str
    hint: str


def _left(pattern: str, problem: str, hint: str) -> Leftover:
    return Leftover(re.compile(pattern, re.MULTILINE), problem, hint)


_STRONG = r"write **text** without spaces inside it, or \*\* for the signs"
_WIDE = rf"{HAN}{SIGN}"

MONEY = re.compile(
    rf"(?<![A-Za-z$]){CURRENCY}\$|\$(?=[ \u00a0]?[0-9])|(?<=[0-9])[ \u00a0]?\$|{DOLLAR}\$"
)
"""Dollar signs of amounts and currencies, and those behind an escaped one."""

_BLOCKS = (
    _left(
        r"^：{2,}.*",
        "the colons of {} are full-width",
        "write :::{{name}} and end it with a line :::",
    ),
    _left(r"^：", "{} begins no meaning of a term", "write : and a space"),
    _left(r"^:{1,2}\{.*", "{} is not a directive", "write three colons, and end it with :::"),
    _left(r"(?<!\w):::(?!\w)", "{} stands within a line", "write it on a line of its own"),
    _left(
        r"^＃.*", "the sign ＃ of {} is full-width", "write ## Title {{#id}} with a space behind ##"
    ),
    _left(
        r"^(?:#{2,6}[^#\s]|#[^#\s0-9]).*",
        "{} is no heading",
        r"write ## Title {{#id}} with a space behind ##, or \# for the sign",
    ),
    _left(r"^＞.*", "the sign ＞ of {} is full-width", "write > and a space"),
    _left(r"^[•●◦▪‣⁃].*", "{} is no item of a list", "write - and a space"),
    _left(
        r"^\[[ xX]\](?=\s|$)",
        "{} marks an option, and this list is in no question",
        "write it in :::{{quiz}}",
    ),
    _left(
        r"^\([A-Za-z][\w-]*\)=[ \t]*$", "{} names nothing", "write the id behind: ## Title {{#id}}"
    ),
    _left(r"^\[![A-Za-z]+\]", "{} makes no box", "write :::{{note}} and end it with a line :::"),
    _left(r"^!!![ \t]+\w.*", "{} makes no box", "write :::{{note}} and end it with a line :::"),
    _left(r"^\[TOC\]", "{} makes no contents", "leave it out; the page has its contents already"),
    _left(
        r"^\{[a-z][a-z-]*\}[ \t]*$",
        "{} is not a directive",
        "write three colons before it, and end it with a line :::",
    ),
    _left(
        r"^\|.*|^[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)+[ \t]*\|?[ \t]*$",
        "the row {} is in no table",
        "write below the first row |---| with as many parts as it has cells",
    ),
    _left(r"^｜.*", "the bars of {} are full-width", "write |"),
)
"""What begins a line."""

_LINKS = (
    _left(
        r"\[\^[^\]\s]+\]",
        "the footnote {} has no text",
        "write {}: and the text on a line of its own",
    ),
    _left(
        r"!\[(?=[^\]\n]*\](?!\w))", "a picture cannot be read", "write ![what it shows](file.png)"
    ),
    _left(
        r"\]\([ \t]*(?:javascript|vbscript|data|file):",
        "pages hold no links to programs, data and files of a machine",
        "write a page's .md file, a file beside the text, https:… or mailto:…",
    ),
    _left(r"\]\(", "a link cannot be read", "write [text](page.md), without spaces in the address"),
    _left(
        r"\][ \t]+\((?:https?:|mailto:|#|[\w./-]+\.(?:md|csv|html?|pdf|png|jpe?g|svg|webp)\b)",
        "a space parts a link's text and its address",
        "write [text](page.md)",
    ),
    _left(
        r"[!！]?［[^［］\n]*］\s*[(（][^()（）\n]*[)）]",
        "the brackets of {} are full-width",
        "write [text](page.md)",
    ),
    _left(r"［＾[^］\n]*］", "the brackets of {} are full-width", "write [^name]"),
    _left(r"(?<![A-Za-z0-9_\])])\[\[[^\[\]\n]+\]\]", "{} is no link", "write [text](page.md)"),
    _left(
        r"(?<![A-Za-z0-9_\])])\[[^\[\]\n]+\]\[[^\[\]\n]*\]",
        "{} names no address",
        "write [text](page.md)",
    ),
    _left(r"\[@[^\]\n]+\]", "{} is no citation", "write {{cite}}`key`"),
)

_SIGNS = (
    _left(r"`", "code does not end", r"write ` on both sides of it, or \` for the sign"),
    _left(r"｀+", "the signs {} are full-width", "write ` on both sides of code"),
    _left(r"<!--", "a comment does not end", "write --> behind it"),
    _left(
        r"\*\*(?=\S)|(?<=\S)\*\*",
        "** begins or ends nothing",
        _STRONG,
    ),
    _left(
        r"(?<![A-Za-z0-9*])\*(?![\s*])[^*]*(?:\*(?=[^\s*])|(?<=[^\s*])\*)",
        "* begins or ends nothing",
        r"write *text* without spaces inside it, or \* for the sign",
    ),
    _left(r"＊＊[^＊\n]+＊＊", "the signs ＊ of {} are full-width", _STRONG),
    _left(
        rf"(?<![\s_])__(?!_)|(?<!_)__(?![\s_])|(?<![A-Za-z0-9_])_(?=[{_WIDE}])|(?<=[{_WIDE}])_(?![A-Za-z0-9_])",
        "{} begins or ends nothing",
        "write **text**, or `code` around a name with such signs",
    ),
    _left(
        r"~~(?=\S)|(?<=\S)~~",
        "~~ begins or ends nothing",
        r"write ~~text~~ without spaces inside it, or \~ for the sign",
    ),
    _left(
        r"(?<![A-Za-z0-9=])==(?=[^\s=])[^=\n]*(?<=\S)==(?![A-Za-z0-9=])",
        "{} marks nothing",
        "write **text**",
    ),
    _left(
        r"\{(?:[#.][A-Za-z][\w-]*|(?:id|class|lang|title|width|height)=)[^{}\n]*\}",
        "the attributes {} belong to nothing",
        "write them right behind a link, a picture, code or [text], or on a line of their own "
        "above a block",
    ),
    _left(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}", "{} is filled with nothing", "write the text itself"),
    _left(r"｛[a-z:]+｝", "the braces of {} are full-width", "write {{name}}`text`"),
    _left(
        r"(?<!\S):[a-z][a-z0-9_+-]*:(?=[\s\ufffc]|$)",
        "{} does nothing here",
        "an option stands right below :::{{name}}, and a role is {{name}}`text`",
    ),
    _left(
        r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9A-Za-z]+);",
        "{} names no character",
        r"write the character, or \& for the sign",
    ),
)

_FORMULAS = (
    _left(
        rf"\$+{FORMULA}\$*|{FORMULA}\$+",
        "$$ stands within a line",
        "write $…$, or $$ at both ends of a line of its own",
    ),
    _left(r"\$\$", "a formula does not end", "write $$ on both sides of it"),
    _left(r"＄[^＄\n]+＄", "the signs ＄ of {} are full-width", "write $…$"),
    _left(r"\$ [^$\n]* \$(?! ?[0-9])", "{} is no formula", r"write $x$, or \$ for the sign"),
    _left(
        rf"{OPENING}[^{OPENING}]*{CLOSING}",
        r"\( and \) make no formula",
        "write $…$; a parenthesis needs no backslash",
    ),
    _left(
        r"(?<![\w:\\/])\\[A-Za-z]{2,}",
        "{} stands outside of a formula",
        r"write it in $…$, or \\ for the sign",
    ),
)

LEFTOVERS = (*_BLOCKS, *_LINKS, *_FORMULAS, *_SIGNS)
ADDRESS = _left(
    r"\bhttps?://\S|(?<![\w.@/])www\.\w",
    "an address is no link",
    "write <https://…> or [text](https://…)",
)
LONE_DOLLAR = _left(
    r"\$",
    "a $ begins or ends no formula",
    r"write $x$ without spaces inside and digits beside it, or \$ for the sign",
)


def install(md: MarkdownIt) -> None:
    """Let the parser refuse what is left over."""
    md.core.ruler.before("text_join", "leftover", refused)


def refused(state: StateCore) -> None:
    """Refuse signs that were meant to do something."""
    page = page_state(state.env)
    for token in state.tokens:
        if token.type != "inline":
            continue
        for at, problem, hint in _found(token.children or []):
            raise page.error(line_of(token) + at, problem, hint)


def _found(children: list[Token]) -> Iterator[tuple[int, str, str]]:
    """What is left in a running text: how many lines down, what is wrong, what would be right."""
    text = _searched(children)
    for one in LEFTOVERS:
        if found := one.pattern.search(text):
            yield _told(text, one, found)
    if found := ADDRESS.pattern.search(_searched(children, links=False)):
        yield _told(text, ADDRESS, found)
    rest = MONEY.sub(lambda amount: READ * len(amount[0]), text)
    if "$" in rest and (found := LONE_DOLLAR.pattern.search(rest)):
        yield _told(rest, LONE_DOLLAR, found)


def _told(text: str, one: Leftover, found: re.Match[str]) -> tuple[int, str, str]:
    shown = found[0].strip()
    return text.count("\n", 0, found.start()), one.problem.format(shown), one.hint.format(shown)


def _searched(children: list[Token], *, links: bool = True) -> str:
    """The text to search, with the text of links or without."""
    parts: list[str] = []
    within = 0
    for child in children:
        within += child.nesting * (child.type in {"link_open", "link_close"})
        if child.type == "text" and (links or not within):
            parts.append(child.content)
        elif child.type == "text_special":
            parts.append(_ESCAPED.get(child.markup) or _literal(child.content))
        else:
            parts.append(_STANDS_FOR.get(child.type, READ))
    return "".join(parts)


def _literal(special: str) -> str:
    """A backslash and the letter that it stands before; READ for a sign or a named character."""
    return special if re.fullmatch(r"\\[A-Za-z]", special) else READ

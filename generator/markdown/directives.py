"""``:::{name} argument``: a block that means something.

The block may also be fenced by backticks. Lines ``:key: value`` at its top are options. A block
around a block needs one colon more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator.errors import nearest
from generator.markdown.parse_state import ID, ParseState, line_of, page_state, unclosed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_INFO = re.compile(r"\{([a-z][a-z0-9-]*)\}\s*(.*)$")
_OPTION = re.compile(r":([a-z][a-z-]*):\s*(.*)$")

DEEPEST = 19
"""Blocks in which text may stand; markdown-it leaves out what stands deeper, and says nothing."""

_HOLDERS = {"blockquote_open", "dd_open", "footnote_reference_open", "list_item_open"}
"""Markdown's own blocks around blocks."""


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as the author wrote it."""

    name: str
    argument: str
    options: Mapping[str, str]
    text: str
    line: int
    text_line: int
    """Where its text begins."""

    page_state: ParseState
    read: Callable[[str, int], list[Token]]
    """Reads Markdown that begins at a line."""

    def contents(self) -> list[Token]:
        """Its text, read."""
        return self.read(self.text, self.text_line)

    def required(self, what: str) -> str:
        """Its argument."""
        if not self.argument:
            hint = f"write :::{{{self.name}}} {what}"
            raise self.page_state.error(self.line, f"{{{self.name}}} needs an argument", hint)
        return self.argument

    def id(self, example: str) -> str:
        """Its argument, which becomes part of an id."""
        name = self.required(example)
        if not ID.fullmatch(name):
            hint = f"write :::{{{self.name}}} {example}, with a-z, 0-9 and -"
            raise self.page_state.error(self.line, f"{name!r} cannot be an id", hint)
        return name

    def refuse_text(self) -> None:
        """Refuse any text in it."""
        if self.text.strip():
            hint = "close it with ::: on the next line and write the text below"
            raise self.page_state.error(self.text_line, f"{{{self.name}}} holds no text", hint)

    def refuse_options(self, *allowed: str) -> None:
        """Refuse any option but these."""
        for option in self.options:
            if option not in allowed:
                hint = nearest(option, allowed, what="options") if allowed else "leave it out"
                problem = f"{{{self.name}}} has no option {option!r}"
                raise self.page_state.error(self.line, problem, hint)


Handler = Callable[[Directive], "list[Token]"]


def install(md: MarkdownIt, handlers: Mapping[str, Handler]) -> None:
    """Let the parser expand these directives."""

    def expand(state: StateCore) -> None:
        page = page_state(state.env)

        def read(depth: int, text: str, line: int) -> list[Token]:
            tokens: list[Token] = []
            state.env["references"].above = line - 1
            md.block.parse(text, md, state.env, tokens)
            return expanded([_moved(token, line - 1) for token in tokens], depth)

        def expanded(tokens: list[Token], depth: int) -> list[Token]:
            found: list[Token] = []
            for token in tokens:
                inside = depth + token.level + 1
                _refuse_too_deep(token, page, inside)
                if _is_directive(token):
                    directive = _directive(token, page, partial(read, inside))
                    found += _handled(directive, handlers)
                else:
                    found.append(token)
            return found

        state.tokens = expanded(state.tokens, 0)

    md.core.ruler.after("block", "directives", expand)


def _refuse_too_deep(token: Token, page: ParseState, inside: int) -> None:
    """Refuse a block whose text would stand ``inside`` too many blocks."""
    if inside > DEEPEST and (token.type in _HOLDERS or _is_directive(token)):
        problem = f"the text of this block stands in {inside} blocks, one in the other"
        hint = f"write it outside of some; {DEEPEST} are the most, and an item in its list is two"
        raise page.error(line_of(token), problem, hint)


def _moved(token: Token, lines: int) -> Token:
    if token.map:
        token.map = [token.map[0] + lines, token.map[1] + lines]
    return token


def _is_directive(token: Token) -> bool:
    fenced = token.type == "fence" and token.info.lstrip().startswith("{")
    return fenced or token.type == "colon_fence"


def _directive(
    token: Token, page: ParseState, read: Callable[[str, int], list[Token]]
) -> Directive:
    line = line_of(token)
    match = _INFO.match(token.info.strip())
    if not match:
        problem = f"{token.markup}{token.info} is not a directive"
        hint = f"write {token.markup}{{name}}, or one colon more around a block that holds a block"
        raise page.error(line, problem, hint)
    if unclosed(token):
        hint = f"end it with a line {token.markup}; a block around a block needs one colon more"
        raise page.error(line, f"{{{match[1]}}} is never closed", hint)
    lines = token.content.split("\n")
    options = {}
    while lines and (option := _OPTION.match(lines[0])):
        options[option[1]] = option[2]
        lines.pop(0)
    text, text_line = "\n".join(lines), line + 1 + len(options)
    return Directive(match[1], match[2].strip(), options, text, line, text_line, page, read)


def _handled(directive: Directive, handlers: Mapping[str, Handler]) -> list[Token]:
    if directive.name not in handlers:
        advice = nearest(directive.name, handlers, what="the directives are")
        problem = f"there is no directive {{{directive.name}}}"
        raise directive.page_state.error(directive.line, problem, advice)
    return handlers[directive.name](directive)

"""The parser: every rule, in the order in which they work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from generator.markdown import (
    attributes,
    boxes,
    code,
    definitions,
    directives,
    emphasis,
    footnotes,
    headings,
    leftover,
    line_breaks,
    links,
    math,
    placeholder_directives,
    placeholder_roles,
    quiz,
    raw_html,
    roles,
    spacing,
    table,
    tree,
    unbroken,
)
from generator.markdown.parse_state import ParseState, page_state

if TYPE_CHECKING:
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.languages import Language

DIRECTIVES: dict[str, directives.Handler] = {
    **dict.fromkeys(boxes.KINDS, boxes.box),
    "cell": placeholder_directives.cell,
    "figure": placeholder_directives.figure,
    "fold": boxes.fold,
    "gallery": placeholder_directives.gallery,
    "glossary": placeholder_directives.glossary,
    "margin": boxes.margin,
    "instrument": placeholder_directives.instrument,
    "output": placeholder_directives.output,
    "quiz": quiz.quiz,
    "pages": placeholder_directives.pages,
    "references": placeholder_directives.references,
    "score": quiz.score,
    "script": placeholder_directives.script,
    "simulator": placeholder_directives.simulator,
    "table": table.table,
    "tabs": placeholder_directives.tabs,
    "tree": tree.tree,
    "whole": placeholder_directives.whole,
}

ROLES: dict[str, roles.Handler] = {
    "cite": placeholder_roles.cite,
    "cite:p": placeholder_roles.cite,
    "cite:t": placeholder_roles.cite,
    "value": placeholder_roles.value,
    "term": placeholder_roles.term,
}

PASSES = (
    ("raw_html", raw_html.refused),
    ("attributes", attributes.checked),
    ("math", math.typeset),
    ("code", code.coloured),
    ("table", table.boxed),
    ("links", links.resolved),
    ("line_breaks", line_breaks.joined),
    ("spacing", spacing.closed),
    ("emphasis", emphasis.latin_alone),
    ("unbroken", unbroken.joined),
    ("anchors", headings.anchored),
    ("footnotes", footnotes.beside),
)
"""Passes over all tokens, after the text in them has been read."""


@cache
def parser() -> MarkdownIt:
    """The parser of all pages."""
    md = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False})
    md.enable(["table", "strikethrough"])
    md.use(colon_fence_plugin).use(deflist_plugin).use(footnote_plugin)
    md.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    emphasis.install(md)
    attributes.install(md)
    table.install(md)
    md.core.ruler.after("block", "placed", _placed)
    md.core.ruler.before("inline", "headings", headings.identified)
    md.core.ruler.before("footnote_tail", "called", footnotes.called)
    directives.install(md, DIRECTIVES)
    roles.install(md, ROLES)
    leftover.install(md)
    definitions.install(md)
    for name, rule in PASSES:
        md.core.ruler.push(name, rule)
    for kind, write in (
        ("placeholder", _placeholder),
        ("html", _html),
        ("code_inline", unbroken.code),
    ):
        md.add_render_rule(kind, write)
    return md


def tokens_of(text: str, page: ParseState) -> list[Token]:
    """The finished tokens of a text."""
    return parser().parse(text, {"page_state": page, "references": definitions.Definitions()})


def inline_tokens_of(text: str, page: ParseState, line: int) -> list[Token]:
    """The finished tokens of running text that stands in a line of its own."""
    return parser().parseInline(text, {"page_state": page, "line": line})


def render(tokens: Sequence[Token], page: ParseState) -> str:
    """The HTML of finished tokens, with its placeholders."""
    md = parser()
    return str(md.renderer.render(tokens, md.options, {"page_state": page}))


def _placed(state: StateCore) -> None:
    """Give running text the line it stands in."""
    if state.inlineMode:
        state.tokens[0].map = [state.env["line"] - 1, state.env["line"]]


def _placeholder(
    _self: RendererProtocol,
    tokens: Sequence[Token],
    place: int,
    _options: object,
    env: Mapping[str, object],
) -> str:
    return page_state(env).placeholder(tokens[place].meta["placeholder"])


def _html(
    _self: RendererProtocol,
    tokens: Sequence[Token],
    place: int,
    _options: object,
    _env: object,
) -> str:
    return tokens[place].content


def phrase(text: str, path: str, language: Language) -> str:
    """A phrase of inline Markdown from another file, as HTML; it may leave no placeholders."""
    page = ParseState(path, language)
    result = render(inline_tokens_of(text, page, 1), page)
    if page.placeholders:
        hint = "write it without links, citations and values"
        raise page.error(1, f"{text!r} asks for the rest of the site", hint)
    return result

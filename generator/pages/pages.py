"""Source -> Page: one file of Markdown, read without knowing any other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import ParseState, line_of
from generator.markdown.parser import inline_tokens_of, render, tokens_of
from generator.pages.front_matter import split
from generator.pages.outline import Heading, Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from generator.markdown.placeholders import Body
    from generator.pages.front_matter import FrontMatter
    from generator.pages.sources import Source


RESERVED = ("content", "site-assets")
"""Ids that the templates give."""

PLAIN = ("title", "description", "step")
"""Keys of the front matter that stand in a browser's tab, in search engines and above the page."""


@dataclass(frozen=True)
class Page:
    """A page: its outline for the others, its text for itself."""

    outline: Outline
    headline: Body
    lead: Body
    body: Body
    prose: str
    """Its running text, without formulas, code blocks and what only the whole site knows."""


def page(source: Source) -> Page:
    """The page that a source makes."""
    parts = split(source.path, source.text)
    page_state = ParseState(source.path, source.language)
    front_matter, lines = parts.front_matter, parts.lines
    _refuse_markup(source, front_matter, lines)
    phrases = [
        inline_tokens_of(
            front_matter.headline or front_matter.title,
            page_state,
            lines.get("headline", lines["title"]),
        ),
        inline_tokens_of(front_matter.lead, page_state, lines.get("lead", 1)),
    ]
    headline, lead = (page_state.body(render(phrase, page_state)) for phrase in phrases)
    tokens = tokens_of(parts.text, page_state)
    body = page_state.body(render(tokens, page_state))
    everything = [token for _, token in _walk([*phrases[0], *phrases[1], *tokens])]
    outline = Outline(
        path=source.path,
        address=source.address,
        front_matter=front_matter,
        lines=lines,
        headings=tuple(_headings(tokens, page_state)),
        items=tuple(_marks(everything)),
        ids=_ids(tokens, page_state),
        placeholders=tuple(node for node in (*headline, *lead, *body) if not isinstance(node, str)),
    )
    return Page(outline, headline, lead, body, _prose(tokens))


def _refuse_markup(source: Source, front_matter: FrontMatter, lines: dict[str, int]) -> None:
    """Refuse Markdown in texts that a browser shows outside of the page."""
    for key in PLAIN:
        value, line = getattr(front_matter, key), lines.get(key, 1)
        page_state = ParseState(source.path, source.language)
        for token in inline_tokens_of(value, page_state, line):
            if any(child.type != "text" for child in token.children or ()):
                hint = "write it without markup; headline and lead may have some"
                raise page_state.error(line, f"{key} is plain text, not {value!r}", hint)


def _walk(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Every token, those in running text too, with its line."""
    line = 1
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        yield line, token
        for child in token.children or ():
            yield line, child


def _marks(tokens: list[Token]) -> Iterator[OutlineItem]:
    for token in tokens:
        item = token.meta.get("item")
        if isinstance(item, OutlineItem):
            yield item


def _prose(tokens: Sequence[Token]) -> str:
    """The text of paragraphs, cells and headings, with a line for each."""
    return "\n".join(
        "".join(
            child.content if child.type in {"text", "code_inline"} else " " * (not child.nesting)
            for child in token.children or ()
        )
        for token in tokens
        if token.type == "inline"
    )


def _headings(tokens: list[Token], page_state: ParseState) -> Iterator[Heading]:
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            line = line_of(token)
            words = [child for child in text.children or () if _stays_in_contents(child)]
            body = page_state.body(render(words, page_state))
            yield Heading(int(token.tag[1]), str(token.attrs["id"]), body, line)


def _stays_in_contents(token: Token) -> bool:
    """Whether a part of a heading belongs into the table of contents too, which is all links."""
    if token.type in {"link_open", "link_close"}:
        return False
    return not any(name in token.content for name in ('class="heading-link"', 'class="note-call"'))


def _ids(tokens: list[Token], page_state: ParseState) -> tuple[tuple[str, int], ...]:
    seen: dict[str, int] = {}
    for line, token in _walk(tokens):
        name = token.attrs.get("id") or token.meta.get("id")
        if name is None or token.type == "footnote_ref":
            continue
        if str(name) in RESERVED:
            problem = f"the id {name!r} belongs to the frame of every page"
            raise page_state.error(line, problem, "choose another")
        if str(name) in seen:
            problem = f"the id {name!r} is already taken in line {seen[str(name)]}"
            raise page_state.error(line, problem, "give every id of a page once")
        seen[str(name)] = line
    return tuple(seen.items())

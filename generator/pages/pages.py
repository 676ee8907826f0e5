"""Source -> Page: one file of Markdown, read without knowing any other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.parser import inline_tokens_of, printed, tokens_of
from generator.markdown.reading import Reading, line_of
from generator.pages.front_matter import split
from generator.pages.outline import Heading, Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from generator.markdown.pieces import Body
    from generator.pages.sources import Source


RESERVED = ("content", "site-assets")
"""Ids that the templates give."""


@dataclass(frozen=True)
class Page:
    """A page: its outline for the others, its text for itself."""

    outline: Outline
    headline: Body
    lead: Body
    body: Body


def page(source: Source) -> Page:
    """The page that a source makes."""
    parts = split(source.path, source.text)
    reading = Reading(source.path, source.address.folder)
    front_matter, lines = parts.front_matter, parts.lines
    phrases = [
        inline_tokens_of(
            front_matter.headline or front_matter.title,
            reading,
            lines.get("headline", lines["title"]),
        ),
        inline_tokens_of(front_matter.lead, reading, lines.get("lead", 1)),
    ]
    headline, lead = (reading.body(printed(phrase, reading)) for phrase in phrases)
    tokens = tokens_of(parts.text, reading)
    body = reading.body(printed(tokens, reading))
    everything = [token for _, token in _walk([*phrases[0], *phrases[1], *tokens])]
    outline = Outline(
        path=source.path,
        address=source.address,
        front_matter=front_matter,
        lines=lines,
        headings=tuple(_headings(tokens, reading)),
        marks=tuple(_marks(everything)),
        ids=_ids(tokens, reading),
        holes=tuple(piece for piece in (*headline, *lead, *body) if not isinstance(piece, str)),
    )
    return Page(outline, headline, lead, body)


def _walk(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Every token, those in running text too, with its line."""
    line = 1
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        yield line, token
        for child in token.children or ():
            yield line, child


def _marks(tokens: list[Token]) -> Iterator[Mark]:
    for token in tokens:
        mark = token.meta.get("mark")
        if isinstance(mark, Mark):
            yield mark


def _headings(tokens: list[Token], reading: Reading) -> Iterator[Heading]:
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            line = line_of(token)
            words = [child for child in text.children or () if _stays_in_contents(child)]
            body = reading.body(printed(words, reading))
            yield Heading(int(token.tag[1]), str(token.attrs["id"]), body, line)


def _stays_in_contents(token: Token) -> bool:
    """Whether a part of a heading belongs into the table of contents too, which is all links."""
    if token.type in {"link_open", "link_close"}:
        return False
    return not any(name in token.content for name in ('class="heading-link"', 'class="note-call"'))


def _ids(tokens: list[Token], reading: Reading) -> tuple[tuple[str, int], ...]:
    seen: dict[str, int] = {}
    for line, token in _walk(tokens):
        name = token.attrs.get("id") or token.meta.get("id")
        if name is None or token.type == "footnote_ref":
            continue
        if str(name) in RESERVED:
            wrong = f"the id {name!r} belongs to the frame of every page"
            raise reading.refusal(line, wrong, "choose another")
        if str(name) in seen:
            wrong = f"the id {name!r} is already taken in line {seen[str(name)]}"
            raise reading.refusal(line, wrong, "give every id of a page once")
        seen[str(name)] = line
    return tuple(seen.items())

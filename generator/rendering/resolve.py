"""A page's placeholders, resolved from its context."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from generator.catalog import glossary
from generator.catalog.citations import cited, listed
from generator.markdown.placeholders import (
    Body,
    Cell,
    Cite,
    Figure,
    Gallery,
    Glossary,
    Instrument,
    Link,
    Pages,
    PictureSize,
    Placeholder,
    References,
    Script,
    Simulator,
    Term,
    Value,
    Whole,
    Word,
)
from generator.rendering.scripts import cell, render_script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.catalog.interface import Words
    from generator.catalog.page_context import Entry, PageContext
    from generator.catalog.simulator_places import Card, Ways

PANEL = 3
"""The level of a panel's title in its template."""

_HEADING = re.compile(r"<h([1-6])\b")
_TAG = re.compile(r"<(/?)h([34])\b")


def resolved(body: Body, context: PageContext, words: Words) -> str:
    """The HTML of a body; a panel's title is one level below the heading above it."""
    parts: list[str] = []
    level = 1
    for node in body:
        html = node if isinstance(node, str) else _resolve(node, context, words)
        if isinstance(node, str):
            level = int([level, *_HEADING.findall(html)][-1])
        elif isinstance(node, Simulator):
            html = _below(level, html)
        parts.append(html)
    return "".join(parts)


def _below(level: int, html: str) -> str:
    """A panel whose title, an ``<h3>`` in its template, stands below a heading of this level."""
    deeper = level + 1 - PANEL
    return _TAG.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + deeper}", html) if deeper else html


def _resolve(  # noqa: C901, PLR0911, PLR0912  one for each kind of placeholder
    placeholder: Placeholder, context: PageContext, words: Words
) -> str:
    match placeholder:
        case Word(key):
            return escape(words[key])
        case Link(target):
            return escape(context.links[target])
        case PictureSize():
            return str(_length(placeholder, *context.sizes[placeholder.target]))
        case Cite():
            return cited(placeholder, context.references, context.listings, words)
        case Value(name, key):
            return escape(context.values[f"{name}.{key}"], quote=False)
        case Simulator(name):
            return context.simulators[name] + _ways(context.ways[name], words)
        case Instrument(name):
            return context.instruments[name]
        case Figure(name):
            return context.figures[name]
        case Script(name, _, with_code):
            return render_script(context.scripts[name], words, with_code=with_code)
        case Cell(name, data):
            return cell(context.scripts[name], data, words)
        case Term(key, text):
            return glossary.linked(
                context.terms[key], text, context.glossary, context.language.folder
            )
        case Glossary():
            others = [one.language for one in context.translations]
            return glossary.listed(context.terms.values(), context.language, others)
        case Pages():
            return _pages(context.pages)
        case References():
            there = [context.references[key] for key in context.ways_back]
            return listed(there, context.ways_back, words)
        case Gallery():
            return _gallery(context.cards)
        case Whole():
            return ""  # of a series without pages


def _length(asked: PictureSize, width: int, height: int) -> int:
    """The length of one side in CSS pixels; in proportion to the other, if that is given."""
    mine, theirs = (width, height) if asked.side == "width" else (height, width)
    return mine if asked.other is None else max(1, round(asked.other * mine / theirs))


def _ways(there: Ways, words: Words) -> str:
    """The way from a simulator to its own page, or from there to the text."""
    href = there.own or there.section
    if href is None:
        return ""
    key = "simulator.own_page" if there.own else "simulator.in_text"
    text = words[key].replace("{page}", there.section_title)
    return (
        f'<p class="simulator-ways"><a href="{escape(href)}">{escape(text, quote=False)}</a></p>\n'
    )


def _gallery(cards: Iterable[Card]) -> str:
    """A list of simulators, each with its first frame."""
    items = "\n".join(
        f'<li><a href="{escape(card.href)}"><span class="gallery-frame">{card.frame}</span>'
        f"<b>{card.title}</b></a>"
        + (f" <span>{escape(card.about, quote=False)}</span>" if card.about else "")
        + "</li>"
        for card in cards
    )
    return f'<ul class="gallery">\n{items}\n</ul>\n'


def _pages(entries: Iterable[Entry]) -> str:
    """A list of pages, each with what it says of itself."""
    items = "\n".join(
        f'<li><a href="{escape(entry.href)}">{escape(entry.title, quote=False)}</a> '
        f"<span>{escape(entry.description, quote=False)}</span></li>"
        for entry in entries
    )
    return f'<ol class="pages">\n{items}\n</ol>\n'

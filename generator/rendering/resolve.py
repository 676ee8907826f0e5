"""A page's placeholders, resolved from its context."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from generator.catalog import glossary
from generator.catalog.citations import cited, listed
from generator.markdown.placeholders import (
    Body,
    Cell,
    Cite,
    Figure,
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
    Word,
)
from generator.rendering.scripts import cell, render_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.catalog.interface import Words
    from generator.catalog.page_context import Entry, PageContext


def resolved(body: Body, context: PageContext, words: Words, counts: Mapping[str, int]) -> str:
    """The HTML of a body; ``counts`` says how often the page cites each reference."""
    return "".join(
        node if isinstance(node, str) else _resolve(node, context, words, counts) for node in body
    )


def citation_counts(placeholders: tuple[Placeholder, ...]) -> Mapping[str, int]:
    """How often each reference is cited."""
    return Counter(
        key
        for placeholder in placeholders
        if isinstance(placeholder, Cite)
        for key in placeholder.keys
    )


def _resolve(  # noqa: C901, PLR0911, PLR0912  one for each kind of placeholder
    placeholder: Placeholder, context: PageContext, words: Words, counts: Mapping[str, int]
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
            return context.simulators[name]
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
            return listed([context.references[key] for key in counts], counts, words)


def _length(asked: PictureSize, width: int, height: int) -> int:
    """The length of one side in CSS pixels; in proportion to the other, if that is given."""
    mine, theirs = (width, height) if asked.side == "width" else (height, width)
    return mine if asked.other is None else max(1, round(asked.other * mine / theirs))


def _pages(entries: Iterable[Entry]) -> str:
    """A list of pages, each with what it says of itself."""
    items = "\n".join(
        f'<li><a href="{escape(entry.href)}">{escape(entry.title, quote=False)}</a> '
        f"<span>{escape(entry.description, quote=False)}</span></li>"
        for entry in entries
    )
    return f'<ol class="pages">\n{items}\n</ol>\n'

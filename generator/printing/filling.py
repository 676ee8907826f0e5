"""A page's holes, filled from its view."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from generator.catalog import glossary
from generator.catalog.citations import cited, listed
from generator.markdown.pieces import (
    Body,
    Cell,
    Cite,
    Claim,
    Figure,
    Glossary,
    Hole,
    Link,
    References,
    Script,
    Simulator,
    Term,
    Word,
)
from generator.printing.transcripts import cell, printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.catalog.view import View
    from generator.catalog.words import Words


def filled(body: Body, view: View, words: Words, counts: Mapping[str, int]) -> str:
    """The HTML of a body; ``counts`` says how often the page cites each work."""
    return "".join(
        piece if isinstance(piece, str) else _filling(piece, view, words, counts) for piece in body
    )


def citation_counts(holes: tuple[Hole, ...]) -> Mapping[str, int]:
    """How often each work is cited."""
    return Counter(key for hole in holes if isinstance(hole, Cite) for key in hole.keys)


def _filling(  # noqa: C901, PLR0911  one for each kind of hole
    hole: Hole, view: View, words: Words, counts: Mapping[str, int]
) -> str:
    match hole:
        case Word(key):
            return escape(words[key])
        case Link(target):
            return escape(view.links[target])
        case Cite():
            return cited(hole, view.works, view.listings, words)
        case Claim(name, key):
            return escape(view.claims[f"{name}.{key}"], quote=False)
        case Simulator(name):
            return view.simulators[name]
        case Figure(name):
            return view.figures[name]
        case Script(name, _, with_code):
            return printed(view.scripts[name], words, with_code=with_code)
        case Cell(name, data):
            return cell(view.scripts[name], data, words)
        case Term(key, text):
            return glossary.linked(view.terms[key], text, view.glossary, view.folder)
        case Glossary():
            return glossary.listed(view.terms.values(), view.folder)
        case References():
            return listed([view.works[key] for key in counts], counts, words)

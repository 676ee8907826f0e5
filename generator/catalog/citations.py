"""The references that pages cite: ``content/references.toml``, and how they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from html import escape
from typing import TYPE_CHECKING

from generator.markdown.placeholder_directives import LIST
from generator.markdown.placeholders import Cite, Placeholder
from generator.source_files import Document, SourceFile
from generator.unicode_ranges import is_wide

if TYPE_CHECKING:
    from generator.catalog.interface import Words

FILE = "references.toml"
_INITIALS = re.compile(r"(?:\w\.[ -]?)+")
_EMPHASISED = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference, as the list of references shows it."""

    key: str
    authors: str
    """``Family, I., Family, I. & Family, I.``"""

    year: int
    title: str
    """An article's as it is; a book's between asterisks, which set it in italics."""

    source: str
    """Where it appeared: ``*Journal* 1, 2–3``, or place and publisher."""

    language: str
    """Tag of the language that it is written in."""

    doi: str = ""
    url: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """The family names of its authors."""
        names = re.split(r",\s+|\s+&\s+", self.authors)
        return tuple(name for name in names if not _INITIALS.fullmatch(name))

    def short(self, words: Words) -> str:
        """Its authors as the text names them: one, two, or the first and others."""
        families = self.families
        if len(families) <= 2:  # noqa: PLR2004  more than two are shortened
            return words["citations.and"].join(families)
        return families[0] + words["citations.others"]


_OPTIONAL = ("doi", "language", "url")
_KEYS = tuple(field.name for field in fields(Reference) if field.name != "key")


def read(file: SourceFile, language: str) -> Mapping[str, Reference]:
    """All references by key; those that name no language are in this one, a tag."""
    if not file.path.is_file():
        return {}
    document = file.document(purpose="the references that pages cite")
    return {key: _reference(document, key, language) for key in document.entries}


def _reference(document: Document, key: str, language: str) -> Reference:
    document.check(key, _KEYS, what="reference")
    entry = document.entries[key]
    for name, value in entry.items():
        if name == "year":
            fits, wanted = type(value) is int, "a whole number"
        else:
            fits, wanted = isinstance(value, str) and bool(value.strip()), "text in quotes"
        if not fits:
            place, problem = f"{key}.{name}", f"{name} of [{key}] is {value!r}"
            raise document.error(place, problem, f"write {wanted}")
    for name in _KEYS:
        if name not in entry and name not in _OPTIONAL:
            raise document.error(key, f"[{key}] lacks {name!r}", f"add {name} = …")
    return Reference(key=key, **{"language": language, **entry})


def cited(
    placeholder: Cite,
    references: Mapping[str, Reference],
    listings: Mapping[str, str],
    words: Words,
) -> str:
    """A citation in the text, each reference linked to its place in a list."""
    links = []
    for key, number in zip(placeholder.keys, placeholder.numbers, strict=True):
        reference = references[key]
        authors = escape(reference.short(words), quote=False)
        year = f"{words['citations.open']}{reference.year}{words['citations.close']}"
        then = year if placeholder.textual else str(reference.year)
        text = f"{authors}{_gap(authors, then)}{then}"
        name = f"cite-{key}-{number}"
        links.append(f'<a class="citation" id="{name}" href="{listings[key]}">{text}</a>')
    joined = words["citations.separator"].join(links)
    if placeholder.textual:
        return joined
    return f"{words['citations.open']}{joined}{words['citations.close']}"


def _gap(before: str, after: str) -> str:
    """The space between two words; a Chinese sign brings its own."""
    return "" if is_wide(before[-1]) or is_wide(after[0]) else " "


def citation_counts(placeholders: Iterable[Placeholder]) -> Counter[str]:
    """How often each reference is cited."""
    return Counter(key for node in placeholders if isinstance(node, Cite) for key in node.keys)


def listed(
    references: Sequence[Reference], ways_back: Mapping[str, Sequence[str]], words: Words
) -> str:
    """The list of references, each with links back to where it is cited."""
    items = "\n".join(
        _item(reference, ways_back[reference.key], words)
        for reference in sorted(references, key=_order)
    )
    return f'<ul class="references" id="{LIST}">\n{items}\n</ul>\n'


def works(references: Sequence[Reference]) -> str:
    """References that another page lists, for a reader who points at a citation; unseen."""
    items = "".join(
        f'<p data-ref="ref-{reference.key}">{_work(reference)}</p>\n'
        for reference in sorted(references, key=_order)
    )
    return f'<template class="works">\n{items}</template>\n' if items else ""


def _order(reference: Reference) -> tuple[str, int, str]:
    return (reference.authors.casefold(), reference.year, reference.key)


def _item(reference: Reference, ways_back: Sequence[str], words: Words) -> str:
    url = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    name = f"doi:{reference.doi}" if reference.doi else reference.url
    link = f' <a href="{escape(url)}">{escape(name, quote=False)}</a>' if url else ""
    label = escape(words["references.back"])
    back = " ".join(
        f'<a class="back" href="{escape(way)}" aria-label="{label} {number}">↩</a>'
        for number, way in enumerate(ways_back, 1)
    )
    return (
        f'<li id="ref-{reference.key}">{_work(reference)}{link} '
        f'<span class="unbroken">{back}</span></li>'
    )


def _work(reference: Reference) -> str:
    """Authors, year, title and source."""
    authors = escape(reference.authors, quote=False)
    title, source = _emphasised(reference.title), _emphasised(reference.source)
    stop = "" if reference.title.rstrip("*").endswith(("?", "!")) else "."
    return (
        f'<span lang="{escape(reference.language)}">'
        f"{authors} ({reference.year}). {title}{stop} {source}.</span>"
    )


def _emphasised(text: str) -> str:
    """Text as HTML, with what stands between asterisks as the title of a publication."""
    return _EMPHASISED.sub(r"<cite>\1</cite>", escape(text, quote=False))

"""The terms that pages explain: ``content/glossary.toml``, and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.languages import Language, Languages
    from generator.source_files import Document, SourceFile

FILE = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it means, by the folder of each language."""

    key: str
    names: Mapping[str, str]
    meanings: Mapping[str, str]
    also: Mapping[str, str]
    """Other names that a reader may know it by, in a sentence that the list alone shows."""

    avoid: Mapping[str, tuple[str, ...]]
    """Words for it that the site does not use, as regular expressions."""

    line: int = 0


def read(file: SourceFile, languages: Languages) -> Mapping[str, Term]:
    """All terms by key."""
    if not file.path.is_file():
        return {}
    document = file.document(purpose="the terms that pages explain")
    return {key: _term(document, key, languages.folders) for key in document.entries}


def _term(document: Document, key: str, folders: Sequence[str]) -> Term:
    """The term of a key: ``<folder>``, ``<folder>_meaning``, ``_also`` and ``_avoid`` in it."""
    needed = [name for folder in folders for name in (folder, f"{folder}_meaning")]
    optional = [f"{folder}_also" for folder in folders]
    lists = [f"{folder}_avoid" for folder in folders]
    document.check(key, (*needed, *optional, *lists), what="term")
    entry = document.entries[key]
    for name in (*needed, *entry):
        if name not in lists and not (isinstance(entry.get(name), str) and entry[name].strip()):
            place, hint = f"{key}.{name}", f'write {name} = "…"'
            raise document.error(place, f"[{key}] lacks {name!r}", hint)
    return Term(
        key,
        names={folder: entry[folder] for folder in folders},
        meanings={folder: entry[f"{folder}_meaning"] for folder in folders},
        also={folder: entry[name] for folder in folders if (name := f"{folder}_also") in entry},
        avoid={
            folder: _patterns(document, f"{key}.{name}", entry[name])
            for folder, name in zip(folders, lists, strict=True)
            if name in entry
        },
        line=document.line(key),
    )


def _patterns(document: Document, place: str, given: object) -> tuple[str, ...]:
    name = place.rpartition(".")[2]
    hint = f'write {name} = ["…", "…"]'
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise document.error(place, f"{name} is {given!r}", hint)
    for pattern in given:
        try:
            anywhere = re.compile(pattern).match("")
        except re.error as cause:
            problem = f"{pattern!r} matches nothing: {cause}"
            raise document.error(place, problem, hint) from cause
        if anywhere:
            raise document.error(place, f"{pattern!r} matches every place", hint)
    return tuple(given)


def linked(term: Term, text: str, href: str, folder: str) -> str:
    """A term in the text, linked to its entry; its meaning lies beside it."""
    shown = escape(text or term.names[folder], quote=False)
    meaning = escape(term.meanings[folder])
    return (
        f'<a class="term" href="{escape(href)}#term-{term.key}" data-means="{meaning}">{shown}</a>'
    )


def listed(terms: Iterable[Term], language: Language, others: Sequence[Language]) -> str:
    """All terms with their meanings, in the order of the language's own words."""
    items = "\n".join(_item(term, language.folder, others) for term in ordered(terms, language))
    return f'<dl class="glossary">\n{items}\n</dl>\n'


def ordered(terms: Iterable[Term], language: Language) -> Sequence[Term]:
    """By alphabet, or by radical and strokes, in which order Unicode has Chinese characters."""
    return sorted(terms, key=lambda term: (term.names[language.folder].casefold(), term.key))


def _item(term: Term, folder: str, others: Sequence[Language]) -> str:
    also = term.also.get(folder, "")
    names = f'\n<dd class="also">{escape(also, quote=False)}</dd>' if also else ""
    elsewhere = "".join(
        f' <span lang="{other.tag}">{escape(term.names[other.folder], quote=False)}</span>'
        for other in others
    )
    return (
        f'<div id="term-{term.key}"><dt>{escape(term.names[folder], quote=False)}'
        f"{elsewhere}</dt>\n"
        f"<dd>{escape(term.meanings[folder], quote=False)}</dd>{names}</div>"
    )

"""The terms that pages explain: ``content/glossary.toml``, and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from html import escape
from typing import TYPE_CHECKING

from generator import toml
from generator.languages import BY_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

FILE = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """A term in both languages, and what it means."""

    key: str
    zh: str
    en: str
    zh_meaning: str
    en_meaning: str
    zh_also: str = ""
    en_also: str = ""
    """Other names that a reader may know it by, in a sentence that the list alone shows."""

    avoid: tuple[str, ...] = ()
    """Chinese words for it that the site does not use, as regular expressions."""

    line: int = 0

    def name(self, folder: str) -> str:
        """What a language calls it."""
        return self.zh if folder == "zh" else self.en

    def meaning(self, folder: str) -> str:
        """What it means, in that language."""
        return self.zh_meaning if folder == "zh" else self.en_meaning

    def also(self, folder: str) -> str:
        """Its other names, in that language."""
        return self.zh_also if folder == "zh" else self.en_also


_TEXTS = ("zh", "en", "zh_meaning", "en_meaning")
_NAMES = ("zh_also", "en_also")
_KEYS = tuple(field.name for field in fields(Term) if field.name not in {"key", "line"})


def read(file: Path, path: str) -> Mapping[str, Term]:
    """All terms by key."""
    if not file.is_file():
        return {}
    document = toml.read(file, path, purpose="the terms that pages explain")
    return {key: _term(document, key) for key in document.entries}


def _term(document: toml.Document, key: str) -> Term:
    document.check(key, _KEYS, what="term")
    entry = document.entries[key]
    for name in (*entry, *_TEXTS):
        if name != "avoid" and not (isinstance(entry.get(name), str) and entry[name].strip()):
            place, hint = f"{key}.{name}", f'write {name} = "…"'
            raise document.error(place, f"[{key}] lacks {name!r}", hint)
    avoid = _patterns(document, f"{key}.avoid", entry.get("avoid", []))
    texts = {name: entry[name] for name in (*_TEXTS, *_NAMES) if name in entry}
    return Term(key, **texts, avoid=avoid, line=document.line(key))


def _patterns(document: toml.Document, place: str, given: object) -> tuple[str, ...]:
    hint = 'write avoid = ["…", "…"]'
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise document.error(place, f"avoid is {given!r}", hint)
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
    shown = escape(text or term.name(folder), quote=False)
    meaning = escape(term.meaning(folder))
    return (
        f'<a class="term" href="{escape(href)}#term-{term.key}" data-means="{meaning}">{shown}</a>'
    )


def listed(terms: Iterable[Term], folder: str) -> str:
    """All terms with their meanings, in the order of the language's own words."""
    items = "\n".join(_item(term, folder) for term in ordered(terms, folder))
    return f'<dl class="glossary">\n{items}\n</dl>\n'


def ordered(terms: Iterable[Term], folder: str) -> Sequence[Term]:
    """By alphabet, or by radical and strokes, in which order Unicode has Chinese characters."""
    return sorted(terms, key=lambda term: (term.name(folder).casefold(), term.key))


def _item(term: Term, folder: str) -> str:
    other = BY_FOLDER[folder].other
    also = term.also(folder)
    names = f'\n<dd class="also">{escape(also, quote=False)}</dd>' if also else ""
    return (
        f'<div id="term-{term.key}"><dt>{escape(term.name(folder), quote=False)} '
        f'<span lang="{other.tag}">{escape(term.name(other.folder), quote=False)}</span></dt>\n'
        f"<dd>{escape(term.meaning(folder), quote=False)}</dd>{names}</div>"
    )

"""What concerns all pages at once: order, translations, links, references, simulators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.addresses import Address, relative
from generator.catalog.content_files import joined
from generator.errors import Mistake, nearest
from generator.markdown.placeholders import (
    Cell,
    Cite,
    Figure,
    Glossary,
    Instrument,
    Link,
    Placeholder,
    References,
    Script,
    Simulator,
    Term,
    Value,
)

if TYPE_CHECKING:
    from generator.catalog.citations import Reference
    from generator.catalog.content_files import ContentFile
    from generator.catalog.glossary import Term as Entry
    from generator.catalog.interface import Words
    from generator.catalog.redirects import Redirect
    from generator.catalog.site import Site
    from generator.pages.outline import Outline


@dataclass(frozen=True)
class Catalog:
    """What is known of the whole site before any page is rendered."""

    site: Site
    words: Mapping[str, Words]
    references: Mapping[str, Reference]
    terms: Mapping[str, Entry]
    outlines: Mapping[Address, Outline]
    redirects: tuple[Redirect, ...]
    files: Mapping[str, ContentFile]
    """The files beside the texts that pages lead to, by their names below the content."""

    simulators: tuple[str, ...]
    instruments: tuple[str, ...]
    figures: tuple[str, ...]
    values: tuple[str, ...]
    scripts: tuple[str, ...]
    templates: tuple[str, ...]

    @cached_property
    def order(self) -> Mapping[str, tuple[Address, ...]]:
        """The pages of each language in reading order."""
        return {
            language.folder: tuple(
                sorted(
                    (address for address in self.outlines if address.folder == language.folder),
                    key=lambda address: (self.outlines[address].front_matter.order, address.name),
                )
            )
            for language in self.site.languages
        }

    @cached_property
    def places(self) -> Mapping[Address, int]:
        """Where each page stands in the reading order of its language."""
        return {address: place for row in self.order.values() for place, address in enumerate(row)}

    @cached_property
    def ids(self) -> Mapping[Address, frozenset[str]]:
        """The ids of each page that a link may lead to."""
        return {
            address: frozenset(name for name, _ in outline.ids)
            for address, outline in self.outlines.items()
        }

    def ids_of(self, folder: str) -> Mapping[str, frozenset[str]]:
        """The ids of each page of one language, by the page's name."""
        return {address.name: ids for address, ids in self.ids.items() if address.folder == folder}

    def neighbour(self, address: Address, step: int) -> Address | None:
        """The page so many steps further in the reading order."""
        row, place = self.order[address.folder], self.places[address] + step
        return row[place] if 0 <= place < len(row) else None

    def href(self, page: Address, target: str) -> str | None:
        """The URL that leads from a page to what the author wrote; None if there is no such."""
        path, item, name = target.partition("#")
        path, question, query = path.partition("?")
        tail = question + query + item + name
        if not path:
            leads = name in self.ids[page] if item else bool(query)
            return tail if leads else None
        wanted = joined(page, path)
        if not wanted.endswith(".md"):
            found = self.files.get(wanted)
            return relative(page.path, found.path) + tail if found else None
        folder, _, stem = wanted.removesuffix(".md").partition("/")
        other = Address(folder, stem)
        if other not in self.outlines or (name and name not in self.ids[other]):
            return None
        return relative(page.path, other.path) + tail

    def size(self, page: Address, target: str) -> tuple[int, int]:
        """Width and height in CSS pixels of the picture that a page shows."""
        found = self.files[joined(page, target)]
        return found.size or (0, 0)

    @cached_property
    def listed(self) -> Mapping[Address, frozenset[str]]:
        """The references that each page lists."""
        return {address: _listed(outline) for address, outline in self.outlines.items()}

    def listing(self, page: Address, key: str) -> str | None:
        """The URL of a reference in a list: the page's own, or that of the first page with it."""
        if key in self.listed[page]:
            return f"#ref-{key}"
        row = self.order[page.folder]
        other = next((other for other in row if key in self.listed[other]), None)
        return f"{relative(page.path, other.path)}#ref-{key}" if other else None

    def glossary(self, page: Address) -> str | None:
        """Where a page finds the terms explained: on the first page that lists them."""
        for other in self.order[page.folder]:
            if any(
                isinstance(placeholder, Glossary)
                for placeholder in self.outlines[other].placeholders
            ):
                return relative(page.path, other.path) if other != page else ""
        return None

    def mistakes(self) -> list[Mistake]:
        """Every placeholder that cannot be resolved."""
        return [
            mistake
            for address, outline in self.outlines.items()
            for mistake in self._missing(address, outline)
        ]

    def _missing(self, address: Address, outline: Outline) -> Iterable[Mistake]:
        template = _unknown("template", outline.front_matter.template, self.templates)
        if template:
            yield Mistake(outline.path, outline.lines.get("template"), *template)
        for placeholder in outline.placeholders:
            found = self._wrong(address, placeholder)
            if found:
                yield Mistake(outline.path, getattr(placeholder, "line", None), *found)

    def _wrong(  # noqa: C901, PLR0911  one for each kind of placeholder
        self, page: Address, placeholder: Placeholder
    ) -> tuple[str, str] | None:
        match placeholder:
            case Link(target) if self.href(page, target) is None:
                shown = unquote(target) or "()"
                return f"the link {shown} leads nowhere", self._way(page, target)
            case Cite(keys):
                return next(filter(None, (self._uncitable(page, key) for key in keys)), None)
            case Term(key) if key not in self.terms:
                advice = nearest(key, self.terms, what="the terms are")
                return f"glossary.toml has no term {key!r}", advice
            case Term(key) if self.glossary(page) is None:
                return f"no page explains {key!r}", "write :::{glossary} and ::: on one page"
            case Simulator(name):
                return _unknown("simulator", name, self.simulators)
            case Instrument(name):
                return _unknown("instrument", name, self.instruments)
            case Figure(name):
                return _unknown("figure", name, self.figures)
            case Value(name):
                return _unknown("value", name, self.values)
            case Cell(_, data) if f"data/{data}" not in self.files:
                return f"there are no data {data!r}", "name a file of content/data"
            case Script(name) | Cell(name) if name not in self.scripts:
                advice = nearest(name, self.scripts, what="the scripts are")
                return f"no chapter has a script {name!r} with its output", advice
        return None

    def _uncitable(self, page: Address, key: str) -> tuple[str, str] | None:
        if key not in self.references:
            advice = nearest(key, self.references, what="the references are")
            return f"references.toml has no entry {key!r}", advice
        if self.listing(page, key) is None:
            return f"no page lists {key!r}", "add :::{references} and ::: at the end of this page"
        return None

    def _way(self, page: Address, target: str) -> str:
        path, _, name = target.partition("#")
        path = path.partition("?")[0]
        if name and (not path or self.href(page, path)):
            return f"{path or 'the page'} has no id {name!r}"
        if _SCHEME.match(path):
            return "write a page's .md file, a file beside the text, https:… or mailto:…"
        if "%" in path:
            return "name the file with a-z, 0-9, - and _ only, and write it so"
        if path.endswith(".toml"):
            return "it is read when the site is built; link to a page, a picture or data"
        if path and not path.endswith(".md"):
            return "write the .md file of a page, or a file beside the text"
        pages = [f"{address.name}.md" for address in self.order[page.folder]]
        return nearest(path, pages, what="the pages are")


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _unknown(kind: str, name: str, known: Sequence[str]) -> tuple[str, str] | None:
    if name in known:
        return None
    return f"there is no {kind} {name!r}", nearest(name, known, what=f"the {kind}s are")


def _listed(outline: Outline) -> frozenset[str]:
    """The references that a page lists: those that it cites, if it has a list."""
    if not any(isinstance(placeholder, References) for placeholder in outline.placeholders):
        return frozenset()
    return frozenset(
        key
        for placeholder in outline.placeholders
        if isinstance(placeholder, Cite)
        for key in placeholder.keys
    )

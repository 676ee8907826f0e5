"""What concerns all pages at once: order, translations, links, references, simulators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.addresses import Address, relative
from generator.catalog import whole
from generator.catalog.citations import citation_counts
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
    Whole,
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
    wholes: Mapping[Address, tuple[Address, ...]]
    """The pages that hold a whole series, and the pages that stand on them."""

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
    def rows(self) -> Mapping[str, tuple[Address, ...]]:
        """The pages of each language that are read one after the other, in this order."""
        return {
            folder: tuple(address for address in row if address not in self.wholes)
            for folder, row in self.order.items()
        }

    @cached_property
    def places(self) -> Mapping[Address, int]:
        """Where each page stands in the reading order of its language."""
        return {address: place for row in self.rows.values() for place, address in enumerate(row)}

    def series(self, address: Address) -> tuple[Address, ...]:
        """The pages of the series of a page, itself among them; only itself, if it is in none."""
        names = whole.steps(address.name, self.site.series) or (address.name,)
        found = (Address(address.folder, name) for name in names)
        return tuple(other for other in found if other in self.outlines)

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
        row, place = self.rows[address.folder], self.places[address] + step
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
    def cited(self) -> Mapping[Address, Mapping[str, int]]:
        """How often each page cites which references."""
        return {
            address: citation_counts(outline.placeholders)
            for address, outline in self.outlines.items()
        }

    def ways_back(self, page: Address) -> Mapping[str, tuple[str, ...]]:
        """URLs of all places where the references that a page lists are cited, its own first."""
        others = [other for other in self.series(page) if other != page]
        return {
            key: tuple(
                f"{relative(page.path, other.path) if other != page else ''}#cite-{key}-{number}"
                for other in (page, *others)
                for number in range(1, self.cited[other].get(key, 0) + 1)
            )
            for key in sorted(self.listed[page])
        }

    @cached_property
    def listed(self) -> Mapping[Address, frozenset[str]]:
        """The references that each page lists: its own, and those of the pages of its series."""
        return {
            address: frozenset(key for other in self.series(address) for key in self.cited[other])
            if any(isinstance(node, References) for node in outline.placeholders)
            else frozenset()
            for address, outline in self.outlines.items()
        }

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

    def mistakes(self, outlines: Mapping[Address, Outline]) -> list[Mistake]:
        """Every placeholder that cannot be resolved in the outlines as they were read."""
        return [
            mistake
            for address, outline in outlines.items()
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
            case Whole(name):
                return _in_no_series(name, self.site)
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


def _in_no_series(page: str, site: Site) -> tuple[str, str] | None:
    names = sorted({step.page for series in site.series for step in series.steps if step.page})
    if page in names:
        return None
    advice = nearest(page, names, what="the pages of series are") if names else "write [[series]]"
    return f"no series has the page {page!r}", advice

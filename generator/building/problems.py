"""What is wrong with a site that is built while it is being written, by page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from generator.building.manifest import folder
from generator.errors import Mistake, MistakeError
from generator.files.writing import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from generator.addresses import Address
    from generator.catalog.catalog import Catalog
    from generator.catalog.page_context import PageContext
    from generator.options import Options


@dataclass(frozen=True, slots=True)
class PageProblems:
    """What an author is told on one page."""

    mistakes: tuple[str, ...] = ()
    unbuilt: bool = False
    """Whether the page could not be built."""

    draft: bool = False


@dataclass(frozen=True, slots=True)
class Problems:
    """What an author is told."""

    pages: Mapping[str, PageProblems] = field(default_factory=dict)
    """By the page's file in the site."""

    others: tuple[str, ...] = ()
    """Mistakes in files that are no pages."""

    unbuilt: frozenset[str] = frozenset()
    """Paths of the sources of pages that could not be built."""

    @property
    def mistakes(self) -> tuple[str, ...]:
        """All mistakes."""
        return (*self.others, *(one for page in self.pages.values() for one in page.mistakes))

    def save(self, options: Options) -> None:
        """Keep them for the server, and for the next build if nothing changes."""
        pages = {path: asdict(page) for path, page in self.pages.items()}
        content = json.dumps({"pages": pages, "others": self.others}, ensure_ascii=False)
        write_atomically(_file(options), content.encode())


def load(options: Options) -> Problems | None:
    """The problems of the last build; None if that came to no end."""
    try:
        document = json.loads(_file(options).read_bytes())
    except (OSError, ValueError):
        return None
    pages = {
        path: PageProblems(tuple(page["mistakes"]), page["unbuilt"], page["draft"])
        for path, page in document["pages"].items()
    }
    return Problems(pages, tuple(document["others"]))


def forget(options: Options) -> None:
    """Remove the problems of the last build."""
    _file(options).unlink(missing_ok=True)


def _file(options: Options) -> Path:
    return folder(options) / "problems.json"


def found_problems(
    options: Options, catalog: Catalog, every: Sequence[Mistake], fatal: Collection[Mistake]
) -> Problems:
    """The problems by page.

    Raises
    ------
    MistakeError
        There are mistakes, and the site is to be published; or one of them is no page's and fatal.
    """
    sources = {outline.path for outline in catalog.outlines.values()}
    everywhere = [one for one in fatal if one.path not in sources and not one.path.endswith(".md")]
    everything = sorted(dict.fromkeys(every), key=lambda one: (one.path, one.line or 0))
    if everywhere or (everything and not options.writing):
        raise MistakeError(*(everything if not options.writing else everywhere))
    return _by_page(options, catalog, everything, {one.path for one in fatal})


def with_unmade(
    options: Options,
    catalog: Catalog,
    before: Problems,
    contexts: Mapping[Address, PageContext],
    unmade: Sequence[Mistake],
) -> Problems:
    """The problems, and those of parts that could not be made."""
    if not options.writing:
        raise MistakeError(*unmade)
    pages = dict(before.pages)
    told = tuple(map(str, unmade))
    for address, outline in catalog.outlines.items():
        if address not in contexts and outline.path not in before.unbuilt:
            old = pages.get(address.path, PageProblems())
            pages[address.path] = replace(old, mistakes=(*old.mistakes, *told), unbuilt=True)
    return Problems(pages, before.others, before.unbuilt)


def _by_page(
    options: Options, catalog: Catalog, mistakes: Sequence[Mistake], unbuilt: set[str]
) -> Problems:
    if not options.writing:
        return Problems()
    places = {outline.path: address.path for address, outline in catalog.outlines.items()}
    drafts = {its.path for its in catalog.outlines.values() if its.front_matter.draft}
    pages = {
        places[path]: PageProblems(
            tuple(str(one) for one in mistakes if one.path == path), path in unbuilt, path in drafts
        )
        for path in {*(one.path for one in mistakes), *drafts} & {*places}
    }
    others = tuple(str(one) for one in mistakes if one.path not in places)
    return Problems(pages, others, frozenset(unbuilt))

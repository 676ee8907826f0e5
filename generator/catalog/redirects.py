"""Names that pages once had: ``content/redirects.toml`` leads from them to where their text is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.errors import Mistake, nearest
from generator.pages.sources import NAME
from generator.source_files import Document, SourceFile

FILE = "redirects.toml"


@dataclass(frozen=True, slots=True)
class Redirect:
    """A name that is no page any more, and the page (and id) that it leads to."""

    name: str
    page: str
    id: str
    path: str
    line: int

    def mistake(self, ids: Mapping[str, frozenset[str]]) -> tuple[str, str] | None:
        """What is wrong with it given the ids of each page, and what would be right."""
        if self.name in ids:
            return f"there is a page {self.name!r}", "remove this line, or name the page otherwise"
        if self.page not in ids:
            advice = nearest(self.page, ids, what="the pages are")
            return f"{self.name!r} leads to no page", advice
        if self.id and self.id not in ids[self.page]:
            return f"{self.page}.md has no id {self.id!r}", "name one that it has, or none"
        return None


def read(file: SourceFile) -> tuple[Redirect, ...]:
    """All of them."""
    if not file.path.is_file():
        return ()
    document = file.document(purpose="names that pages once had")
    return tuple(_redirects(document))


def _redirects(document: Document) -> Iterator[Redirect]:
    for name, target in document.entries.items():
        if not NAME.fullmatch(name):
            hint = "write it as it stood in the address, with a-z, 0-9 and -"
            raise document.error(name, f"no page can have had the name {name!r}", hint)
        if not isinstance(target, str):
            hint = f'write "{name}" = "page" or "page#id"'
            raise document.error(name, f"{name!r} leads to {target!r}", hint)
        page, _, place = target.partition("#")
        yield Redirect(name, page, place, document.path, document.line(name))


def mistakes(
    redirects: tuple[Redirect, ...], ids: Mapping[str, frozenset[str]]
) -> Iterator[Mistake]:
    """Those that lead nowhere, or from where a page is; ``ids`` are those of each page by name."""
    for one in redirects:
        found = one.mistake(ids)
        if found:
            yield Mistake(one.path, one.line, *found)

"""A series on one page: ``:::{whole} page`` stands for all pages of the series with that page.

It is derived from them, so that nothing is written twice: their texts follow one another, and links
between them lead to places of the one page.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from generator.addresses import Address
from generator.catalog.citations import citation_counts
from generator.catalog.content_files import joined
from generator.errors import Mistake
from generator.markdown.placeholders import Body, Cite, Link, PictureSize, Placeholder, Whole
from generator.pages.outline import Heading, Outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.catalog.series import Series
    from generator.pages.pages import Page

_NOTE = r"note-(?:call-)?\d"
"""How the id of a footnote begins, which every page counts from 1."""

_NOTED = re.compile(rf'(\bid="|\bhref="#)({_NOTE})')


def found(
    outlines: Mapping[Address, Outline], every: Sequence[Series]
) -> Mapping[Address, tuple[Address, ...]]:
    """The pages that stand on each page with the directive, in the order of their series."""
    wholes: dict[Address, tuple[Address, ...]] = {}
    for address, outline in outlines.items():
        for node in outline.placeholders:
            if isinstance(node, Whole):
                names = steps(node.page, every)
                parts = tuple(Address(address.folder, name) for name in names)
                wholes[address] = tuple(part for part in parts if part in outlines)
    return wholes


def steps(page: str, every: Sequence[Series]) -> tuple[str, ...]:
    """The names of all pages of the series with this page; none, if it is in no series."""
    for series in every:
        names = tuple(step.page for step in series.steps if step.page)
        if page in names:
            return names
    return ()


def mistakes(
    outlines: Mapping[Address, Outline], wholes: Mapping[Address, tuple[Address, ...]]
) -> Iterator[Mistake]:
    """Every id that two pages have which one page shows both."""
    for parts in wholes.values():
        seen: dict[str, str] = {}
        for part in parts:
            path = outlines[part].path
            for name, line in outlines[part].ids:
                if name in seen and not re.match(_NOTE, name):
                    problem = f"the id {name!r} is taken in {seen[name]}, of the same series"
                    yield Mistake(path, line, problem, "give every id of a series once")
                seen.setdefault(name, f"{path}:{line}")


def outline(own: Outline, parts: Sequence[Outline]) -> Outline:
    """The outline of a page on which these pages stand."""
    moves = _moves(own, parts)
    return replace(
        own,
        headings=(*own.headings, *(one for move in moves for one in move.headings())),
        items=(*own.items, *(item for part in parts for item in part.items)),
        ids=(
            *own.ids,
            *((move.id, 1) for move in moves),
            *(one for move in moves for one in move.ids()),
        ),
        placeholders=(
            *(node for node in own.placeholders if not isinstance(node, Whole)),
            *(one for move in moves for one in move.placeholders()),
        ),
    )


def page(own: Page, parts: Sequence[Page]) -> Page:
    """The page on which these pages stand."""
    moves = _moves(own.outline, [part.outline for part in parts])
    together = tuple(
        node
        for move, part in zip(moves, parts, strict=True)
        for node in (*move.header(part.lead), *move.body(part.body))
    )
    return replace(
        own,
        outline=outline(own.outline, [part.outline for part in parts]),
        body=tuple(
            one for node in own.body for one in (together if isinstance(node, Whole) else (node,))
        ),
        prose="\n".join([own.prose, *(part.prose for part in parts)]),
    )


@dataclass(frozen=True)
class _Move:
    """How one of the pages comes to stand on the whole one."""

    whole: Address
    part: Outline
    anchors: Mapping[Address, str]
    """Where each of the pages begins."""

    cited: Counter[str]
    """How often each reference is cited before."""

    @property
    def id(self) -> str:
        return self.anchors[self.part.address]

    def headings(self) -> Iterator[Heading]:
        """The title of the page, and its headings."""
        title = escape(self.part.front_matter.title, quote=False)
        yield Heading(2, self.id, (title,), 1)
        yield from (replace(one, body=self.body(one.body)) for one in self.part.headings)

    def ids(self) -> Iterator[tuple[str, int]]:
        """The ids of the page."""
        for name, line in self.part.ids:
            yield (f"{self.id}-{name}" if re.match(_NOTE, name) else name), line

    def header(self, lead: Body) -> Body:
        """What stands above the text of the page."""
        title = escape(self.part.front_matter.title, quote=False)
        start = f'<h2 class="part-title" id="{self.id}">{title}</h2>\n'
        return (f'{start}<p class="part-lead">', *self.body(lead), "</p>\n") if lead else (start,)

    def body(self, body: Body) -> Body:
        """Text of the page, its links and notes as the whole page has them."""
        return tuple(
            self._text(node) if isinstance(node, str) else self._node(node) for node in body
        )

    def placeholders(self) -> Iterable[Placeholder]:
        return map(self._node, self.part.placeholders)

    def _text(self, html: str) -> str:
        return _NOTED.sub(rf"\1{self.id}-\2", html)

    def _node(self, node: Placeholder) -> Placeholder:
        match node:
            case Link(target) | PictureSize(target):
                return replace(node, target=self._target(target))
            case Cite(keys, _, _, numbers):
                return replace(
                    node,
                    numbers=tuple(
                        number + self.cited[key] for key, number in zip(keys, numbers, strict=True)
                    ),
                )
        return node

    def _target(self, target: str) -> str:
        """A target as it is written on the whole page."""
        path = re.split(r"[?#]", target, maxsplit=1)[0]
        tail = target.removeprefix(path)
        if not path:
            return target
        name = joined(self.part.address, path)
        folder, _, stem = name.removesuffix(".md").partition("/")
        anchor = self.anchors.get(Address(folder, stem)) if name.endswith(".md") else None
        if anchor:
            return tail if "#" in tail else f"{tail}#{anchor}"
        start = posixpath.dirname(f"{self.whole.folder}/{self.whole.name}")
        return posixpath.relpath(name, start) + tail


def _moves(own: Outline, parts: Sequence[Outline]) -> list[_Move]:
    anchors = {part.address: f"part-{number}" for number, part in enumerate(parts, 1)}
    cited = citation_counts(own.placeholders)
    moves = []
    for part in parts:
        moves.append(_Move(own.address, part, anchors, cited))
        cited = cited + citation_counts(part.placeholders)
    return moves

"""Every language has the same structure: a difference is a mistake with both places named."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.addresses import Address
from generator.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from generator.files.inputs import Inputs
    from generator.languages import Languages
    from generator.markdown.outline_items import OutlineItem
    from generator.pages.outline import Outline

_SAME = ("order", "template")
"""What the front matter of all languages must agree in."""


def differences(outlines: Mapping[Address, Outline], languages: Languages) -> list[Mistake]:
    """Every difference between the default language and another, the first one of each page."""
    mistakes: list[Mistake] = []
    every = {address.name: address for address in sorted(outlines, reverse=True)}
    for name, some in sorted(every.items()):
        first = outlines.get(Address(languages.default.folder, name), outlines[some])
        for folder in languages.folders:
            address = Address(folder, name)
            if address not in outlines:
                mistakes.append(_untranslated(first, address))
            elif outlines[address] is not first:
                mistakes.extend(_between(first, outlines[address]))
    return mistakes


def _untranslated(outline: Outline, wanted: Address) -> Mistake:
    root = outline.path.removesuffix(f"{outline.address.folder}/{outline.address.name}.md")
    problem = f"the page is missing in the language {wanted.folder!r}"
    return Mistake(outline.path, None, problem, f"write {root}{wanted.folder}/{wanted.name}.md")


def missing_files(
    inputs: Inputs, content: str, languages: Languages, published: Container[str]
) -> list[Mistake]:
    """Files other than pages that one language has and another lacks, if they are of any use.

    Of use are settings and what a page leads to; notes beside the texts may be in one language.
    """
    having = {
        name.partition(f"content/{folder}/")[2]: folder
        for folder in reversed(languages.folders)
        for name in inputs.below(f"content/{folder}/")
        if name.endswith(".toml") or name.removeprefix("content/") in published
    }
    return [
        Mistake(f"{content}/{folder}/{name}", None, "there is no such file", advice)
        for folder in languages.folders
        for name in sorted(having)
        if inputs.hash(f"content/{folder}/{name}") is None
        for advice in (f"{content}/{having[name]}/{name} is there",)
    ]


def same_places(outlines: Mapping[Address, Outline]) -> Iterator[Mistake]:
    """Pages that would become the same file."""
    seen: dict[str, str] = {}
    for address, outline in sorted(outlines.items()):
        if address.path in seen:
            problem = f"it becomes {address.path}, as does {seen[address.path]}"
            yield Mistake(outline.path, None, problem, "rename one of the two")
        seen.setdefault(address.path, outline.path)


def _between(one: Outline, two: Outline) -> Iterator[Mistake]:
    for key in _SAME:
        values = getattr(one.front_matter, key), getattr(two.front_matter, key)
        if values[0] != values[1]:
            there = _place(two, two.lines.get(key))
            problem = f"{key} is {values[0]!r}, but {values[1]!r} in {there}"
            yield Mistake(one.path, one.lines.get(key), problem, "make them equal")
    yield from _first(_blocks(one, two))
    yield from _texts(one, two)


def _first(mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    """Only the first: after a part is missing, all that follow are out of step."""
    yield from list(mistakes)[:1]


def _blocks(one: Outline, two: Outline) -> Iterator[Mistake]:
    pairs = zip_longest(_block_items(one), _block_items(two))
    for mine, theirs in pairs:
        if mine is None:
            yield _missing(one, two, theirs)
        elif theirs is None:
            yield _missing(two, one, mine)
        elif (mine.kind, mine.name) != (theirs.kind, theirs.name):
            problem = f"here stands {mine}, but {theirs} in {_place(two, theirs.line)}"
            yield Mistake(one.path, mine.line, problem, "give both the same structure")


def _missing(page: Outline, other: Outline, item: OutlineItem) -> Mistake:
    problem = f"{item} is missing, which stands in {_place(other, item.line)}"
    last = page.items[-1].line if page.items else None
    return Mistake(page.path, last, problem, "give both the same structure")


def _block_items(outline: Outline) -> list[OutlineItem]:
    return [item for item in outline.items if not item.inline]


def _texts(one: Outline, two: Outline) -> Iterator[Mistake]:
    """Compare what stands in running text, section by section and in any order."""
    mine, theirs = _by_section(one), _by_section(two)
    for section in mine:
        for page, other, items, more in (
            (one, two, mine[section], theirs.get(section, [])),
            (two, one, theirs.get(section, []), mine[section]),
        ):
            surplus = Counter(map(str, more)) - Counter(map(str, items))
            for item in more:
                if surplus.pop(str(item), 0):
                    where = f"section {section!r}" if section else "the beginning"
                    problem = f"{where} lacks {item}, which stands in {_place(other, item.line)}"
                    line = _line_of_section(page, section)
                    yield Mistake(page.path, line, problem, "give both the same")


def _line_of_section(outline: Outline, name: str) -> int | None:
    return next((heading.line for heading in outline.headings if heading.id == name), None)


def _by_section(outline: Outline) -> dict[str, list[OutlineItem]]:
    sections: dict[str, list[OutlineItem]] = {"": []}
    section = ""
    for item in outline.items:
        if item.kind.startswith("heading"):
            section = item.name
            sections[section] = []
        elif item.inline:
            sections[section].append(item)
    return sections


def _place(outline: Outline, line: int | None) -> str:
    return f"{outline.path}:{line}" if line else outline.path

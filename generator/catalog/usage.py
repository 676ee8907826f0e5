"""What the texts of all pages and labels are checked for together.

There is one word for each term: those that the glossary says to avoid are mistakes. Labels belong
to a simulator or a figure that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.catalog import glossary
from generator.errors import Mistake, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from generator.catalog.catalog import Catalog
    from generator.catalog.glossary import Term
    from generator.files.inputs import Inputs


def avoided(
    inputs: Inputs, content: Path, name: str, terms: Mapping[str, Term]
) -> Iterator[Mistake]:
    """Every place in the texts of a language where another word stands for a term."""
    folders = dict.fromkeys(folder for term in terms.values() for folder in term.avoid)
    for folder in folders:
        yield from _avoided(inputs, content, name, terms, folder)


def _avoided(
    inputs: Inputs, content: Path, name: str, terms: Mapping[str, Term], folder: str
) -> Iterator[Mistake]:
    patterns = [
        (re.compile(one), term, folder)
        for term in terms.values()
        for one in term.avoid.get(folder, ())
    ]
    path = f"{name}/{glossary.FILE}"
    for term in terms.values():
        yield from _told(term.names[folder], path, term.line, patterns)
        yield from _told(term.meanings[folder], path, term.line, patterns)
    for source in inputs.below(f"content/{folder}/"):
        if source.endswith((".md", ".toml")):
            below = source.removeprefix("content/")
            text = (content / below).read_text(encoding="utf-8", errors="replace")
            yield from _told(text, f"{name}/{below}", 1, patterns)


def orphans(inputs: Inputs, content: str, catalog: Catalog) -> Iterator[Mistake]:
    """Every file of labels that no simulator, no instrument and no figure reads."""
    owners = {
        "widgets": ("simulator", catalog.simulators),
        "instruments": ("instrument", catalog.instruments),
        "figures": ("figure", catalog.figures),
    }
    for source in inputs.below("content/"):
        below = PurePosixPath(source.removeprefix("content/"))
        if below.suffix == ".toml" and below.parent.name in owners:
            kind, names = owners[below.parent.name]
            if below.stem not in names:
                advice = nearest(below.stem, names, what=f"the {kind}s are")
                yield Mistake(f"{content}/{below}", None, f"no {kind} reads it", advice)


def _told(
    text: str, path: str, first: int, patterns: list[tuple[re.Pattern[str], Term, str]]
) -> Iterator[Mistake]:
    for pattern, term, folder in patterns:
        for found in pattern.finditer(text):
            line = first + text.count("\n", 0, found.start())
            problem = f"{found[0]!r} is not this site's word for {term.key!r}"
            yield Mistake(path, line, problem, f"write {term.names[folder]!r}")

"""A series: pages in an order of their own, ``[[series]]`` in ``content/site.toml``.

``steps`` names the pages; a step on another site is a table with its ``url`` and a title by the
folder of each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.errors import Mistake, nearest

if TYPE_CHECKING:
    from generator.languages import Languages
    from generator.source_files import Document

_KEYS = ("steps",)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a page of this site by its name, or a place on another site with its titles."""

    page: str = ""
    url: str = ""
    titles: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Steps in order, and the line where they are listed."""

    steps: tuple[Step, ...]
    path: str
    line: int


def read(document: Document, languages: Languages) -> tuple[Series, ...]:
    """Every series of the site."""
    tables = document.entries.get("series", [])
    hint = 'write [[series]], and below it steps = ["page", "other-page"]'
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        where = "series"
        raise document.error(where, f"series is {tables!r}", hint)
    found = []
    for place, table in enumerate(tables):
        where = f"series.{place}"
        for key in table:
            if key not in _KEYS:
                entry, advice = f"{where}.{key}", nearest(key, _KEYS, what="the keys are")
                raise document.error(entry, f"a series has no {key!r}", advice)
        steps = table.get("steps")
        if not isinstance(steps, list) or not steps:
            raise document.error(where, "the series has no steps", hint)
        made = tuple(_step(document, f"{where}.steps", one, languages) for one in steps)
        found.append(Series(made, document.path, document.line(f"{where}.steps")))
    return tuple(found)


def _step(document: Document, where: str, given: Any, languages: Languages) -> Step:  # noqa: ANN401  what TOML holds
    if isinstance(given, str) and given:
        return Step(page=given)
    keys = ("url", *languages.folders)
    if isinstance(given, dict) and set(given) == set(keys):
        texts = [given[key] for key in keys]
        if all(isinstance(text, str) and text for text in texts):
            titles = {folder: given[folder] for folder in languages.folders}
            return Step(url=given["url"], titles=titles)
    named = ", ".join(f'{folder} = "…"' for folder in languages.folders)
    hint = f'name a page, or write {{ url = "https://…", {named} }}'
    raise document.error(where, f"{given!r} is no step", hint)


def mistakes(every: tuple[Series, ...], pages: frozenset[str]) -> Iterator[Mistake]:
    """Steps that are no pages, and pages that stand in two places."""
    seen: set[str] = set()
    for series in every:
        for step in series.steps:
            if step.page and step.page not in pages:
                advice = nearest(step.page, pages, what="the pages are")
                problem = f"the series has a step {step.page!r}, which is no page"
                yield Mistake(series.path, series.line, problem, advice)
            elif step.page in seen:
                problem = f"the page {step.page!r} is a step twice"
                yield Mistake(series.path, series.line, problem, "keep one of the two")
            seen.update({step.page} - {""})

"""Paths -> Outlines: every page that changed is read, the others are known."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from generator.addresses import Address
from generator.errors import Mistake, MistakeError
from generator.files.cache import digest
from generator.files.imports import ImportGraph
from generator.files.inputs import Inputs, file_of
from generator.languages import Language, Languages
from generator.options import Options
from generator.pages.front_matter import FrontMatter
from generator.pages.outline import Outline
from generator.pages.parse_cache import ParseCache
from generator.pages.sources import Source, address, read
from generator.project import shown
from generator.source_files import SourceFile

WORTH_SHARING = 24
"""From so many pages on, all processors read."""

Outcome = Outline | tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A page that may have to be read."""

    name: str
    path: str
    address: Address
    language: Language
    key: str


def reading_code(inputs: Inputs, graph: ImportGraph) -> str:
    """A hash of the code and the packages that read a page."""
    return digest(graph.fingerprint(__name__), inputs.fingerprint("requirements/"))


def tasks(options: Options, inputs: Inputs, languages: Languages, code: str = "") -> list[Task]:
    """Every page there is; ``code`` is the fingerprint of what reads them."""
    found: list[Task] = []
    mistakes: list[Mistake] = []
    for name in inputs.below("content/"):
        below = name.removeprefix("content/")
        path = f"{shown(options.content)}/{below}"
        try:
            where = address(path, below, languages)
        except MistakeError as cause:
            mistakes.extend(cause.mistakes)
            continue
        if where:
            language = languages.of(where.folder)
            key = digest(code, path, repr(language), str(inputs.hash(name)))
            found.append(Task(name, path, where, language, key))
    if mistakes:
        raise MistakeError(*mistakes)
    return found


def outlines(
    options: Options, parse_cache: ParseCache, todo: Sequence[Task]
) -> tuple[dict[Address, Outline], list[Mistake]]:
    """The outline of every page, and the mistakes of those that cannot be read.

    Pages not known are read and cached. A page with mistakes has the outline that it last had, or
    one of its ids alone, so that links to it stand.
    """
    known = parse_cache.outlines()
    result = {task.key: known[task.key] for task in todo if task.key in known}
    new = [task for task in todo if task.key not in result]
    mistakes: list[Mistake] = []
    last = {outline.address: (key, outline) for key, outline in known.items()} if new else {}
    stale: dict[str, Outline] = {}
    for task, outcome in zip(new, _read_all(options, parse_cache, new), strict=True):
        if isinstance(outcome, Outline):
            result[task.key] = outcome
            continue
        mistakes.extend(outcome)
        key, outline = last.get(task.address) or (f"unread {task.key}", _unread(options, task))
        stale[key] = outline
    kept = {**stale, **result}
    if new or len(known) != len(kept):
        parse_cache.keep_outlines(kept)
    return {outline.address: outline for outline in kept.values()}, mistakes


_ID = re.compile(r"\{#([a-z0-9-]+)")


def _unread(options: Options, task: Task) -> Outline:
    """The outline of a page that could never be read: the ids that others may link to."""
    text = file_of(task.name, options.roots).read_text(encoding="utf-8", errors="replace")
    ids = tuple((name, 1) for name in dict.fromkeys(_ID.findall(text)))
    front_matter = FrontMatter(task.address.name, "", 0, draft=True)
    return Outline(task.path, task.address, front_matter, {}, (), (), ids, ())


def _read_all(options: Options, parse_cache: ParseCache, new: Sequence[Task]) -> Iterable[Outcome]:
    one = partial(_read, options, parse_cache)
    workers = os.cpu_count() or 1
    if workers == 1 or len(new) < WORTH_SHARING:
        return map(one, new)
    from multiprocessing import get_context  # noqa: PLC0415  only where it pays

    from generator.markdown.parser import parser  # noqa: PLC0415

    parser()  # once, before the processes part
    with get_context("fork").Pool(workers) as pool:
        return pool.map(one, new, chunksize=max(1, len(new) // (8 * workers)))


def source(options: Options, task: Task) -> Source:
    """What a page is made from."""
    return read(
        SourceFile(task.path, file_of(task.name, options.roots)), task.address, task.language
    )


def _read(options: Options, parse_cache: ParseCache, task: Task) -> Outcome:
    from generator.pages.pages import page  # noqa: PLC0415  slow; an unchanged page needs no parser

    try:
        made = page(source(options, task))
    except MistakeError as cause:
        return cause.mistakes
    parse_cache.keep(task.key, made)
    return made.outline

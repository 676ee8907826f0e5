"""Paths -> Outlines: every page that changed is read, the others are known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from generator.addresses import Address
from generator.errors import Mistake, MistakeError
from generator.files.cache import digest
from generator.files.inputs import Inputs, file_of
from generator.options import Options, shown
from generator.pages.outline import Outline
from generator.pages.shelf import Shelf
from generator.pages.sources import address, read

WORTH_SHARING = 24
"""From so many pages on, all processors read."""

Outcome = Outline | tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A page that may have to be read."""

    name: str
    path: str
    address: Address
    key: str


def tasks(options: Options, inputs: Inputs) -> list[Task]:
    """Every page there is."""
    code = inputs.code
    found: list[Task] = []
    mistakes: list[Mistake] = []
    for name in inputs.below("content/"):
        below = name.removeprefix("content/")
        path = f"{shown(options.content)}/{below}"
        try:
            where = address(path, below)
        except MistakeError as error:
            mistakes.extend(error.mistakes)
            continue
        if where:
            found.append(Task(name, path, where, digest(code, path, str(inputs.hash(name)))))
    if mistakes:
        raise MistakeError(*mistakes)
    return found


def outlines(options: Options, shelf: Shelf, todo: Sequence[Task]) -> dict[str, Outline]:
    """The outline of every page by its key; pages not known are read and put on the shelf."""
    known = shelf.outlines()
    result = {task.key: known[task.key] for task in todo if task.key in known}
    new = [task for task in todo if task.key not in result]
    mistakes: list[Mistake] = []
    for task, outcome in zip(new, _read_all(options, shelf, new), strict=True):
        if isinstance(outcome, Outline):
            result[task.key] = outcome
        else:
            mistakes.extend(outcome)
    if new or len(known) != len(result):
        shelf.keep_outlines(result)
    if mistakes:
        raise MistakeError(*mistakes)
    return result


def _read_all(options: Options, shelf: Shelf, new: Sequence[Task]) -> Iterable[Outcome]:
    one = partial(_read, options, shelf)
    workers = os.cpu_count() or 1
    if workers == 1 or len(new) < WORTH_SHARING:
        return map(one, new)
    from multiprocessing import get_context  # noqa: PLC0415  only where it pays

    from generator.markdown.parser import parser  # noqa: PLC0415

    parser()  # once, before the processes part
    with get_context("fork").Pool(workers) as pool:
        return pool.map(one, new, chunksize=max(1, len(new) // (8 * workers)))


def _read(options: Options, shelf: Shelf, task: Task) -> Outcome:
    from generator.pages.pages import page  # noqa: PLC0415  slow; an unchanged page needs no parser

    try:
        made = page(read(file_of(task.name, options.roots), task.path, task.address))
    except MistakeError as error:
        return error.mistakes
    shelf.keep(task.key, made)
    return made.outline

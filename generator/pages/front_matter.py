"""The lines between ``---`` at the top of a page, as a typed record."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from generator.errors import error, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

FENCE = "---"
_LINE = re.compile(r"([a-z_]+):(?:\s+(.*?))?\s*$")
_LIST = re.compile(r"- |\[[^\]]*\]$|\{.*\}$")
_COMMENT = re.compile(r"\s#\s.*")


@dataclass(frozen=True)
class FrontMatter:
    """What a page says about itself."""

    title: str
    description: str
    """One sentence for search engines and previews."""

    order: int
    """Its place in the reading order of its language."""

    headline: str = ""
    """What stands above the page instead of its title."""

    lead: str = ""
    """The paragraph under the title, in inline Markdown."""

    step: str = ""
    """Its place in a series, e.g. ``STEP 13 / 13``."""

    template: str = "page"
    """The template that renders it, without ``.html``."""

    draft: bool = False
    """Whether it is unfinished: only ``serve`` shows it, and it needs no translation."""


REQUIRED = ("title", "description", "order")
NAMES = tuple(field.name for field in fields(FrontMatter))


@dataclass(frozen=True, slots=True)
class Split:
    """A page's text taken apart: what it says about itself, and the rest.

    The rest keeps its line numbers: the lines of the front matter are empty in it.
    """

    front_matter: FrontMatter
    lines: dict[str, int]
    text: str


def split(path: str, text: str) -> Split:
    """The front matter of a page and its text."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise error(path, 1, "the page has no front matter", f"start it with {_example()}")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise error(path, 1, "the front matter does not end", f"close it with a line {FENCE}")
    values: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for number, key, value in _entries(path, lines[1:end]):
        if key in values:
            raise error(path, number, f"{key!r} is given twice", "keep one of the two")
        values[key], numbers[key] = _text(path, number, value), number
    record = _record(path, values, numbers)
    return Split(record, numbers, "\n" * (end + 1) + "\n".join(lines[end + 1 :]))


def _entries(path: str, lines: list[str]) -> Iterator[tuple[int, str, str]]:
    entry: tuple[int, str, str] | None = None
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace() and entry:
            entry = (entry[0], entry[1], f"{entry[2]} {line.strip()}".strip())
            continue
        if entry:
            yield entry
        match = _LINE.match(line)
        if not match:
            hint = "write a key, a colon, a space and a text"
            raise error(path, number, f"{line.strip()!r} is not 'key: value'", hint)
        entry = (number, match[1], match[2] or "")
    if entry:
        yield entry


def _text(path: str, number: int, value: str) -> str:
    """What an entry says, without the quotes around it."""
    if value.startswith(("|", ">")):
        hint = "write the text there; a line below that begins with a space goes on"
        raise error(path, number, f"{value[0]!r} begins no text", hint)
    if _LIST.match(value):
        raise error(path, number, f"{value!r} is a list", "write one text, or put quotes around it")
    quote = value[:1]
    if quote not in {'"', "'"}:
        if comment := _COMMENT.search(value):
            hint = "write it on a line of its own, or put quotes around the text"
            raise error(path, number, f"{comment[0].strip()!r} would be part of the text", hint)
        return value
    inside = value[1:-1]
    if value[1:] != inside + quote or quote in inside:
        hint = "put one pair of other quotes around the whole text"
        raise error(path, number, f"the quotes of {value} do not match", hint)
    return inside


def _record(path: str, values: dict[str, str], numbers: dict[str, int]) -> FrontMatter:
    for key in values:
        if key not in NAMES:
            advice = nearest(key, NAMES, what="the keys are")
            raise error(path, numbers[key], f"front matter has no key {key!r}", advice)
    for key in REQUIRED:
        if not values.get(key):
            raise error(path, numbers.get(key, 1), f"{key!r} is missing", f"add '{key}: …'")
    order = values["order"]
    if not re.fullmatch(r"-?[0-9]{1,9}", order):
        hint = "write a whole number, its place in the reading order"
        raise error(path, numbers["order"], f"order is {order!r}", hint)
    draft = values.get("draft", "false")
    if draft not in {"true", "false"}:
        hint = "write true, or leave the line out"
        raise error(path, numbers["draft"], f"draft is {draft!r}", hint)
    rest = {key: value for key, value in values.items() if key not in {"order", "draft"}}
    return FrontMatter(order=int(order), draft=draft == "true", **rest)


def _example() -> str:
    keys = " · ".join(f"{name}: …" for name in REQUIRED)
    return f"{FENCE}, then {keys}, then {FENCE}"

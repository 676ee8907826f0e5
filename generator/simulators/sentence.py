"""Sentences with places for numbers, as authors write them in the label files.

``{group.p}`` is a number as people read it, ``{=group.p}`` the same with its sign of equality or
inequality (``= .26``, ``< .0001``), ``{n_mice}`` the value of a control, ``**bold**`` stress.
``browser/simulator/sentence.js`` reads the same little language in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from widgets.notation import MISSING, NO_BREAK

_PLACE = re.compile(r"\{(=?)([^{}]*)\}")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_RELATION = re.compile(rf" ([<=>])[ {NO_BREAK}]")
"""A sign of relation, which no line may begin or end with."""


_ABSENT = "\ue000"
_NO_INTERVAL = re.compile(rf"{_ABSENT}\s*[^\s{_ABSENT}]{{1,3}}\s*{_ABSENT}")
"""Both ends of an interval that there is not, and the word between them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a number: whose, and whether its relation is written with it."""

    name: str
    relation: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A number in words: alone, and with its sign of equality or inequality."""

    text: str
    relation: str | None = None


def places(sentence: str) -> tuple[Place, ...]:
    """The places of a sentence, in reading order."""
    return tuple(Place(match[2], bool(match[1])) for match in _PLACE.finditer(sentence))


def stray_braces(sentence: str) -> bool:
    """Whether a brace is left that belongs to no place."""
    return bool(re.search(r"[{}]", _PLACE.sub("", sentence)))


def plain(sentence: str, numbers: Mapping[str, Written]) -> str:
    """The sentence as text without marks, for attributes."""
    return _STRONG.sub(r"\1", _filled(sentence, numbers))


def marked_up(sentence: str, numbers: Mapping[str, Written]) -> Markup:
    """The sentence as HTML."""
    return Markup("").join(_parts(_filled(sentence, numbers)))


def _filled(sentence: str, numbers: Mapping[str, Written]) -> str:
    def number(match: re.Match[str]) -> str:
        written = numbers[match[2]]
        if written.text == MISSING:
            return _ABSENT
        return written.relation or written.text if match[1] else written.text

    text = _NO_INTERVAL.sub(MISSING, _PLACE.sub(number, sentence)).replace(_ABSENT, MISSING)
    return _RELATION.sub(rf"{NO_BREAK}\1{NO_BREAK}", text)


def _parts(text: str) -> Iterator[Markup]:
    for index, part in enumerate(_STRONG.split(text)):
        stressed = index % 2 == 1
        yield Markup("<strong>{}</strong>").format(part) if stressed else escape(part)

"""A page of the finished site, read for what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_URLS = {"href", "src"}
_SILENT = {"script", "style", "code", "pre", "svg", "math", "textarea"}


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a page, with its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Control:
    """What a reader moves in a simulator: a number between two ends, or one of some options."""

    low: float
    high: float
    step: float
    """Between two numbers that it takes, counted from ``low``."""

    options: list[str]


@dataclass(frozen=True, slots=True)
class Document:
    """What stands in a page."""

    path: str
    """Its place in the site."""

    ids: tuple[Found, ...]
    links: tuple[Found, ...]
    unlabelled: tuple[Found, ...]
    """Pictures without a text alternative."""

    texts: tuple[tuple[Found, str], ...]
    """Running text with the language it is in."""

    controls: Mapping[str, Control]
    """Those of its simulators, by the name that an address gives them."""


def document(file: Path, path: str) -> Document:
    """A page of the site."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    reader.close()
    return Document(
        path,
        tuple(reader.ids),
        tuple(reader.links),
        tuple(reader.unlabelled),
        tuple(reader.texts),
        reader.controls,
    )


_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    tag: str
    language: str
    silent: bool


@dataclass
class _Reader(HTMLParser):
    ids: list[Found] = field(default_factory=list)
    links: list[Found] = field(default_factory=list)
    unlabelled: list[Found] = field(default_factory=list)
    texts: list[tuple[Found, str]] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    controls: dict[str, Control] = field(default_factory=dict)
    simulator: str = ""
    """The one that is open."""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in given:
            self.ids.append(Found(given["id"], line))
        canonical = tag == "link" and given.get("rel") in {"canonical", "alternate"}
        if not canonical:
            self.links += [Found(given[name], line) for name in _URLS & set(given)]
        if _lacks_alternative(tag, given):
            self.unlabelled.append(Found(tag, line))
        self._meet_control(tag, given)
        if tag not in _VOID:
            above = self.open[-1] if self.open else _Open("", "", silent=False)
            language = given.get("lang", above.language)
            self.open.append(_Open(tag, language, silent=above.silent or tag in _SILENT))

    def _meet_control(self, tag: str, given: dict[str, str]) -> None:
        self.simulator = given.get("data-widget", self.simulator)
        if tag in {"input", "select"} and self.simulator and "name" in given:
            low, high = (float(given.get(end) or "nan") for end in ("min", "max"))
            control = Control(low, high, float(given.get("step") or 1), [])
            self.controls[f"{self.simulator}.{given['name']}"] = control
        elif tag == "option" and self.controls:
            [*_, control] = self.controls.values()
            control.options.append(given.get("value", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "sim-widget":
            self.simulator = ""
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1].silent and data.strip():
            self.texts.append((Found(data, self.getpos()[0]), self.open[-1].language))


def _lacks_alternative(tag: str, given: dict[str, str]) -> bool:
    if tag == "img":
        return not given.get("alt", "").strip() and given.get("role") != "presentation"
    if tag == "svg" or given.get("role") == "img":
        named = given.get("aria-label", "").strip() or given.get("aria-labelledby", "").strip()
        return not named and given.get("aria-hidden") != "true"
    return False

"""The words of a simulator in one language: read from its label file, checked against its Widget.

A label file is ``content/<language>/widgets/<name>.toml``; ``docs/simulators.md`` describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import Mistake, MistakeError
from generator.source_files import Document, SourceFile

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ControlWords:
    """What stands at one control."""

    label: str
    help: str = ""
    unit: str = ""
    options: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RepeatWords:
    """What stands at the experiment repeated many times."""

    title: str
    intro: str
    verdicts: Words
    readouts: Words
    charts: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Labels:
    """All words of one simulator in one language."""

    document: Document
    title: str
    looking_at: str
    controls: Mapping[str, ControlWords]
    rows: Words
    columns: Words
    readouts: Words
    verdicts: Words
    notes: Words
    tries: Words
    charts: Mapping[str, Words]
    repeats: RepeatWords | None

    @property
    def chart_words(self) -> Mapping[str, Words]:
        """The words of every chart, those of the repeats included."""
        return {**self.charts, **(self.repeats.charts if self.repeats else {})}


def read(file: SourceFile) -> Labels:
    """The labels in a file."""
    return parse(file.document(purpose="the words of a simulator"))


def parse(document: Document) -> Labels:
    """The labels in a document, every one of them text."""
    reader = _Reader(document, [])
    top = reader.section(document.entries, "", texts=("title", "looking_at"), sections=_SECTIONS)
    repeats = top.get("repeats")
    labels = Labels(
        document=document,
        title=top.get("title", ""),
        looking_at=top.get("looking_at", ""),
        controls={
            name: reader.control(name, words) for name, words in top.get("controls", {}).items()
        },
        charts=reader.charts(top.get("charts", {}), "charts"),
        repeats=None if repeats is None else reader.repeats(repeats),
        **{name: reader.words(top.get(name, {}), name) for name in _FLAT},
    )
    if reader.mistakes:
        raise MistakeError(*reader.mistakes)
    return labels


_FLAT = ("rows", "columns", "readouts", "verdicts", "notes", "tries")
_SECTIONS = (*_FLAT, "controls", "charts", "repeats")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads sections and collects what is wrong with them."""

    document: Document
    mistakes: list[Mistake]

    def complain(self, place: str, problem: str, hint: str) -> None:
        self.mistakes.append(self.document.mistake(place, problem, hint))

    def section(
        self, given: object, place: str, texts: tuple[str, ...], sections: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The known entries of a section; texts are required, sections are not."""
        if not isinstance(given, dict):
            self.complain(place, f"{place} must be a section", f"write [{place}] above its entries")
            return {}
        for name in sorted(set(given) - set(texts) - set(sections)):
            known = ", ".join((*texts, *sections))
            entry = _at(place, name)
            self.complain(entry, f"unknown entry {entry}", f"here may stand {known}")
        for name in texts:
            self.text(given.get(name), _at(place, name))
        return {name: given[name] for name in (*texts, *sections) if name in given}

    def text(self, given: object, place: str) -> str:
        if isinstance(given, str) and given.strip():
            return given
        self.complain(
            place,
            f"{place} is missing" if given is None else f"{place} must be text, not {given!r}",
            f'write {place.rpartition(".")[2]} = "…"',
        )
        return ""

    def words(self, given: object, place: str) -> Words:
        """A flat section: names and their texts."""
        if not isinstance(given, dict):
            self.complain(place, f"{place} must be a section", f"write [{place}] above its entries")
            return {}
        return {name: self.text(value, _at(place, name)) for name, value in given.items()}

    def control(self, name: str, given: object) -> ControlWords:
        place = f"controls.{name}"
        entries = self.section(given, place, ("label",), ("help", "unit", "options"))
        optional = {
            name: self.text(entries[name], _at(place, name))
            for name in ("help", "unit")
            if name in entries
        }
        options = self.words(entries.get("options", {}), _at(place, "options"))
        return ControlWords(label=entries.get("label", ""), options=options, **optional)

    def charts(self, given: object, place: str) -> Mapping[str, Words]:
        if not isinstance(given, dict):
            self.complain(
                place, f"{place} must be a section", f"write [{place}.NAME] for each chart"
            )
            return {}
        return {name: self.words(words, _at(place, name)) for name, words in given.items()}

    def repeats(self, given: object) -> RepeatWords:
        entries = self.section(
            given, "repeats", ("title", "intro"), ("verdicts", "readouts", "charts")
        )
        return RepeatWords(
            title=entries.get("title", ""),
            intro=entries.get("intro", ""),
            verdicts=self.words(entries.get("verdicts", {}), "repeats.verdicts"),
            readouts=self.words(entries.get("readouts", {}), "repeats.readouts"),
            charts=self.charts(entries.get("charts", {}), "repeats.charts"),
        )


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name

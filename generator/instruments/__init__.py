"""Instruments on pages: what a page shows of one before any script runs."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.simulators import sentence
from generator.simulators.page import LIVE
from generator.simulators.readouts import written
from generator.simulators.sentence import marked_up
from generator.source_files import SourceFile
from generator.templates import Templates
from widgets import host, instruments


def fragment(
    name: str, language: str, content: Path, common: Mapping[str, str], templates: Templates
) -> str:
    """The HTML of an instrument in one language, by ``templates/instruments/<name>.html``.

    ``language`` is the language's folder in ``content``, ``common`` the words that all simulators
    share in it. Words that the instrument writes into its figures are the section ``[figure]``; it
    gets them as ``words``.
    """
    label_file = Path(language) / "instruments" / f"{name}.toml"
    document = SourceFile.at(content / label_file).document(purpose="the words of an instrument")
    labels = document.entries
    instrument = instruments.load(name)
    example: dict[str, Any] = dict(instrument.example)
    if instrument.data:
        example["columns"] = _columns(content / "data" / instrument.data)
    if "figure" in labels:
        example["words"] = labels["figure"]
    reply = host.ask(instrument, example)
    needed = {
        "labels": labels,
        "example": example,
        "words": _live(common),
        "methods": _methods(name, content),
    }
    context = {
        "name": name,
        "labels": labels,
        "words": common,
        "example": example,
        "sentence": _sentence,
        "reply": reply,
        **_said(labels, reply),
        "live": _harmless(needed),
    }
    return templates.render(f"instruments/{name}.html", context, words=document.path)


def _live(common: Mapping[str, str]) -> dict[str, str]:
    """The words that every panel's script says."""
    return {name: common[name] for name in LIVE}


def _sentence(text: str, *numbers: Mapping[str, str]) -> Markup:
    """A sentence with its places filled, as HTML."""
    filled = {name: sentence.Written(one) for some in numbers for name, one in some.items()}
    return sentence.marked_up(text, filled)


def _said(labels: Mapping[str, Any], reply: Mapping[str, Any]) -> dict[str, Any]:
    """The sentences that an answer names: its verdict, its remarks, what changed."""
    if "remarks" not in reply:
        return {}
    numbers = written(reply["readouts"])
    changed = [labels["changed"][key] for key in reply.get("changed", ())]
    return {
        "said": marked_up(labels["verdicts"][reply["verdict"]], numbers),
        "remarks": [
            marked_up(labels["remarks"][one["name"]], _plain(one["values"]))
            for one in reply["remarks"]
        ],
        "changed": Markup(" ").join(marked_up(one, numbers) for one in changed),
    }


def _plain(values: Mapping[str, str]) -> dict[str, sentence.Written]:
    return {name: sentence.Written(text) for name, text in values.items()}


def _methods(name: str, content: Path) -> dict[str, Any]:
    """The sentences of the methods in every language, since a paper may be in another one."""
    found = {}
    for path in sorted(content.glob(f"*/instruments/{name}.toml")):
        document = SourceFile.at(path).document(purpose="the words of an instrument")
        if "methods" in document.entries:
            found[path.parts[-3]] = document.entries["methods"]
    return found


def _columns(path: Path) -> dict[str, list[str]]:
    """The columns of a table as text."""
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _harmless(needed: Mapping[str, object]) -> Markup:
    """JSON that cannot end the element that it stands in."""
    text = json.dumps(needed, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  JSON with every < escaped

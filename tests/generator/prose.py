"""Cases written as prose: a title, what an author writes and what comes of it, a dot after each.

``markdown/<rule>.md`` holds the cases of a rule. ``python -m tests.generator.accept`` writes what
now comes of every case into the files; read the difference before you commit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from generator.addresses import Address
from generator.errors import MistakeError
from generator.markdown.placeholders import Node
from generator.pages.pages import page
from generator.pages.sources import Source
from tests.generator.languages import ZH

FOLDER = Path(__file__).parent / "markdown"
HEAD = "---\ntitle: Title\ndescription: What it says.\norder: 1\n---\n"


@dataclass(frozen=True)
class Case:
    rule: str
    title: str
    given: str
    expected: str


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.md")):
        yield from read(file)


def read(file: Path) -> Iterator[Case]:
    parts = [part.strip("\n") for part in re.split(r"^\.$", file.read_text(), flags=re.MULTILINE)]
    for start in range(0, len(parts) - 1, 3):
        yield Case(file.stem, *parts[start : start + 3])


def outcome(given: str) -> str:
    """The page's body, placeholders named in ⟦⟧; or the mistakes, with lines as in the case."""
    try:
        made = page(Source("page.md", Address("zh", "page"), ZH, HEAD + given + "\n"))
    except MistakeError as error:
        above = HEAD.count("\n")
        return re.sub(
            r"(?<=page.md:)\d+|(?<= line )\d+", lambda line: str(int(line[0]) - above), str(error)
        )
    return "".join(map(shown, made.body)).rstrip("\n")


def shown(node: Node) -> str:
    if isinstance(node, str):
        return node
    fields = [str(value) for value in astuple(node) if type(value) is not int]
    return f"⟦{type(node).__name__} {' '.join(fields)}⟧"


def accept() -> None:
    """Write what now comes of every case."""
    for file in sorted(FOLDER.glob("*.md")):
        written = (
            f"{case.title}\n.\n{case.given}\n.\n{outcome(case.given)}\n.\n" for case in read(file)
        )
        file.write_text("\n".join(written))

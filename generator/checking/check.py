"""All checks together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.checking import (
    external,
    links,
    markup,
    settings,
    simulators,
    typography,
    validation,
)
from generator.checking.document import Document, document
from generator.errors import Mistake
from generator.project import shown


def faults(site: Path, names: Sequence[str], *, elsewhere: bool = False) -> list[Mistake]:
    """Everything wrong with a finished site of these names; other sites are asked if wanted."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = sorted(path for path in files if path.endswith(".html"))
    documents = {path: document(site / path, path) for path in pages}
    name = shown(site)
    found = [*links.dead(documents, files, name), *settings.problem(documents, name)]
    for page in documents.values():
        found += _of_page(page, names, name)
    found += validation.faults([site / path for path in pages])
    found += simulators.faults(documents.values())
    if elsewhere:
        found += external.dead(documents, name)
    return sorted(found, key=lambda mistake: (mistake.path, mistake.line or 0))


def _of_page(page: Document, names: Sequence[str], name: str) -> list[Mistake]:
    return [
        *markup.duplicate_ids(page, name),
        *markup.missing_alternatives(page, name),
        *typography.faults(page, names, name),
    ]

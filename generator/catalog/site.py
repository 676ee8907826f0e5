"""What holds for the whole site: ``content/site.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import toml
from generator.errors import error, nearest
from generator.languages import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

FILE = "site.toml"
_URL = "url"
_ADDRESS = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")
_KEYS = (_URL, "zh", "en")


@dataclass(frozen=True, slots=True)
class Title:
    """What the site is called in one language."""

    name: str
    tagline: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site: where it will stand, and what it is called."""

    url: str
    titles: Mapping[str, Title]


def read(file: Path, path: str, url: str | None) -> Site:
    """The settings of the site; ``url`` from the command line wins over the file's."""
    document = toml.read(file, path, purpose="the site's address and names")
    for key in document.entries:
        if key not in _KEYS:
            advice = nearest(key, _KEYS, what="the keys are")
            raise document.error(key, f"there is no setting {key!r}", advice)
    address = url or document.entries.get(_URL)
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        problem, hint = (
            f"url is {address!r}",
            "write the address that the site will have: https://…/",
        )
        raise error("--url", None, problem, hint) if url else document.error(_URL, problem, hint)
    titles = {language.folder: _title(document, language.folder) for language in LANGUAGES}
    return Site(address.rstrip("/") + "/", titles)


def _title(document: toml.Document, folder: str) -> Title:
    given = document.entries.get(folder)
    section = given if isinstance(given, dict) else {}
    for key in ("name", "tagline"):
        if not isinstance(section.get(key), str):
            place, hint = f"{folder}.{key}", f'write {key} = "…" under it'
            raise document.error(place, f"[{folder}] lacks {key!r}", hint)
    return Title(section["name"], section["tagline"])

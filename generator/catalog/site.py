"""What holds for the whole site: ``content/site.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator import toml
from generator.errors import nearest, refusal
from generator.languages import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

FILE = "site.toml"
_KEYS = ("url", "repository", "zh", "en")


@dataclass(frozen=True, slots=True)
class Title:
    """What the site is called in one language."""

    name: str
    tagline: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site: where it will stand, and what it is called."""

    url: str
    repository: str
    titles: Mapping[str, Title]


def read(file: Path, path: str, url: str | None) -> Site:
    """The settings of the site; ``url`` from the command line wins over the file's."""
    document, text = toml.read(file, path, purpose="the site's address and names")
    for key in document:
        if key not in _KEYS:
            advice = nearest(key, _KEYS, what="the keys are")
            raise refusal(path, toml.line_of(text, key), f"there is no setting {key!r}", advice)
    address = url or document.get("url")
    if not isinstance(address, str) or urlsplit(address).scheme not in {"http", "https"}:
        wrong = f"url is {address!r}"
        right = 'write the address that the site will have: url = "https://…/"'
        raise refusal(path, toml.line_of(text, "url"), wrong, right)
    titles = {
        language.folder: _title(document.get(language.folder), text, path, language.folder)
        for language in LANGUAGES
    }
    return Site(address.rstrip("/") + "/", str(document.get("repository", "")), titles)


def _title(given: Any, text: str, path: str, folder: str) -> Title:  # noqa: ANN401  as TOML has it
    section = given if isinstance(given, dict) else {}
    for key in ("name", "tagline"):
        if not isinstance(section.get(key), str):
            line = toml.line_of(text, key, folder)
            raise refusal(path, line, f"[{folder}] lacks {key!r}", f'write {key} = "…" under it')
    return Title(section["name"], section["tagline"])

"""The languages of a site: as many as ``content/site.toml`` lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

IDEOGRAPHIC = frozenset(("Hani", "Hans", "Hant", "Jpan"))
"""Scripts (ISO 15924) written in ideographs without spaces between words."""

_SUBTAG = 4
"""Letters of the subtag of a BCP 47 tag that names a script."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: the folder it lives in, and how HTML, Open Graph and its readers name it."""

    folder: str
    tag: str
    """BCP 47, e.g. ``pt-BR``."""

    locale: str
    """Of Open Graph, e.g. ``pt_BR``."""

    name: str
    """What its own readers call it, e.g. ``Português``."""

    script: str
    """ISO 15924, e.g. ``Latn``."""

    direction: str = "ltr"

    @property
    def is_ideographic(self) -> bool:
        """Whether it is written in ideographs, without spaces between words."""
        return self.script in IDEOGRAPHIC


@dataclass(frozen=True, slots=True)
class Languages:
    """All languages of a site in their order, and the one for readers of none of them."""

    every: tuple[Language, ...]
    default: Language

    def __iter__(self) -> Iterator[Language]:
        """The languages in order."""
        return iter(self.every)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.every)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders in order."""
        return tuple(language.folder for language in self.every)

    def of(self, folder: str) -> Language:
        """The language that lives in a folder."""
        return next(language for language in self.every if language.folder == folder)

    def others(self, folder: str) -> tuple[Language, ...]:
        """The languages that do not live in a folder."""
        return tuple(language for language in self.every if language.folder != folder)


def script_of(tag: str, name: str) -> str:
    """The script that a tag names, or else that of a language's own name: ``Hani`` or ``Latn``."""
    subtags = tag.split("-")[1:]
    named = next((one for one in subtags if len(one) == _SUBTAG and one.isalpha()), None)
    if named:
        return named.title()
    ideographs = any(unicodedata.name(sign, "").startswith("CJK") for sign in name)
    return "Hani" if ideographs else "Latn"


def locale_of(tag: str) -> str:
    """The locale of a tag: its language, and its region if it names one."""
    language, *subtags = tag.split("-")
    region = next((one for one in subtags if len(one) == 2 or one.isdigit()), None)  # noqa: PLR2004  ISO 3166
    return f"{language}_{region.upper()}" if region else language

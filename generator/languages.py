"""The two languages of the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Language:
    """A language: the folder it lives in, and how HTML and Open Graph name it."""

    folder: str
    tag: str
    locale: str

    @property
    def other(self) -> Language:
        """The one that its language link leads to."""
        return EN if self == ZH else ZH


ZH = Language("zh", "zh-Hant-TW", "zh_TW")
EN = Language("en", "en", "en_GB")
LANGUAGES = (ZH, EN)
BY_FOLDER = {language.folder: language for language in LANGUAGES}

"""What holds for the whole site: ``content/site.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.catalog import series
from generator.catalog.series import Series
from generator.errors import error, nearest
from generator.languages import Language, Languages, locale_of, script_of
from generator.source_files import Document, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

FILE = "site.toml"
_URL = "url"
_ADDRESS = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")
_SLUG = "slug"
_DEFAULT = "default"
_LANGUAGES = "languages"
_ICON = "icon"
_SERIES = "series"
_CITE = "cite"
_KEYS = (_URL, _SLUG, _DEFAULT, _ICON, _LANGUAGES, _SERIES, _CITE)
_NEEDED = ("folder", "tag", "name", "title", "tagline")
_OPTIONAL = ("locale", "script", "direction", "licence")
_SHAPES: Mapping[str, tuple[str, str]] = {
    "folder": (r"[a-z][a-z0-9-]*", "a folder of the content, named with a-z, 0-9 and -"),
    "tag": (r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", "a tag such as en, pt-BR or zh-Hant-TW"),
    "locale": (r"[a-z]{2,3}(_[A-Z0-9]{2,3})?", "a locale such as en_GB"),
    "script": (r"[A-Z][a-z]{3}", "a script such as Latn, Hant or Jpan"),
    "direction": (r"ltr", "ltr; pages that run from right to left are not made yet"),
}


@dataclass(frozen=True, slots=True)
class Title:
    """What the site is called in one language, and under what licence its readers have it."""

    name: str
    tagline: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """How others are to cite the site: its authors as one name, and the year."""

    authors: str
    year: int


@dataclass(frozen=True, slots=True)
class Site:
    """The site: where it will stand, its languages, and what it is called in each."""

    url: str
    slug: str
    """Its name in the names of files, e.g. of the archive to take away."""

    languages: Languages
    titles: Mapping[str, Title]
    icon: str = ""
    """An SVG of the content; without one, the site has the generator's."""

    series: tuple[Series, ...] = ()
    cite: Cite | None = None


def read(file: SourceFile, url: str | None) -> Site:
    """The settings of the site; ``url`` from the command line wins over the file's."""
    document = file.document(purpose="the site's address, languages and names")
    for key in document.entries:
        if key not in _KEYS:
            advice = nearest(key, _KEYS, what="the keys are")
            raise document.error(key, f"there is no setting {key!r}", advice)
    tables = _tables(document)
    languages = _languages(document, tables)
    return Site(
        url=_url(document, url),
        slug=_slug(document),
        languages=languages,
        titles={
            table["folder"]: Title(table["title"], table["tagline"], table.get("licence", ""))
            for table in tables
        },
        icon=_icon(document, file.path.parent),
        series=series.read(document, languages),
        cite=_cite(document),
    )


def _url(document: Document, given: str | None) -> str:
    address = given or document.entries.get(_URL)
    if isinstance(address, str) and _ADDRESS.fullmatch(address):
        return address.rstrip("/") + "/"
    problem = f"url is {address!r}"
    hint = "write the address that the site will have: https://…/"
    raise error("--url", None, problem, hint) if given else document.error(_URL, problem, hint)


def _slug(document: Document) -> str:
    slug = document.entries.get(_SLUG, "site")
    if not (isinstance(slug, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)):
        hint = "write the site's name with a-z, 0-9 and -, as files are named by it"
        raise document.error(_SLUG, f"slug is {slug!r}", hint)
    return slug


def _cite(document: Document) -> Cite | None:
    """How the site is to be cited; None without a table ``[cite]``."""
    table = document.entries.get(_CITE)
    if table is None:
        return None
    kinds = {"authors": str, "year": int}
    shape = isinstance(table, dict) and {key: type(value) for key, value in table.items()} == kinds
    if not shape:
        hint = 'write [cite], and below it authors = "…" and year = 2026'
        raise document.error(_CITE, f"cite is {table!r}", hint)
    return Cite(table["authors"], table["year"])


def _icon(document: Document, content: Path) -> str:
    icon = document.entries.get(_ICON, "")
    if not (isinstance(icon, str) and (not icon or icon.endswith(".svg"))):
        raise document.error(_ICON, f"icon is {icon!r}", "name an SVG of the content")
    if icon and not (content / icon).is_file():
        raise document.error(_ICON, f"the content has no {icon!r}", "write it, or leave icon out")
    return icon


def _tables(document: Document) -> list[dict[str, Any]]:
    """The tables of the languages, each checked by itself, then against the others."""
    tables = document.entries.get(_LANGUAGES)
    if not (isinstance(tables, list) and tables and all(isinstance(one, dict) for one in tables)):
        hint = "write [[languages]], and below it folder, tag, name, title and tagline of each"
        raise document.error(_LANGUAGES, "the site has no languages", hint)
    for place, table in enumerate(tables):
        _check(document, place, table)
    for key in ("folder", "tag"):
        values = [table[key] for table in tables]
        for place, value in enumerate(values):
            if value in values[:place]:
                where, problem = (
                    f"languages.{place}.{key}",
                    f"two languages have the {key} {value!r}",
                )
                raise document.error(where, problem, "give each its own")
    return tables


def _check(document: Document, place: int, table: dict[str, Any]) -> None:
    for key in table:
        if key not in (*_NEEDED, *_OPTIONAL):
            where = f"languages.{place}.{key}"
            advice = nearest(key, (*_NEEDED, *_OPTIONAL), what="the keys are")
            raise document.error(where, f"a language has no {key!r}", advice)
    for key in (*_NEEDED, *table):
        where, value = f"languages.{place}.{key}", table.get(key)
        if not (isinstance(value, str) and value.strip()):
            of = table.get("folder") or f"number {place + 1}"
            problem, hint = f"the language {of} lacks {key!r}", f'write {key} = "…" under it'
            raise document.error(where, problem, hint)
        pattern, hint = _SHAPES.get(key, (".*", ""))
        if not re.fullmatch(pattern, value, re.DOTALL):
            raise document.error(where, f"{key} is {value!r}", f"write {hint}")


def _languages(document: Document, tables: list[dict[str, Any]]) -> Languages:
    every = tuple(
        Language(
            folder=table["folder"],
            tag=table["tag"],
            locale=table.get("locale") or locale_of(table["tag"]),
            name=table["name"],
            script=table.get("script") or script_of(table["tag"], table["name"]),
            direction=table.get("direction", "ltr"),
        )
        for table in tables
    )
    default = document.entries.get(_DEFAULT, every[0].folder)
    found = next((language for language in every if language.folder == default), None)
    if found is None:
        advice = nearest(str(default), (one.folder for one in every), what="the folders are")
        raise document.error(_DEFAULT, f"no language has the folder {default!r}", advice)
    return Languages(every, found)

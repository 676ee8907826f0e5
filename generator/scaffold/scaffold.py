"""Write a page or a simulator under a new name; never over something that is there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from generator.errors import error, nearest
from generator.files.writing import write_atomically
from generator.pages.sources import NAME
from generator.project import shown

HERE = Path(__file__).parent
WORDS = "languages"
"""The folder of what is written in a language: a folder for each, named as in ``content``."""

SIMULATOR = "my-mean"
_SIMULATOR = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE = ("__init__.py", "model.py", "chart.py")
_SITE = {
    "chapters/first/__init__.py": "chapter.py",
    "chapters/first/values/__init__.py": "values.py",
    "chapters/first/values/doubling.py": "doubling_value.py",
    "chapters/first/figures/__init__.py": "figures.py",
    "chapters/first/figures/doubling.py": "doubling_figure.py",
}
_TEXTS = {
    "interface.toml": "interface.toml",
    "index.md": "index.md",
    "first.md": "first.md",
    "figures/doubling.toml": "figure.toml",
}

Titles = Mapping[str, str]
"""A title by the folder of its language."""


def languages() -> tuple[str, ...]:
    """The folders of the languages that a new site can begin with."""
    return tuple(sorted(path.name for path in (HERE / WORDS).iterdir()))


def page(
    name: str, content: Path, folders: Sequence[str], titles: Titles | None = None
) -> list[Path]:
    """The files of a new page."""
    if not NAME.fullmatch(name):
        raise error(name, None, "this cannot be the name of a page", "use a-z, 0-9 and -")
    files = {content / folder / f"{name}.md": _words(folder, "page.md") for folder in folders}
    return _written(files, name, titles or {})


def simulator(
    name: str,
    content: Path,
    simulators: Path,
    folders: Sequence[str],
    titles: Titles | None = None,
) -> list[Path]:
    """The files of a new simulator."""
    if not _SIMULATOR.fullmatch(name):
        hint = "use a-z, 0-9 and single hyphens, beginning with a letter"
        raise error(name, None, "this cannot be the name of a simulator", hint)
    package = simulators / name.replace("-", "_")
    _refuse_what_is_there(package.with_suffix(".py"))
    files = {package / file: f"simulator/{file}.txt" for file in _CODE}
    files |= {
        content / folder / "widgets" / f"{name}.toml": _words(folder, "simulator.toml")
        for folder in folders
    }
    return _written(files, name, titles or {})


def site(target: Path, folders: Sequence[str], titles: Titles | None = None) -> list[Path]:
    """The files of a small course that works, in a new folder.

    Raises
    ------
    MistakeError
        If the folder holds something, or there are no words to begin with in a language.
    """
    for folder in folders:
        if folder not in languages():
            advice = nearest(folder, languages(), what="there are words in")
            hint = f"{advice}; begin with one of them and translate its files"
            where = "--languages"
            raise error(where, None, f"there are no words in {folder!r} yet", hint)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise error(shown(target), None, "this is already there", "name a new or an empty folder")
    slug = "-".join(re.findall(r"[a-z0-9]+", target.name.lower())) or "course"
    given = dict.fromkeys(folders, target.name) | dict(titles or {})
    content = target / "content"
    settings = content / "site.toml"
    text = _filled("site/site.toml.txt", {"slug": slug})
    tables = [
        _filled(_words(folder, "language.toml"), _titled(given[folder])) for folder in folders
    ]
    files = {target / place: f"site/{file}.txt" for place, file in _SITE.items()}
    files |= {
        content / folder / place: _words(folder, file)
        for folder in folders
        for place, file in _TEXTS.items()
    }
    write_atomically(settings, (text + "\n".join(tables)).encode())
    written = _written(files, slug, given)
    simulators = target / "widgets" / "simulators"
    return [settings, *written, *simulator(SIMULATOR, content, simulators, folders)]


def _words(folder: str, file: str) -> str:
    """The example of a file in a language, or in the first one where that has none."""
    known = folder if folder in languages() else languages()[0]
    return f"{WORDS}/{known}/{file}.txt"


def _written(files: Mapping[Path, str], name: str, titles: Titles) -> list[Path]:
    for file in files:
        _refuse_what_is_there(file)
    for file, example in files.items():
        title = next((titles[part] for part in reversed(file.parts) if part in titles), name)
        words = {"name": name, "folder": name.replace("-", "_"), **_titled(title)}
        write_atomically(file, _filled(example, words).encode())
    return list(files)


def _titled(title: str) -> dict[str, str]:
    """A title as front matter and as TOML have it."""
    plain = " ".join(title.split())
    quote = "'" if '"' in plain else '"'
    bare = plain if plain[:1] not in {'"', "'", "|", ">", "#"} else f"{quote}{plain}{quote}"
    return {"title": bare, "quoted_title": json.dumps(plain, ensure_ascii=False)}


def _filled(example: str, words: Mapping[str, str]) -> str:
    return Template((HERE / example).read_text(encoding="utf-8")).substitute(words)


def _refuse_what_is_there(file: Path) -> None:
    if file.exists():
        raise error(shown(file), None, "this is already there", "choose another name")

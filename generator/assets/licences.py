"""What others wrote of a site: each component with version, checksum, licence and its text.

Everything comes from the metadata of what a build takes in: npm packages as the bundler names them,
Pyodide with its Python, and numpy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from generator.errors import SetupError
from generator.project import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from generator.runtime import Runtime

FILE = "licences.txt"
"""The place of the list in the site; archives carry it along."""

TEXTS = PROJECT / "generator" / "assets" / "licence_texts"
NODE_MODULES = PROJECT / "node_modules"
RULE = "=" * 80


@dataclass(frozen=True, slots=True)
class Component:
    """Something that others wrote and that ships with the site."""

    name: str
    version: str
    licence: str
    """Identifier of the SPDX list."""

    checksum: str
    """Of the package or the file that it came in, e.g. ``sha512-…``."""

    text: str
    """The licence in full, with its copyright lines."""


def npm_components(names: Mapping[str, object]) -> Iterator[Component]:
    """The npm packages of these names, as installed.

    Raises
    ------
    SetupError
        If a package has no licence text, nor has a neighbour from the same repository.
    """
    for name in sorted(names):
        package = _package(name)
        yield Component(
            name,
            package["version"],
            package["license"],
            _lock()[f"node_modules/{name}"]["integrity"],
            _text(name, names),
        )


def runtime_components(runtime: Runtime) -> Iterator[Component]:
    """Pyodide, the Python inside it and numpy, as a runtime ships them."""
    from generator.runtime.releases import CORE, NUMPY  # noqa: PLC0415  only where there are some

    yield from npm_components({"pyodide": ()})
    stdlib = next(file for file in CORE if file.name == "python_stdlib.zip")
    checksum = f"sha256-{stdlib.sha256}"
    yield Component("CPython", runtime.python, "PSF-2.0", checksum, _own("PSF-2.0"))
    version, checksum = NUMPY.name.split("-")[1], f"sha256-{NUMPY.sha256}"
    yield Component("numpy", version, "BSD-3-Clause", checksum, runtime.numpy_licence)


def listed(components: Mapping[str, Component]) -> bytes:
    """The file that lists all components; those with one text share it."""
    parts = []
    for text, sharing in by_text(components):
        heads = [f"{one.name} {one.version}\n{one.licence}, {one.checksum}\n" for one in sharing]
        parts.append(f"{''.join(heads)}\n{text}\n")
    return f"\n{RULE}\n\n".join(parts).encode()


def by_text(components: Mapping[str, Component]) -> list[tuple[str, list[Component]]]:
    """Components by the text of their licence, in the order of their names."""
    texts: dict[str, list[Component]] = {}
    for one in sorted(components.values(), key=lambda one: one.name.lower()):
        texts.setdefault(one.text, []).append(one)
    return list(texts.items())


@cache
def _lock() -> Mapping[str, Mapping[str, str]]:
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    packages: Mapping[str, Mapping[str, str]] = lock["packages"]
    return packages


@cache
def _package(name: str) -> dict[str, str]:
    text = (NODE_MODULES / name / "package.json").read_text(encoding="utf-8")
    package: dict[str, str] = json.loads(text)
    return package


def _text(name: str, names: Mapping[str, object]) -> str:
    """The licence of a package, else of a neighbour from the same repository, else our copy."""
    repository = _package(name).get("repository")
    neighbours = [one for one in sorted(names) if _package(one).get("repository") == repository]
    for one in (name, *neighbours):
        for path in sorted((NODE_MODULES / one).glob("LICEN[SC]E*")):
            return _plain(path)
    return _own(_package(name)["license"], name)


def _own(licence: str, name: str = "") -> str:
    path = TEXTS / f"{licence}.txt"
    if not path.is_file():
        message = f"{name} has no licence text; put that of {licence} into {TEXTS.name}/{path.name}"
        raise SetupError(message)
    return _plain(path)


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n").strip()

"""Parts of the site that are slow to make, each kept with what was read while it was made.

A part is taken from the cache if every file that it was made from still has the same hash, every
folder that it looked into the same entries, and every file that it missed is still missing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import STOPPED_HINT, StoppedError, error
from generator.files.cache import digest
from generator.files.recording import Reads, is_below, recorded
from generator.files.writing import write_atomically
from generator.project import PROJECT, shown

if TYPE_CHECKING:
    from generator.files.imports import ImportGraph
    from generator.files.inputs import Inputs

VARIANTS = 8
"""So many versions of a part are kept: those of other branches and other courses."""

OWN = "generator/"
"""Code that a build has loaded before it makes a part; a part takes only what it imports."""

MACHINE = tuple(
    Path(place) for place in ("/dev", "/etc", "/proc", "/sys", sys.prefix, sys.base_prefix)
)
"""What belongs to the machine or to installed packages, which the requirements pin."""


@dataclass(frozen=True)
class PartCache:
    """A folder of parts, and the inputs that they are made from."""

    folder: Path
    inputs: Inputs
    roots: Mapping[str, Path]
    graph: ImportGraph

    def made(self, kind: str, name: str, make: Callable[[], bytes], place: Path) -> bytes:
        """A part, made by ``make`` unless it is kept; mistakes in it are told at ``place``.

        Raises
        ------
        MistakeError
            If the part reads what no record can be kept of, or takes too long.
        """
        slot = self.slot(kind, name)
        found = self.found(slot)
        if found is not None:
            return found
        try:
            content, reads = recorded(make)
        except StoppedError as cause:
            raise error(shown(place), None, str(cause), STOPPED_HINT) from cause
        self.keep(slot, self._names(make, reads, place), content)
        return content

    @cached_property
    def pinned(self) -> str:
        """A fingerprint of the packages and of the interpreter."""
        packages = self.inputs.fingerprint("requirements/", "package-lock.json")
        return digest(packages, str(sys.implementation.cache_tag))

    def slot(self, kind: str, name: str) -> Path:
        """The file that tells of the kept versions of a part."""
        return self.folder / f"{digest(kind, name, self.pinned)[:24]}.json"

    def found(self, slot: Path) -> bytes | None:
        """The version of a part that was made from what there is now."""
        for version in _versions(slot):
            if all(self.state(name) == state for name, state in version["read"].items()):
                content = self.folder / str(version["content"])
                try:
                    for path in (slot, content):
                        os.utime(path)
                    return content.read_bytes()
                except OSError:
                    return None
        return None

    def keep(self, slot: Path, names: set[str], content: bytes) -> None:
        """Keep a version of a part with the names of what it was made from."""
        name = sha256(content).hexdigest()
        write_atomically(self.folder / name, content)
        version = {"read": {one: self.state(one) for one in sorted(names)}, "content": name}
        versions = [version, *_versions(slot)][:VARIANTS]
        write_atomically(slot, json.dumps(versions, separators=(",", ":")).encode())

    def state(self, name: str) -> str | None:
        """What is compared: the hash of a file, the names in a folder, None if it is missing."""
        if not name.endswith("/"):
            return self.inputs.hash(name)
        entries = {below.removeprefix(name).split("/")[0] for below in self.inputs.below(name)}
        return digest(*sorted(entries))

    def code(self, make: Callable[..., object], modules: Mapping[str, str]) -> set[str]:
        """The input names of the code that a call may have run, given the files of all modules.

        Modules that a build loads itself count if the module of ``make`` imports them, be it by
        way of others; all others are authors', which are loaded for a part only.
        """
        loaded = {module: name for module, file in modules.items() if (name := self._name(file))}
        authors = {module: name for module, name in loaded.items() if not name.startswith(OWN)}
        needed = {*self.graph.files(_module_of(make), *authors), *authors.values()}
        return needed & {*loaded.values()}

    def _names(self, make: Callable[[], bytes], reads: Reads, place: Path) -> set[str]:
        if reads.hidden:
            problem = f"it does what leaves no record of what is read: {min(reads.hidden)}"
            hint = "keep what it needs in content/data, and read it from there"
            raise error(shown(place), None, problem, hint)
        names = self.code(make, reads.modules)
        for path in sorted(reads.files - reads.written):
            name = self._name(path)
            if name and (self.inputs.hash(name) or not Path(path).exists()):
                names.add(name)
            elif not self._is_of_the_machine(path) and Path(path).is_file():
                problem = f"it reads {shown(Path(path))}, from which no site is made"
                raise error(shown(place), None, problem, "move the file into content/data")
        names |= {f"{name}/" for path in reads.folders if (name := self._name(path))}
        return names

    def _name(self, path: str) -> str | None:
        """The input name of what lies at a path."""
        for root, real in self._real_roots.items():
            if path == real:
                return root
            if path.startswith(f"{real}{os.sep}"):
                return f"{root}/{Path(path).relative_to(real).as_posix()}"
        return None

    @cached_property
    def _real_roots(self) -> dict[str, str]:
        return {root: os.path.realpath(folder) for root, folder in self.roots.items()}

    def _is_of_the_machine(self, path: str) -> bool:
        own = (PROJECT / "node_modules", self.folder.parent)
        places = {Path(os.path.realpath(folder)) for folder in (*MACHINE, *own)} | {*MACHINE}
        return "__pycache__" in path or any(is_below(path, folder) for folder in places)


def _versions(slot: Path) -> list[dict[str, Any]]:
    try:
        versions: list[dict[str, Any]] = json.loads(slot.read_bytes())
    except (OSError, ValueError):
        return []
    return versions


def _module_of(make: Callable[..., object]) -> str:
    while isinstance(make, partial):
        make = make.func
    return str(make.__module__)

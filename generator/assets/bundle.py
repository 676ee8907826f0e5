"""The bundled scripts and styles: one call of Node when something in ``browser/`` has changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from generator.errors import SetupError
from generator.files.cache import digest

if TYPE_CHECKING:
    from generator.files.parts import PartCache

ENTRIES = {
    "first": "browser/first.js",
    "site": "browser/site.js",
    "style": "browser/styles/site.css",
    "root": "browser/root.js",
    "moved": "browser/moved.js",
    "worker": "browser/worker.js",
    "service-worker": "browser/service-worker.js",
    "vega": "browser/vega.js",
    "own-data": "browser/own-data.js",
    "own-data-workbook": "browser/own-data-workbook.js",
    "not-found": "browser/not-found.js",
    "not-found-style": "browser/styles/not-found.css",
}
CONTENTS = "contents.json"
SCRIPT = "browser/bundle.mjs"
"""Calls esbuild; says what that read."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Bundled files."""

    entries: Mapping[str, Path]
    """Where each entry's file is kept."""

    names: Mapping[str, str]
    """The name that each entry bears in the site, with its fingerprint."""

    fonts: Mapping[str, Path]
    """Fonts by the name that the style sheet asks for."""

    packages: Mapping[str, list[str]]
    """The npm packages that each entry contains, and those of the ``fonts``."""


def bundle(project: Path, parts: PartCache, cache: Path, styles: str = "") -> Bundle:
    """The bundle of these inputs and the course's own styles, made if it is not in the cache."""
    slot = parts.slot("bundle", styles)
    made = parts.found(slot)
    if made is None or not (cache / "bundle" / made.decode() / CONTENTS).is_file():
        made = _kept(project, cache / "bundle", styles, (slot, parts))
    folder = cache / "bundle" / made.decode()
    os.utime(folder)
    contents = json.loads((folder / CONTENTS).read_text())
    return Bundle(
        {name: folder / file for name, (file, _) in contents["entries"].items()},
        {name: named for name, (_, named) in contents["entries"].items()},
        {name: folder / name for name in contents["fonts"]},
        contents["packages"],
    )


def _kept(project: Path, folder: Path, styles: str, place: tuple[Path, PartCache]) -> bytes:
    """The name of a bundle that is made now, and is kept with what esbuild read for it."""
    from generator.assets.highlighting import style_sheet  # noqa: PLC0415  only when styles are made

    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        order = {
            "root": str(project),
            "out": str(made),
            "entries": {name: f"./{path}" for name, path in ENTRIES.items()},
            "virtual": {"code.css": style_sheet(), "course.css": styles},
        }
        told = _run(project, order)
        packed = {**_contents(made), "packages": told["packages"]}
        contents = json.dumps(packed, sort_keys=True)
        (made / CONTENTS).write_text(contents)
        name = digest(contents)[:16].encode()
        if not (folder / name.decode()).exists():
            made.rename(folder / name.decode())
    slot, parts = place
    code = parts.graph.files(__name__)
    parts.keep(
        slot, {*code, SCRIPT, *(one for one in told["read"] if parts.inputs.hash(one))}, name
    )
    return name


def _contents(made: Path) -> dict[str, object]:
    files = {name: name + Path(path).suffix for name, path in ENTRIES.items()}
    fonts = sorted(path.name for path in made.iterdir() if path.name not in files.values())
    return {
        "entries": {name: (file, _named(made / file)) for name, file in files.items()},
        "fonts": fonts,
    }


def _named(file: Path) -> str:
    sha = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
    return f"{file.stem}.{sha}{file.suffix}"


def _run(project: Path, order: Mapping[str, object]) -> dict[str, Any]:
    """Have esbuild write the files; paths of what it ``read``, and ``packages`` by entry."""
    from generator.runtime.node import node  # noqa: PLC0415  only when something is bundled

    if not (project / "node_modules" / "esbuild").is_dir():
        message = "scripts cannot be bundled without esbuild; `make site` installs it"
        raise SetupError(message)
    done = subprocess.run(
        [str(node()), str(project / SCRIPT)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
        cwd=project,
    )
    if done.returncode:
        message = f"the scripts could not be bundled:\n{done.stderr.strip()}"
        raise SetupError(message)
    told: dict[str, Any] = json.loads(done.stdout)
    return told

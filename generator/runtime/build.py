"""The runtime that ships with the site: Pyodide and numpy, trimmed and compiled.

Made once and kept under the fingerprint of everything it is made from, so that an unchanged
runtime costs the reading of a few small files.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as remembered
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import SetupError
from generator.project import PROJECT
from generator.runtime import releases, trimming
from generator.runtime.compiler import Compile, run_jobs
from generator.runtime.download import download, verified
from generator.runtime.packages import cut_lock
from generator.runtime.releases import CORE, NUMPY, ReleaseFile
from generator.runtime.sources import Folder, Source, elsewhere, user_cache

HERE = Path(__file__).parent
NODE_PACKAGE = PROJECT / "node_modules" / "pyodide"
AS_PUBLISHED = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm")
STDLIB, LOCK, CONTENTS = "python_stdlib.zip", "pyodide-lock.json", "contents.json"


@dataclass(frozen=True, slots=True)
class Runtime:
    """Files for ``site/runtime/<fingerprint>/``, by name."""

    fingerprint: str
    files: Mapping[str, Path]
    python: str
    """Version of the Python inside Pyodide."""

    numpy_licence: str


def prepare(
    cache: Path,
    sources: Sequence[Source] | None = None,
    package: Path = NODE_PACKAGE,
) -> Runtime:
    """The files that ship, made if they are not in the cache yet.

    Raises
    ------
    SetupError
        If a release file cannot be had or has the wrong bytes, or Node fails.
    """
    made = cache / "runtime" / fingerprint()
    if not _is_whole(made):
        shutil.rmtree(made, ignore_errors=True)
        found = elsewhere() if sources is None else sources
        caches = (Folder(cache / "runtime"), Folder(user_cache()))
        numpy = download(NUMPY, found, caches)
        _make(made, {file.name: _core(file, package) for file in CORE}, numpy)
    return _described(made)


def fingerprint() -> str:
    """A hash of this folder's code and of Pyodide's version, which decide the bytes made."""
    return _checksum(*(_own_file(path) for path in sorted(HERE.glob("*.*"))))


@remembered
def _own_file(path: Path) -> bytes:
    return path.name.encode() + path.read_bytes()


def _core(file: ReleaseFile, package: Path) -> bytes:
    try:
        content = (package / file.name).read_bytes()
    except OSError as error:
        msg = f"{file.name}: {package} has none ({error.strerror}); `make site` installs it"
        raise SetupError(msg) from error
    return verified(file, content, str(package))


def _make(made: Path, core: Mapping[str, bytes], numpy: bytes) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=made.parent) as folder:
        given, new = Path(folder) / "given", Path(folder) / "new"
        given.mkdir()
        new.mkdir()
        for name, content in {**core, NUMPY.name: numpy}.items():
            (given / name).write_bytes(content)
        _compile(given, new)
        for name in AS_PUBLISHED:
            shutil.copyfile(given / name, new / name)
        cut_lock(given / LOCK, new / LOCK, _compressed(new, NUMPY.name))
        contents = {**_contents(new), **_told(core[LOCK], numpy)}
        (new / CONTENTS).write_text(json.dumps(contents))
        _publish(new, made)


def _publish(new: Path, made: Path) -> None:
    try:
        new.rename(made)
    except OSError:
        if not (made / CONTENTS).exists():  # else another build was quicker, with the same bytes
            raise


def _compile(given: Path, new: Path) -> None:
    run_jobs(
        (
            _job(given / STDLIB, trimming.in_stdlib, new),
            _job(given / NUMPY.name, trimming.in_numpy, new),
        )
    )


def _job(given: Path, keep: Callable[[str], bool], new: Path) -> Compile:
    return Compile(given, keep, _compressed(new, given.name))


def _compressed(folder: Path, name: str) -> Path:
    """Path of the compressed file; some servers take ``.gz`` for a transfer encoding."""
    return folder / f"{name}.bin"


def _contents(folder: Path) -> dict[str, object]:
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    lines = (f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in contents.items())
    return {
        "fingerprint": _checksum("\n".join(lines).encode()),
        "sizes": {name: len(content) for name, content in contents.items()},
    }


def _told(lock: bytes, numpy: bytes) -> dict[str, str]:
    """What licences are listed with: the version of Python, and numpy's licence."""
    with zipfile.ZipFile(io.BytesIO(numpy)) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/LICENSE.txt"))
        text = wheel.read(name).decode().strip()
    return {"python": json.loads(lock)["info"]["python"], "numpy_licence": text}


def _is_whole(made: Path) -> bool:
    """Whether every file is there, as long as it was made."""
    try:
        sizes = json.loads((made / CONTENTS).read_text())["sizes"]
        return all((made / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def _described(made: Path) -> Runtime:
    contents = json.loads((made / CONTENTS).read_text())
    files = {name: made / name for name in contents["sizes"]}
    return Runtime(contents["fingerprint"], files, contents["python"], contents["numpy_licence"])


def _checksum(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join((releases.PYODIDE.encode(), *parts))).hexdigest()[:16]

"""The simulators and the engine as the reader's browser gets them: one small archive."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.project import PROJECT
from generator.runtime.build import fingerprint
from generator.runtime.compiler import Compile, run_jobs
from widgets.contract import BUILD_TIME_FILE

WIDGETS = PROJECT / "widgets"
CLOCK = (1980, 1, 1, 0, 0, 0)


_IMPORT = re.compile(
    r"^\s*(?:(?:from|import)\s+(?:widgets\.)?lmm\b|from\s+widgets\s+import\b[^#\n]*\blmm\b)",
    re.MULTILINE,
)
"""An import of the engine, by either of its names."""


def models_zip(
    cache: Path,
    widgets: Path = WIDGETS,
    simulators: Path | None = None,
    scripts: Sequence[Path] = (),
    *,
    compiled: bool = True,
) -> bytes:
    """A gzipped archive of ``widgets/`` for ``sys.path``; equal sources give equal bytes.

    It is compiled unless an author is writing: starting Pyodide to compile one changed module takes
    longer than a reader's Python takes to compile them all.

    Charts, which only the build draws, stay behind; so do the engine and the instruments that
    compute with it, where neither a simulator nor a script imports it.
    ``simulators`` are those of a course that lies elsewhere.
    """
    own = simulators or widgets / "simulators"
    sources = _packed(_files(widgets, own, engine=needs_engine(own, scripts)))
    if not compiled:
        return gzip.compress(sources, 1, mtime=0)
    key = hashlib.sha256(sources + fingerprint().encode()).hexdigest()[:16]
    made = cache / "models" / f"{key}.zip.gz"
    if not made.exists():
        _compile(sources, made)
    return made.read_bytes()


def needs_engine(simulators: Path, scripts: Sequence[Path]) -> bool:
    """Whether a simulator or a script imports the statistics engine."""
    files = [path for path in simulators.rglob("*.py") if path.name != BUILD_TIME_FILE]
    return any(_IMPORT.search(path.read_text(encoding="utf-8")) for path in (*files, *scripts))


def _files(widgets: Path, simulators: Path, *, engine: bool) -> Mapping[str, Path]:
    """The files of the archive, by their names in it."""
    found: dict[str, Path] = {}
    for path in widgets.rglob("*.py"):
        folder, *below = path.relative_to(widgets).parts
        computes = folder == "lmm" or (folder == "instruments" and len(below) > 1)
        if (engine or not computes) and not (folder == "simulators" and len(below) > 1):
            found[path.relative_to(widgets.parent).as_posix()] = path
    for path in simulators.glob("*/**/*.py"):
        found[f"widgets/simulators/{path.relative_to(simulators).as_posix()}"] = path
    return {name: path for name, path in sorted(found.items()) if path.name != BUILD_TIME_FILE}


def _packed(files: Mapping[str, Path]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name, path in files.items():
            target.writestr(zipfile.ZipInfo(name, CLOCK), path.read_bytes())
    return archive.getvalue()


def _compile(sources: bytes, made: Path) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=made.parent) as folder:
        given, new = Path(folder) / "given.zip", Path(folder) / "new.zip.gz"
        given.write_bytes(sources)
        run_jobs((Compile(given, lambda _name: True, new),))
        new.replace(made)

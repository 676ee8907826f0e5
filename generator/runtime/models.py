"""The simulators and the engine as the reader's browser gets them: one small archive."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.project import PROJECT
from generator.runtime.compiler import Compile, run_jobs
from widgets.contract import BUILD_TIME_FILE

WIDGETS = PROJECT / "widgets"
CLOCK = (1980, 1, 1, 0, 0, 0)


def models_zip(cache: Path, widgets: Path = WIDGETS) -> bytes:
    """A gzipped archive of ``widgets/`` for ``sys.path``, compiled; equal sources give equal bytes.

    Charts, which only the build draws, stay behind.
    """
    sources = _packed(widgets)
    compiler = (Path(__file__).parent / "bytecode.py").read_bytes()
    made = cache / "models" / f"{hashlib.sha256(sources + compiler).hexdigest()[:16]}.zip.gz"
    if not made.exists():
        _compile(sources, made)
    return made.read_bytes()


def _packed(widgets: Path) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(widgets.rglob("*.py")):
            if path.name != BUILD_TIME_FILE:
                name = path.relative_to(widgets.parent).as_posix()
                target.writestr(zipfile.ZipInfo(name, CLOCK), path.read_bytes())
    return archive.getvalue()


def _compile(sources: bytes, made: Path) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=made.parent) as folder:
        given, new = Path(folder) / "given.zip", Path(folder) / "new.zip.gz"
        given.write_bytes(sources)
        run_jobs((Compile(given, lambda _name: True, new),))
        new.replace(made)

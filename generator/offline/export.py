"""The archive and the single-file pages of a site, exported into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.errors import SetupError
from generator.files.writing import write_atomically
from generator.offline.single_file import alone, pages

LIMIT = 16_000_000


def export(output: Path, folder: Path, archive: str) -> list[Path]:
    """The archive of a built site, and each page with simulators as one file, in the folder.

    ``archive`` is the place of the archive in the site.

    Raises
    ------
    SetupError
        If the site has no archive, or one of them is larger than a mail or a stick puts up with.
    """
    made = output / archive
    if not made.is_file():
        message = f"{output} has no {archive}; only a site with simulators is made into one"
        raise SetupError(message)
    folder.mkdir(parents=True, exist_ok=True)
    names = pages(output)
    for place, name in names.items():
        write_atomically(folder / name, alone(output, place, names))
    shutil.copyfile(made, folder / archive)
    exported = [folder / name for name in (archive, *names.values())]
    for path in exported:
        _check_size(path)
    return exported


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size > LIMIT:
        message = f"{path.name} has {size:,} bytes; it must not have more than {LIMIT:,}"
        raise SetupError(message)

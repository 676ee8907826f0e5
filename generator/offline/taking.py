"""Puts what readers take away into a folder of its own, and says how large it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.errors import SetupError
from generator.offline.archive import ARCHIVE

LIMIT = 16_000_000


def take(output: Path, folder: Path) -> Path:
    """The archive of a built site, copied into the folder.

    Raises
    ------
    SetupError
        If the site has no archive, or one larger than a mail or a stick puts up with.
    """
    made = output / ARCHIVE
    if not made.is_file():
        message = f"{output} has no {ARCHIVE}; only a site with simulators is made into one"
        raise SetupError(message)
    size = made.stat().st_size
    if size > LIMIT:
        message = f"{ARCHIVE} has {size:,} bytes; it must not have more than {LIMIT:,}"
        raise SetupError(message)
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(made, folder / ARCHIVE))

"""Locks: of two builds that would write the same files, one waits for the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import IO

from generator.project import shown


@contextmanager
def locked(*folders: Path) -> Iterator[None]:
    """Hold the locks of these folders; say so where one has to wait for another build."""
    with ExitStack() as held:
        for folder in sorted({folder.resolve() for folder in folders}):
            file = held.enter_context(_file_of(folder).open("a+b"))
            if not _taken(file, wait=False):
                sys.stderr.write(f"{shown(folder)}: another build writes there; waiting for it\n")
                sys.stderr.flush()
                _taken(file, wait=True)
        yield


def _file_of(folder: Path) -> Path:
    """The file whose lock stands for a folder, which may not be there yet, or may be removed."""
    name = sha256(str(folder).encode()).hexdigest()[:24]
    return Path(gettempdir()) / f"site-build-{name}.lock"


def _taken(file: IO[bytes], *, wait: bool) -> bool:
    """Take the lock of an open file, which ends when it is closed; whether it was taken."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  there is none elsewhere

        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), mode, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True
    import fcntl  # noqa: PLC0415  there is none on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True

"""Pyodide's lock file, cut to the one package that ships."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from pyodide_lock import PyodideLockSpec


def cut_lock(given: Path, cut: Path, numpy: Path) -> None:
    """Write the lock file with numpy alone, at the sum of the wheel that ships, gzipped."""
    lock = PyodideLockSpec.from_json(given)
    sum_ = hashlib.sha256(gzip.decompress(numpy.read_bytes())).hexdigest()
    entry = lock.packages["numpy"]
    lock.packages = {"numpy": entry.model_copy(update={"sha256": sum_, "unvendored_tests": False})}
    lock.to_json(cut)

"""The Node that runs the build's scripts."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def node() -> Path:
    """Node beside the environment's Python if it brought one, else the machine's.

    Raises
    ------
    FileNotFoundError
        If there is neither.
    """
    beside = Path(sys.executable).with_name("node")
    found = beside if beside.exists() else shutil.which("node")
    if found is None:
        msg = "node: not found; `make site` brings one"
        raise FileNotFoundError(msg)
    return Path(found)

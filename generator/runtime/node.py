"""The Node that runs the build's scripts."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from generator.errors import SetupError


def node() -> Path:
    """Node beside the environment's Python if it brought one, else the machine's.

    Raises
    ------
    SetupError
        If there is neither.
    """
    beside = Path(sys.executable).with_name("node")
    found = beside if beside.exists() else shutil.which("node")
    if found is None:
        msg = "there is no program node; `make site` brings one"
        raise SetupError(msg)
    return Path(found)

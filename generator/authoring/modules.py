"""Authors' modules, imported from the folder of chapters that lies beside their content."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


def chapter_module(name: str, chapters: Path) -> ModuleType:
    """The module with an input name such as ``chapters/mixed_models/values/icc.py``."""
    parent = str(chapters.parent)
    if parent not in sys.path:
        sys.path.insert(0, parent)
    return import_module(name.removesuffix(".py").replace("/", "."))

"""The engine under the name that it has where it is installed by itself: ``import lmm``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

NAME = "lmm"
PACKAGE = "widgets"


class _Alias(MetaPathFinder, Loader):
    """Finds ``lmm`` and ``lmm.x`` as the very modules ``widgets.lmm`` and ``widgets.lmm.x``."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname.split(".", maxsplit=1)[0] == NAME else None

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = import_module(f"{PACKAGE}.{module.__name__}")


def install() -> None:
    """None; from now on ``import lmm`` gives ``widgets.lmm`` itself, no second copy of it."""
    if not any(isinstance(finder, _Alias) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Alias())

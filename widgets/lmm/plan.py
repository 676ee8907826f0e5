"""The command ``python -m lmm.plan plan.toml``; as a name of the package, ``plan`` is the function.

Python hands a module that is imported to its package as an attribute, which would hide the
function of the same name. So that ``import lmm.plan`` leaves ``lmm.plan(...)`` what it is, the
function takes the module's place.
"""

from __future__ import annotations

import sys

from .planning.command import main
from .planning.plan import plan

if __name__ == "__main__":
    sys.exit(main())

sys.modules[__name__] = plan  # type: ignore[assignment]

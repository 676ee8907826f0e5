"""Accept what the generator now makes of all cases: ``python -m tests.generator.accept``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.generator import prose, sites

if __name__ == "__main__":
    prose.accept()
    with TemporaryDirectory() as scratch:
        sites.accept(Path(scratch))

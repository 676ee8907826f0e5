"""Write the lock files anew from what requirements/*.in and package.json ask for.

Needs the command ``uv``. The lock files name packages and hashes, never where they come from.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-config", "--quiet", "--custom-compile-command", "make lock"),
)


def main() -> int:
    """Exit status after locking Python's packages, then npm's."""
    for name in ("site", "test", "node"):
        command = [*COMPILE, f"{name}.in", "--output-file", f"{name}.txt"]
        subprocess.run(command, cwd=ROOT / "requirements", check=True)
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

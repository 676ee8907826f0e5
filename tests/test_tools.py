"""The checkers find nothing. Each runs as the command that a developer would type."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NODE_BIN = ROOT / "node_modules" / ".bin"

CHECKERS = {
    "ruff finds no fault": "ruff check .",
    "ruff would format nothing anew": "ruff format --check .",
    "mypy finds no fault": "mypy",
    "every import goes in its allowed direction": "lint-imports",
    "biome finds no fault": "biome ci",
    "tsc finds no fault in the page's scripts": "tsc -p tsconfig.json",
    "tsc finds no fault in the worker": "tsc -p tsconfig.worker.json",
    "tsc finds no fault in the build's scripts": "tsc -p tsconfig.node.json",
    "stylelint finds no fault": "stylelint browser/styles/**/*.css",
}

pytestmark = pytest.mark.tools


@pytest.mark.parametrize("command", CHECKERS.values(), ids=CHECKERS)
def test_checker(command: str) -> None:
    done = run(command.split())
    if done.returncode != 0:
        pytest.fail(f"{command}\n{done.stdout}{done.stderr}", pytrace=False)


def test_the_site_builds_and_its_check_finds_no_fault() -> None:
    for command in (["python", "build.py"], ["python", "build.py", "check"]):
        done = run(command)
        if done.returncode != 0:
            pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(BIN), str(NODE_BIN), os.environ["PATH"]))
    variables = os.environ | {"PATH": path}
    program, *arguments = command
    return subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )

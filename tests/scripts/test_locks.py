from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import vl_convert

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGES = json.loads((ROOT / "package-lock.json").read_text())["packages"]


@pytest.mark.parametrize("lock", REQUIREMENTS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash(lock: Path) -> None:
    pins = re.split(r"\n(?=[a-z])", lock.read_text().split("\n", 2)[2])
    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_every_npm_package_is_pinned_by_integrity() -> None:
    unpinned = [name for name, entry in PACKAGES.items() if name and "integrity" not in entry]
    assert unpinned == []


@pytest.mark.parametrize(
    "lock", [*REQUIREMENTS, ROOT / "package-lock.json"], ids=lambda path: path.name
)
def test_no_lock_says_where_packages_come_from(lock: Path) -> None:
    text = lock.read_text()
    assert '"resolved"' not in text
    assert not re.search(r"--(index-url|extra-index-url|find-links|trusted-host)", text)


def test_who_locks_without_the_tools_is_told_how_to_get_them(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "lock.py")]
    done = subprocess.run(
        command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "make lock needs the command uv: pip install uv\n"


def test_the_page_draws_with_the_vega_that_draws_the_first_frame() -> None:
    assert PACKAGES["node_modules/vega"]["version"] == vl_convert.get_vega_version()


def test_every_step_of_the_workflow_is_pinned_by_commit() -> None:
    steps = [
        line.split("uses:")[1].strip()
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text().splitlines()
        if "uses:" in line
    ]
    assert steps
    assert [
        step for step in steps if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}  # v[\d.]+", step)
    ] == []

"""Scripts that name no browser global, each tested in Node beside its like."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

pytestmark = pytest.mark.tools


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name)
def test_in_node(file: Path) -> None:
    done = subprocess.run(
        ["node", "--test", str(file)], capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr, pytrace=False)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.courses import lotka


@pytest.fixture(scope="session", name="lotka")
def lotka_fixture(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The folder of the second course, built and without faults."""
    return made_once("lotka", lotka.made)

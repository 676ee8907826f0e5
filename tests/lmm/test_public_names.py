"""The engine's public names: each is there, and nothing is loaded before it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from widgets import lmm

LOADED = """
import sys
from widgets.lmm import lmer
print(*(name for name in sys.modules if name.startswith("widgets.lmm.")))
"""


@pytest.mark.parametrize("name", lmm.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(lmm, name) is not None
    assert name in dir(lmm)


@pytest.mark.parametrize("name", [name for name in lmm.__all__ if name[0].islower()])
def test_every_function_is_named_in_the_docstring(name: str) -> None:
    assert re.search(rf"\b{name}\b", str(lmm.__doc__))


def test_what_is_not_there_is_not_made_up() -> None:
    with pytest.raises(AttributeError, match="'lmre'"):
        _ = lmm.lmre


def test_who_asks_for_one_model_does_not_wait_for_the_others() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    folders = {name.split(".")[2] for name in done.stdout.split()}
    assert "mixed" in folders
    assert not folders & {"bayes", "gee", "glmm", "planning"}

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.runtime.node import node


def test_a_machine_without_node_is_told_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="`make site` brings one"):
        node()


def test_node_beside_python_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "node").touch()
    assert node() == tmp_path / "node"

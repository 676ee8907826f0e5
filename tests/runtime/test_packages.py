"""The engine as a wheel that other pages load, and pyodide-build's judgement of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SetupError
from generator.runtime import node
from generator.runtime.packages import LOCK, add_to_lock, package_files
from scripts.interpreters import environment, interpreter
from tests.conftest import MadeOnce
from tests.runtime.conftest import ROOT, Serve
from widgets import lmm

NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"
FIT = """
data = {"y": [1.0, 2.5, 2.0, 4.0, 5.5, 4.0, 7.0, 6.0], "g": list("aabbccdd"), "x": [0, 1] * 4}
fit = lmm.lmer("y ~ x + (1 | g)", data)
told = [value for row in fit.coefficients().values() for value in (row.estimate, row.se, row.p)]
"""
TOLERANCE = 1e-9
"""Relative: another compiler's numpy, and an optimiser's last step."""


def here() -> list[float]:
    """What the code says in this Python."""
    names: dict[str, Any] = {"lmm": lmm}
    exec(FIT, names)  # noqa: S102  the same text runs in the browser's Python
    return [float(value) for value in names["told"]]


@pytest.fixture(scope="session")
def files(made_once: MadeOnce) -> dict[str, Path]:
    """The wheel and the lock file, beside the numpy that the lock file names."""

    def make(folder: Path) -> None:
        folder.mkdir()
        for name, path in package_files(ROOT / ".cache").items():
            shutil.copyfile(path, folder / name)
        shutil.copyfile(ROOT / ".cache" / "runtime" / NUMPY, folder / NUMPY)

    return {path.name: path for path in made_once("packages", make).iterdir()}


@pytest.fixture
def wheel(files: dict[str, Path]) -> Path:
    return next(path for name, path in files.items() if name.startswith("lmm-"))


def run(**told: str) -> list[float]:
    """What the code says in Pyodide in Node."""
    script = ROOT / "tests" / "runtime" / "packages.mjs"
    command = [
        str(node()),
        str(script),
        json.dumps({"code": f"import json, lmm\n{FIT}\njson.dumps(told)", **told}),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    values: list[float] = json.loads(done.stdout)
    return values


def test_the_wheel_holds_the_engine_and_its_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"lmm/__init__.py", "lmm/py.typed"} <= names
    assert not {name for name in names if "__pycache__" in name or name.endswith(".toml")}


def test_the_lock_file_gains_the_engine_and_loses_nothing(
    files: dict[str, Path], wheel: Path
) -> None:
    before, after = (json.loads(path.read_text()) for path in (LOCK, files[LOCK.name]))
    entry = after["packages"].pop("lmm")
    assert entry["file_name"] == wheel.name
    assert entry["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert (entry["depends"], entry["imports"]) == (["numpy"], ["lmm"])
    assert after["info"] == before["info"]
    assert after["packages"].keys() == before["packages"].keys()


def test_a_known_address_stands_in_the_lock_file(wheel: Path, tmp_path: Path) -> None:
    add_to_lock([wheel], tmp_path / "lock.json", "https://example.org/python/")
    entry = json.loads((tmp_path / "lock.json").read_text())["packages"]["lmm"]
    assert entry["file_name"] == f"https://example.org/python/{wheel.name}"


def package(folder: Path) -> Path:
    """A ``widgets`` folder with one package of one line."""
    made = folder / "widgets" / "toy"
    made.mkdir(parents=True)
    (made / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "toy"\nversion = "1.0"\nrequires-python = ">=3"\n'
        '[tool.hatch.build.targets.wheel]\ninclude = ["*.py"]\n'
        '[tool.hatch.build.targets.wheel.sources]\n"" = "toy"\n'
    )
    (made / "__init__.py").write_text("ONE = 1\n")
    return made.parent


def test_equal_sources_give_equal_bytes_and_others_another_wheel(tmp_path: Path) -> None:
    widgets, name = package(tmp_path), "toy-1.0-py3-none-any.whl"
    first = package_files(tmp_path / "one", widgets=widgets)[name]
    second = package_files(tmp_path / "two", widgets=widgets)[name]
    assert first.read_bytes() == second.read_bytes()
    (widgets / "toy" / "__init__.py").write_text("ONE = 1.0\n")
    changed = package_files(tmp_path / "one", widgets=widgets)[name]
    assert changed.read_bytes() != first.read_bytes()


def test_a_package_that_does_not_build_is_named(tmp_path: Path) -> None:
    widgets = package(tmp_path)
    (widgets / "toy" / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(SetupError, match="toy: the wheel could not be built"):
        package_files(tmp_path, widgets=widgets)


def test_widgets_without_packages_offer_none(tmp_path: Path) -> None:
    assert package_files(tmp_path, widgets=tmp_path) == {}


def test_pyodide_loads_the_engine_by_its_name(files: dict[str, Path]) -> None:
    lock = files[LOCK.name]
    assert run(lock=str(lock), folder=str(lock.parent), load="lmm") == pytest.approx(
        here(), rel=TOLERANCE
    )


@pytest.fixture(scope="session")
def pyodide_build(made_once: MadeOnce) -> Path:
    """The folder of pyodide-build's commands, in an environment of its own."""
    python = interpreter("3.12")
    if python is None:
        pytest.skip("pyodide-build needs a Python 3.12, and there is none")
    lock = ROOT / "requirements" / "pyodide.txt"
    place = ROOT / ".cache" / "pyodide-build"
    made_once("pyodide-build", lambda _: environment(python, lock, place))
    return place / "bin"


def test_micropip_installs_the_engine_from_its_address(
    wheel: Path, serve: Serve, pyodide_build: Path
) -> None:
    (modules,) = pyodide_build.parent.glob("lib/python*/site-packages")
    told = run(
        folder=str(wheel.parent),
        load="numpy",
        install=f"{serve(wheel.parent).url}{wheel.name}",
        modules=str(modules),
    )
    assert told == pytest.approx(here(), rel=TOLERANCE)


def test_pyodide_build_writes_the_same_lock_file(
    files: dict[str, Path], wheel: Path, pyodide_build: Path, tmp_path: Path
) -> None:
    command = [str(pyodide_build / "pyodide"), "lockfile", "add-wheels", str(wheel)]
    made = tmp_path / "lock.json"
    subprocess.run([*command, "--input", str(LOCK), "--output", str(made)], check=True)
    assert made.read_bytes() == files[LOCK.name].read_bytes()


def test_pyodide_build_compiles_the_engine_to_what_pyodide_runs(
    files: dict[str, Path], wheel: Path, pyodide_build: Path, tmp_path: Path
) -> None:
    for path in (wheel, files[LOCK.name], files[NUMPY]):
        shutil.copyfile(path, tmp_path / path.name)
    command = [str(pyodide_build / "pyodide"), "py-compile", "--silent", "--no-keep"]
    subprocess.run([*command, "--exclude", "numpy", str(tmp_path)], check=True)
    (compiled,) = tmp_path.glob("lmm-*.whl")
    assert compiled.name == "lmm-0.1.0-cp312-none-any.whl"
    lock = str(tmp_path / LOCK.name)
    assert run(lock=lock, folder=str(tmp_path), load="lmm") == pytest.approx(here(), rel=TOLERANCE)

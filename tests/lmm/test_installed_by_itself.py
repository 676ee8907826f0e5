"""The engine without the rest of the project: `import lmm` where there is only numpy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from tests.lmm.browserlike import PLUGIN

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "widgets" / "lmm"

EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)

EVERY_MODULE = """
import importlib, pkgutil, sys
import lmm
for module in pkgutil.walk_packages(lmm.__path__, "lmm."):
    importlib.import_module(module.name)
assert all(getattr(lmm, name) is not None for name in lmm.__all__)
print(*sys.modules)
"""


OWN_TESTS = (
    *("browserlike", "reference", "test_bad_input", "test_distributions", "test_families"),
    *("test_geeglm_bad_input", "test_geeglm_many", "test_kenward_roger_with_few_groups"),
    *("test_profiles_at_the_boundary", "test_random_intercept"),
)
"""Tests of what may be impossible, singular or at a boundary, and what they import.

Anywhere else a factorisation never fails: in a run of the whole suite that counted them, numpy
raised in those of ``geeglm_many`` alone, since small matrices are factorised by columns.
"""


def files_of(folder: Path) -> set[str]:
    """What a wheel should hold, by its path below the package."""
    kinds = ("*.py", "py.typed")
    return {path.relative_to(folder).as_posix() for kind in kinds for path in folder.rglob(kind)}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from that holds the engine as ``lmm`` and numpy."""
    folder = tmp_path_factory.mktemp("place")
    shutil.copytree(ENGINE, folder / "lmm", ignore=shutil.ignore_patterns("__pycache__"))
    for path in Path(np.__file__).parents[1].glob("numpy*"):
        (folder / path.name).symlink_to(path)
    return folder


def run(code: str, place: Path) -> str:
    """What a text prints in a Python that knows its standard library and one folder."""
    text = f"import sys; sys.path.append({str(place)!r})\n{code}"
    command = [sys.executable, "-I", "-S", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_module_opens_and_none_is_the_projects(place: Path) -> None:
    loaded = run(EVERY_MODULE, place).split()
    assert {"lmm", "lmm.glmm.fit", "lmm.planning.simulation"} <= set(loaded)
    assert not [name for name in loaded if name.split(".")[0] in {"widgets", "generator"}]


def test_the_example_of_the_readme_prints_a_p_value(place: Path) -> None:
    example = EXAMPLE.findall((ENGINE / "README.md").read_text())
    assert len(example) == 1
    printed = run(example[0], place)
    assert "treatmentdrug" in printed
    assert re.search(r"^p = 0\.0\d{3}$", printed, re.MULTILINE)


def test_a_wheel_holds_every_module_and_the_mark_of_types(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    copy = shutil.copytree(ENGINE, tmp_path / "lmm", ignore=shutil.ignore_patterns("__pycache__"))
    options = ("-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(tmp_path))
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(copy)], check=True)
    (wheel,) = tmp_path.glob("lmm-*.whl")
    with ZipFile(wheel) as archive:
        held = {name.removeprefix("lmm/") for name in archive.namelist() if name.startswith("lmm/")}
    assert held == files_of(ENGINE)


def test_its_own_tests_pass_without_the_project_on_a_browsers_numpy(tmp_path: Path) -> None:
    shutil.copytree(ENGINE, tmp_path / "lmm", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "validation").mkdir()
    (tmp_path / "validation" / "reference").symlink_to(ROOT / "validation" / "reference")
    (tmp_path / "tests" / "lmm").mkdir(parents=True)
    for path in (
        *(ROOT / "validation").glob("*.py"),
        *(ROOT / "tests" / "lmm" / f"{name}.py" for name in OWN_TESTS),
    ):
        text = path.read_text("utf-8").replace("widgets.lmm", "lmm")
        (tmp_path / path.relative_to(ROOT)).write_text(text, "utf-8")
    options = ("-q", "-x", "--import-mode=importlib", "-W", "ignore::RuntimeWarning")
    plugins = ("-p", "tests.lmm.browserlike", "-p", "no:cacheprovider")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *plugins, "tests"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), PLUGIN: "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]

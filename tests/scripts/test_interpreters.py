"""The same site comes of every Python that the project may be built with, where there is one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.environment import NEWEST_PYTHON, OLDEST_PYTHON
from scripts.interpreters import environment, interpreter
from tests.conftest import MadeOnce
from tests.generator import sites

ROOT = Path(__file__).resolve().parent.parent.parent
OTHERS = [
    f"3.{minor}"
    for minor in range(OLDEST_PYTHON[1], NEWEST_PYTHON[1] + 1)
    if minor != sys.version_info.minor
]
TOLERANCE = 1e-8
"""Relative: from 3.13 on numpy is another, since 2.0.2 has no wheels there."""

BUILD = """
import sys
from pathlib import Path
from tests.generator import sites
sites.make(sites.options(sites.GOLDEN / "two-languages" / "content", Path(sys.argv[1])))
"""
COMPUTE = """
import json
from importlib import import_module
from pkgutil import iter_modules
from widgets import host, simulators
names = [one.name for one in iter_modules(simulators.__path__) if one.ispkg]
ask = lambda name: host.answer(json.dumps({"call": "simulate", "widget": name, "values": {}}))
told = {}
for name in names:
    for readout, number in json.loads(ask(name.replace("_", "-")))["readouts"].items():
        told[f"{name} {readout}"] = number["value"]
print(json.dumps(told))
"""


@pytest.fixture(scope="module", params=OTHERS)
def python(request: pytest.FixtureRequest, made_once: MadeOnce) -> Path:
    """Another Python with what a build needs, from the lock that all of them share."""
    version = str(request.param)
    found = interpreter(version)
    if found is None:
        pytest.skip(f"there is no Python {version}")
    lock, place = ROOT / "requirements" / "site.txt", ROOT / ".cache" / f"python-{version}"
    made_once(f"python-{version}", lambda _: environment(found, lock, place))
    return place / "bin" / "python"


def run(python: Path | str, program: str, *arguments: str) -> str:
    command = [str(python), "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_site_has_the_same_bytes(python: Path, tmp_path: Path) -> None:
    run(python, BUILD, str(tmp_path))
    case = sites.GOLDEN / "two-languages"
    run(sys.executable, BUILD, str(tmp_path / "here"))
    made = sites.contents(tmp_path / "site")
    assert made == sites.contents(tmp_path / "here" / "site")
    assert made, case


def test_simulators_compute_the_same_numbers(python: Path) -> None:
    there, here = (json.loads(run(one, COMPUTE)) for one in (python, sys.executable))
    assert there.keys() == here.keys()
    assert {"nested mixed.p", "design_effect de"} <= here.keys()
    for name, number in here.items():
        same = None if number is None else pytest.approx(number, rel=TOLERANCE)
        assert there[name] == same, name

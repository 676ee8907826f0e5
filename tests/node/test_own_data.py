"""A laboratory's file from its bytes to the numbers: read in Node as in the page, analysed here."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from widgets.instruments.own_data.model import answer

FOLDER = Path(__file__).parents[1] / "own_data"
PROJECT = FOLDER.parents[1]
MARKS = {"decimal": ",", "thousands": "."}
EFFECT = ("mixed.low", "mixed.high")
PACKAGES = ("lme4", "lmerTest", "pbkrtest")
R_TOLERANCE = 2e-3
"""lmer stops its search at its own tolerance, the engine at a gradient of nearly zero."""

pytestmark = pytest.mark.tools


@functools.cache
def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (FOLDER / "files" / f"{name}.expect.json").read_text("utf-8")
    )
    return found


NAMES = sorted(
    path.name for path in (FOLDER / "files").iterdir() if not path.name.endswith(".expect.json")
)
CASES = [
    (name, index) for name in NAMES for index in range(max(1, len(expected(name).get("cases", ()))))
]


def asked(name: str, index: int) -> dict[str, Any]:
    """What a reader who gives these answers asks."""
    told = expected(name)
    answers = told["cases"][index]["answers"] if "cases" in told else {}
    roles = told.get("roles")
    given = {
        role: "" if column is None else f"{column[0]} (2)" if isinstance(column, list) else column
        for role, column in (roles.items() if isinstance(roles, dict) else ())
        if role not in told.get("roles_of_page", ())
    }
    return {
        "path": str(FOLDER / "files" / name),
        "language": "zh-Hant-TW" if told["lang"] == "zh" else "en",
        "decimal": MARKS.get(answers.get("decimal-mark", "")),
        "roles": given,
        "settings": {"log": bool(told.get("log")), "same_units": answers.get("same-units", "")},
    }


def in_node(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", str(FOLDER / "analyse.mjs")],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@functools.cache
def readings() -> dict[tuple[str, int], dict[str, Any]]:
    """Every file, read once."""
    return dict(zip(CASES, in_node([asked(*case) for case in CASES]), strict=True))


@functools.cache
def reply(name: str, index: int) -> dict[str, Any]:
    found = dict(answer(readings()[name, index]["request"]))
    if found["state"] == "asking" and (allowed := expected(name).get("may_ask")):
        request = {**readings()[name, index]["request"], "same_units": allowed["same-units"][0]}
        found = dict(answer(request))
    return found


@pytest.mark.parametrize("name", [name for name in NAMES if expected(name).get("error")])
def test_what_is_no_table_is_refused(name: str) -> None:
    assert "refused" in readings()[name, 0]


TABLES = [case for case in CASES if not expected(case[0]).get("error")]


@pytest.mark.parametrize(("name", "index"), TABLES)
def test_a_file_gives_the_numbers_of_r(name: str, index: int) -> None:
    reading, told = readings()[name, index], expected(name)
    if reading.get("refused"):  # pragma: no cover
        pytest.fail(f"refused: {reading}")
    columns = [column for column, _ in reading["columns"]]
    assert set(told["read"].get("columns", ())) <= set(columns)
    assert reading["asksDecimal"] == ("decimal-mark" in told.get("must_ask", ()))
    numbers = dict(told["cases"][index]["numbers"])
    tolerance = numbers.pop("tolerance", 1e-4)
    got = reply(name, index)["readouts"]
    for absent in numbers.pop("absent", ()):
        assert got.get(absent) is None
    for readout, value in numbers.items():
        wanted = value["any_of"] if isinstance(value, dict) else [value]
        have = [got.get(one) for one in (EFFECT if readout in EFFECT else (readout,))]
        assert any(
            one == number
            or (None not in (one, number) and abs(one) == pytest.approx(abs(number), rel=tolerance))
            for one in have
            for number in wanted
        ), (readout, have, wanted)


def test_roles_are_guessed_where_a_file_says_how() -> None:
    for name in NAMES:
        for role, column in expected(name).get("guess", {}).items():
            assert readings()[name, 0]["guessed"][role] == column


def settled(name: str, index: int) -> dict[str, Any]:
    found = reply(name, index)
    design = found["design"]
    return {
        "log": design["log"],
        "renumbered": asked(name, index)["settings"]["same_units"] == "renumbered",
        "order": [arm["name"] for arm in design["arms"]],
        "leftOut": [],
        "kind": design["kind"],
        "blocks": design["blocks"],
        "formula": found["formula"],
        "stop": design["stop"],
    }


SCRIPTED = [case for case in TABLES if not case[0].endswith(".xlsx")]
"""Workbooks need a package of R and one of Python that the tests do without."""


@functools.cache
def scripts() -> dict[tuple[str, int], dict[str, Any]]:
    jobs = [{**asked(*case), "settled": settled(*case)} for case in SCRIPTED]
    return dict(zip(SCRIPTED, in_node(jobs), strict=True))


def lay_out(folder: Path, key: str, ending: str) -> list[Path]:
    """A folder for each case with the file, the tidy table and the script."""
    made = []
    for (name, index), found in scripts().items():
        place = folder / f"{name}-{index}"
        place.mkdir()
        shutil.copy(FOLDER / "files" / name, place / name)
        (place / "tidy.csv").write_text(found["tidy"], encoding="utf-8", newline="")
        (place / f"script.{ending}").write_text(found[key], encoding="utf-8")
        made.append(place)
    return made


def compare(printed: str, case: tuple[str, int], tolerance: float) -> None:
    """What a script printed, with what the page shows."""
    lines = dict(line.split() for line in printed.splitlines() if line.strip())
    got = reply(*case)["readouts"]
    assert float(lines["n_rows"]) == got["n_rows"], case
    if not reply(*case)["design"]["stop"]:
        assert {"naive.p", "means.p"} <= set(lines), case
    for readout, text in lines.items():
        wanted = got[readout]
        close = pytest.approx(wanted, rel=tolerance, abs=1e-7)
        assert float(text) == close or abs(float(text)) == pytest.approx(
            abs(wanted), rel=tolerance
        ), (case, readout)


def test_python_scripts_read_the_file_and_print_the_numbers_of_the_page(tmp_path: Path) -> None:
    places = lay_out(tmp_path, "python", "py")
    driver = tmp_path / "driver.py"
    driver.write_text(
        "import contextlib, io, os, runpy, sys\n"
        "for place in sys.argv[1:]:\n"
        "    os.chdir(place)\n"
        "    said = io.StringIO()\n"
        "    with contextlib.redirect_stdout(said):\n"
        "        runpy.run_path('script.py')\n"
        "    open('said', 'w').write(said.getvalue())\n"
    )
    done = subprocess.run(
        [sys.executable, str(driver), *map(str, places)],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "widgets"), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for place, case in zip(places, SCRIPTED, strict=True):
        compare((place / "said").read_text(), case, 1e-8)


@functools.cache
def has_r() -> bool:
    if not shutil.which("Rscript"):
        return False
    wanted = " && ".join(f"requireNamespace('{one}', quietly = TRUE)" for one in PACKAGES)
    code = f"quit(status = if ({wanted}) 0 else 1)"
    return subprocess.run(["Rscript", "-e", code], check=False, capture_output=True).returncode == 0


def test_r_scripts_read_the_file_and_print_the_numbers_of_the_page(tmp_path: Path) -> None:
    if not has_r():
        pytest.skip("R with lme4, lmerTest and pbkrtest is not here")
    places = lay_out(tmp_path, "r", "R")
    driver = tmp_path / "driver.R"
    driver.write_text(
        "for (place in commandArgs(TRUE)) {\n  setwd(place)\n"
        '  run <- function() source("script.R", local = new.env(), encoding = "UTF-8")\n'
        '  writeLines(capture.output(run()), "said")\n}\n'
    )
    done = subprocess.run(
        ["Rscript", str(driver), *map(str, places)],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for place, case in zip(places, SCRIPTED, strict=True):
        compare((place / "said").read_text(encoding="utf-8"), case, R_TOLERANCE)

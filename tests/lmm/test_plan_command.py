"""``python -m lmm.plan``: equal numbers for any executor, and going on after a crash."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from widgets import lmm
from widgets.lmm import DesignError, MethodError
from widgets.lmm.planning.command import BATCH, main, plans, simulate

PLAN: dict[str, Any] = {"n_units": 8, "m": 5, "effect": 1.2, "sd_between": 0.9, "sd_within": 1.1}
TOML = "[plan]\n" + "".join(f"{name} = {value}\n" for name, value in PLAN.items())
PROJECT = Path(__file__).parents[2]


def test_any_executor_says_the_same() -> None:
    alone = simulate(PLAN, 2 * BATCH, seed=3)
    with ThreadPoolExecutor(2) as pool:
        assert simulate(PLAN, 2 * BATCH, seed=3, executor=pool) == alone
    assert simulate(PLAN, 2 * BATCH, seed=4) != alone
    assert alone["low"] - 0.03 < alone["formula"] < alone["high"] + 0.03


def test_a_run_that_was_ended_goes_on_where_it_was(tmp_path: Path) -> None:
    journal = tmp_path / "plan.journal.jsonl"
    told: list[tuple[int, int]] = []

    class Crash(Exception):  # noqa: N818  the machine's, not ours
        pass

    def crash(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 2 * BATCH:
            raise Crash

    with pytest.raises(Crash):
        simulate(PLAN, 3 * BATCH, seed=3, progress=crash, journal=journal)
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"key": "cut o')  # power failed while a line was written
    told.clear()
    after = simulate(PLAN, 3 * BATCH, seed=3, progress=crash_not(told), journal=journal)
    assert told == [(3 * BATCH, 3 * BATCH)]
    assert after == simulate(PLAN, 3 * BATCH, seed=3)
    again: list[tuple[int, int]] = []
    assert simulate(PLAN, 3 * BATCH, 3, None, crash_not(again), journal) == after
    assert again == []


def crash_not(told: list[tuple[int, int]]) -> Any:  # noqa: ANN401  a callback
    return lambda done, total: told.append((done, total))


def test_a_list_of_numbers_stands_for_several_plans() -> None:
    made = plans({"n_units": [6, 8], "effect": [1.0, 2.0], "m": [3, 4, 5]})
    assert [(one["n_units"], one["effect"]) for one in made] == [
        (6, 1.0),
        (6, 2.0),
        (8, 1.0),
        (8, 2.0),
    ]
    assert all(one["m"] == [3, 4, 5] for one in made)


def test_the_command_prints_results_and_says_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(TOML, encoding="utf-8")
    command = [sys.executable, "-m", "widgets.lmm.plan", str(tmp_path / "plan.toml")]
    run = subprocess.run(
        [*command, "--executor", "processes", "--n-sim", str(BATCH)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    (result,) = json.loads(run.stdout)
    assert result["plan"] == PLAN
    assert result["n_sim"] == BATCH
    assert f"{BATCH} of {BATCH}" in run.stderr
    assert result == {"plan": PLAN, **simulate(PLAN, BATCH, seed=1)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[run]\nseed = 1\n", "there is no section [plan]"),
        (TOML.replace("n_units = 8", "n_units = 1"), "n_units must be whole and at least 2"),
        (TOML.replace("n_units = 8", "n_units = 2"), "leaves nothing to estimate from"),
        (TOML + "mice = 8\n", "mice"),
        ("[plan\n", "Expected"),
        (TOML + "[run]\nn_sim = 0\n", "n_sim must be at least 1"),
    ],
)
def test_a_file_that_cannot_be_run_is_told(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(text, encoding="utf-8")
    assert main([str(file), "--executor", "none"]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(str(file))
    assert said in printed


def test_an_unknown_executor_is_told() -> None:
    with pytest.raises(MethodError, match="executor must be one of none, threads"):
        simulate(PLAN, executor="slurm")
    with pytest.raises(DesignError, match="leaves nothing to estimate from"):
        simulate(PLAN | {"n_units": 2})


def test_plan_stays_the_function_after_its_module_was_imported() -> None:
    import widgets.lmm.plan  # noqa: PLC0415  what is tested

    assert widgets.lmm.plan(**PLAN).power == lmm.plan(**PLAN).power

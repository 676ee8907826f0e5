"""The engine in Chromium against the engine here: the same calls, in turns."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import engine_endpoint
from benchmarks.engine_designs import Design
from benchmarks.server import serving
from generator.runtime import models_zip, node, prepare
from scripts.browser import driver, launch

ROOT = Path(__file__).parents[1]

COLUMNS = ("fit", "+ Kenward-Roger")

ROUNDS = 3
"""How often each side is asked; a busy machine slows both."""


def print_browser(chosen: Sequence[Design], seconds: float) -> None:
    """Print milliseconds natively and in Chromium, and their ratio."""
    native, there = _asked(chosen, seconds / ROUNDS)
    print(f"{'design':38}{'call':17}{'native':>9}{'Chromium':>10}{'ratio':>7}")
    for design in chosen:
        for column in COLUMNS:
            here, far = (
                statistics.median(one[design.name][column] for one in side)
                for side in (native, there)
            )
            print(f"{design.name:38}{column:17}{here:9.2f}{far:10.2f}{far / here:7.1f}")


def _asked(chosen: Sequence[Design], seconds: float) -> tuple[list[Any], list[Any]]:
    designs = [
        {
            "name": one.name,
            "formula": one.formula,
            "columns": {name: values.tolist() for name, values in one.columns.items()},
        }
        for one in chosen
    ]
    request = {"designs": designs, "seconds": seconds}
    native, there = [], []
    with TemporaryDirectory() as folder, driver() as playwright:
        _site(Path(folder))
        with serving(Path(folder)) as served, launch(playwright) as browser:
            page = browser.new_page()
            page.goto(served.url + "index.html")
            for _ in range(ROUNDS):
                native.append(json.loads(engine_endpoint.answer(json.dumps(request))))
                there.append(page.evaluate("(request) => globalThis.ask(request)", request))
    return native, there


def _site(folder: Path) -> None:
    """A site of one page that passes requests on to the endpoint."""
    widgets = folder / "widgets"
    shutil.copytree(ROOT / "widgets", widgets, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(engine_endpoint.__file__, widgets / "host.py")
    (folder / "models.zip.bin").write_bytes(models_zip(ROOT / ".cache", widgets))
    (folder / "runtime").mkdir()
    for name, path in prepare(ROOT / ".cache").files.items():
        shutil.copyfile(path, folder / "runtime" / name)
    esbuild = [str(node()), str(ROOT / "node_modules" / "esbuild" / "bin" / "esbuild")]
    options = ["--bundle", "--format=iife", "--log-level=error"]
    for entry, name in (
        (ROOT / "browser" / "worker.js", "worker.js"),
        (Path(__file__).with_name("engine_page.js"), "page.js"),
    ):
        subprocess.run([*esbuild, str(entry), *options, f"--outfile={folder / name}"], check=True)
    (folder / "index.html").write_text('<!doctype html><script src="page.js"></script>')

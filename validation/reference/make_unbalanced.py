"""Unbalanced data with columns of every kind, for make_structures.R.

Run in this folder: python make_unbalanced.py   (writes school, holes and met_at_random to data)
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

Row = dict[str, object]

GRADE = {"lo": 0.0, "Mid": 0.7, "high": -0.4}


def school(rng: np.random.Generator) -> list[Row]:
    """Pupils in classes in schools in regions, with slopes by region and school."""
    rows: list[Row] = []
    for region in ("N", "e", "S", "W", "x"):
        of_region, slope_of_region = rng.normal(0, 0.6), rng.normal(0, 0.3)
        for number in range(1, int(rng.integers(3, 6))):
            of_school = of_region + rng.normal(0, 0.8)
            slope = slope_of_region + rng.normal(0, 0.4)
            for letter in "aBc"[: rng.integers(2, 4)]:
                of_class = of_school + rng.normal(0, 0.5)
                for _ in range(int(rng.integers(2, 7))):
                    x, w = rng.normal(3, 1.5), rng.uniform(0.5, 4)
                    f, s = ("lo", "Mid", "high")[rng.integers(3)], bool(rng.integers(2))
                    mean = 1 + (0.5 + slope) * x - 0.3 * w + GRADE[f] + 0.3 * s + of_class
                    y = mean + rng.normal()
                    names = {"sid": f"{region}{number}", "cid": f"{region}{number}{letter}"}
                    own = {"region": region, "school": number, "cls": letter, **names}
                    measured = {"y": y, "x": x, "w": w, "f": f, "s": str(s).upper()}
                    rows.append({**measured, "yp": abs(y) + 1, **own})
    return rows


def with_holes(rows: list[Row], rng: np.random.Generator) -> list[Row]:
    """The same with one value in twenty-five missing in some columns."""
    return [
        {
            k: "NA" if k in {"y", "x", "f", "sid", "s"} and rng.random() < 0.04 else v
            for k, v in row.items()
        }
        for row in rows
    ]


def crossed(rng: np.random.Generator) -> list[Row]:
    """Two crossed factors met at random, one with slopes."""
    a, slopes, b = rng.normal(0, 0.8, 14), rng.normal(0, 0.4, 14), rng.normal(0, 0.5, 9)
    rows: list[Row] = []
    for _ in range(160):
        i, j, x, t = rng.integers(14), rng.integers(9), rng.normal(), "pq"[rng.integers(2)]
        y = a[i] + b[j] + (0.5 + slopes[i]) * x + 0.4 * (t == "q") + rng.normal(0, 0.7)
        rows.append({"y": y, "x": x, "t": t, "a": f"a{i}", "b": f"b{j}"})
    return rows


def write(name: str, rows: list[Row]) -> None:
    """A file beside the others."""
    with (Path("data") / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    generator = np.random.default_rng(77)
    pupils = school(generator)
    write("school.csv", pupils)
    write("holes.csv", with_holes(pupils, generator))
    write("met_at_random.csv", crossed(generator))

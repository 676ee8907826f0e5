"""Data sets as text: comma-separated values, one header line, no quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chapters.mixed_models.datasets import (
    centres,
    clinics,
    electrodes,
    fields,
    mice,
    nested,
    patients,
)

FOLDER = "content/data"

Columns = Mapping[str, Sequence[object]]


def files() -> dict[str, str]:
    """The text of every file that readers can download, by its name."""
    return {
        "patients.csv": written(patients.table()),
        "clinics.csv": written(clinics.table()),
        "electrodes.csv": written(electrodes.table()),
        "centres.csv": written(centres.table()),
        "mice.csv": written(mice.table()),
        "fields.csv": written(fields.table()),
        "nested.csv": written(nested.table()),
    }


def written(columns: Columns) -> str:
    """The text of a data set."""
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    return "\n".join(lines) + "\n"

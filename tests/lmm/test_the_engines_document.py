"""docs/engine.md says what the tests find."""

from __future__ import annotations

import pytest

from tests.lmm.agreement import DOCUMENT, END, START, rows


@pytest.fixture(scope="module")
def printed() -> dict[str, float]:
    text = DOCUMENT.read_text("utf-8").split(START)[1].split(END)[0]
    lines = [line.strip("| ").split(" | ") for line in text.strip().splitlines()[2:]]
    return {cells[0]: float(cells[4].removeprefix("≤ ")) for cells in lines}


def test_the_table_of_agreement_holds(printed: dict[str, float]) -> None:
    computed = rows()
    assert [row.what for row in computed] == list(printed)
    for row in computed:
        assert row.largest <= row.tolerance
        # another processor rounds differently; the magnitude stays
        assert row.largest <= max(10 * printed[row.what], 1e-11)

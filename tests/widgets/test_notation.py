"""Numbers as readers see them."""

from __future__ import annotations

import pytest

from widgets.notation import text


@pytest.mark.parametrize(
    ("p", "written"),
    [
        (0.3, ".30"),
        (0.0494, ".049"),
        (0.0496, ".0496"),
        (0.04996, ".04996"),
        (0.05, ".050"),
        (0.0504, ".0504"),
        (0.0506, ".051"),
    ],
)
def test_a_p_beside_the_level_shows_its_side(p: float, written: str) -> None:
    assert text(p, "p") == written

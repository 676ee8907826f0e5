"""Numbers as readers see them."""

from __future__ import annotations

import pytest

from widgets.contract import Style
from widgets.notation import NO_BREAK, text


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
        (0.994, ".99"),
        (0.998, ".998"),
        (0.99993, "> .9999"),
        (1.0, "1.00"),
    ],
)
def test_a_p_beside_the_level_or_one_shows_its_side(p: float, written: str) -> None:
    assert text(p, "p").replace(NO_BREAK, " ") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.2345, "1.23"),
        (-0.2, "−0.20"),
        (1234.5, "1,234"),
        (0.0066, "0.0066"),
        (-0.00042, "−0.00042"),
        (0.9976, "0.998"),
        (0.999994, "1.00"),
        (1.002, "1.00"),
        (0.0000001, "1×10⁻⁷"),
        (0.0, "0.00"),
    ],
)
def test_a_number_keeps_digits_that_tell_it_from_nought_and_from_one(
    value: float, written: str
) -> None:
    assert text(value, "decimal") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2.36, "2.4"),
        (9.97, "10"),
        (11.43, "11"),
        (7166.7, "7,167"),
        (18080.0, "18,100"),
        (1808000.0, "1,810,000"),
    ],
)
def test_an_effective_sample_size_has_the_digits_that_mean_something(
    value: float, written: str
) -> None:
    assert text(value, "effective") == written


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.0, "0.0%"), (0.0004, "< 0.1%"), (0.051, "5.1%"), (0.9998, "> 99.9%"), (1.0, "100.0%")],
)
def test_a_share_is_none_or_all_only_if_it_is(share: float, written: str) -> None:
    assert text(share, "percent").replace(NO_BREAK, " ") == written


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("decimal", "0.00"),
        ("df", "0"),
        ("count", "0"),
        ("percent", "0.0%"),
        ("effective", "0.0"),
        ("p", "< .0001"),
    ],
)
def test_nought_has_no_sign(style: Style, written: str) -> None:
    assert text(-0.0, style).replace(NO_BREAK, " ") == written
    assert not text(-1e-12, style).startswith("−0")

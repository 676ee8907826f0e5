"""What the site and ``docs/engine.md`` say of the agreement with R holds."""

from __future__ import annotations

import pytest

from generator.agreement.comparisons import Comparison, comparisons
from generator.agreement.document import printed
from generator.claims.agreement import difference

ALL = list(comparisons())
PRINTED = printed()


@pytest.mark.parametrize("comparison", ALL, ids=lambda comparison: comparison.name)
def test_no_difference_is_larger_than_tolerated_or_told(comparison: Comparison) -> None:
    assert comparison.largest <= comparison.tolerance
    # another processor rounds differently; the magnitude stays
    assert comparison.largest <= max(10 * PRINTED[comparison.name], 1e-11)


def test_the_document_tells_of_every_comparison() -> None:
    assert list(PRINTED) == [comparison.name for comparison in ALL]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3e-13, "<\u00a010⁻⁹"),
        (1.2e-9, "2\u00a0×\u00a010⁻⁹"),
        (9.6e-9, "1\u00a0×\u00a010⁻⁸"),
        (3.4e-4, "4\u00a0×\u00a010⁻⁴"),
        (1.78, "1.8"),
    ],
)
def test_a_difference_is_rounded_up(value: float, written: str) -> None:
    assert difference(value) == written

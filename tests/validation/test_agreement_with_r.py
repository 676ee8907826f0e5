"""What ``docs/engine.md`` says of the agreement with R holds."""

from __future__ import annotations

import pytest

from validation.comparisons import Comparison, comparisons
from validation.document import printed

ALL = list(comparisons())
PRINTED = printed()


@pytest.mark.parametrize("comparison", ALL, ids=lambda comparison: comparison.name)
def test_no_difference_is_larger_than_tolerated_or_told(comparison: Comparison) -> None:
    assert comparison.largest <= comparison.tolerance
    # another processor rounds differently; the magnitude stays
    assert comparison.largest <= max(10 * PRINTED[comparison.name], 1e-11)


def test_the_document_tells_of_every_comparison() -> None:
    assert list(PRINTED) == [comparison.name for comparison in ALL]

"""Tests run over the models that R has fitted."""

from __future__ import annotations

import pytest

from validation.cases import all_cases


def cases(model: str, *needs: str) -> pytest.MarkDecorator:
    """Parametrise ``case`` by the reference cases of a model that have the expected fields."""
    chosen = [
        pytest.param(case, id=name)
        for name, case in all_cases().items()
        if case["model"] == model and all(need in case["expected"] for need in needs)
    ]
    return pytest.mark.parametrize("case", chosen)

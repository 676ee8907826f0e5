from __future__ import annotations

from pathlib import Path

import pytest

from tests.chapters.mixed_models.scripts import (
    FOLDER,
    lacking,
    numbers,
    output,
    printed,
    scripts,
    words,
)

SAMPLED = {"few_mice.R": 0.3, "choose_bayes.R": 0.3}
"""Where random numbers decide, the last digit shown may be another one elsewhere."""


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_a_script_prints_what_the_chapter_shows(script: Path) -> None:
    lack = lacking(script)
    if lack:
        pytest.skip(lack)
    shown, now = output(script).read_text(), printed(script)
    assert words(now) == words(shown)
    # Optimisers stop within 1e-4 of the optimum, and versions of R and BLAS stop elsewhere.
    loose = SAMPLED.get(script.name, 2e-3)
    assert numbers(now) == pytest.approx(numbers(shown), rel=2e-3, abs=loose)


def test_every_output_has_its_script() -> None:
    outputs = {file.name for file in FOLDER.glob("*.txt")}
    assert outputs == {output(script).name for script in scripts()}

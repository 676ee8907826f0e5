"""Code that the text quotes, as the advice of the tree or the formula of a scenario."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.chapters.mixed_models.scripts import scripts

CONTENT = Path(__file__).parents[3] / "content"
FENCED = re.compile(r"^ *```r\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def quoted(language: str) -> list[list[str]]:
    """The lines of every block of R, without their indentation."""
    text = (CONTENT / language / "mixed-models" / "analyse.md").read_text(encoding="utf-8")
    return [stripped(block) for block in FENCED.findall(text)]


def stripped(code: str) -> list[str]:
    return [line.strip() for line in code.splitlines() if line.strip()]


def test_both_languages_quote_the_same_code() -> None:
    assert quoted("zh") == quoted("en")


@pytest.mark.parametrize("block", quoted("en"), ids=lambda block: block[0])
def test_every_quoted_line_stands_in_a_script_that_is_run(block: list[str]) -> None:
    run = [line for script in scripts() for line in stripped(script.read_text())]
    assert [line for line in block if line not in run] == []

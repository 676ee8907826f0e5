from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator import sites


@pytest.mark.parametrize("case", sites.CASES, ids=lambda case: case.name)
def test_a_folder_goes_in_and_the_expected_folder_comes_out(case: Path, tmp_path: Path) -> None:
    made, expected = sites.outcome(case, tmp_path), sites.expected(case)
    assert sorted(made) == sorted(expected)
    for path, content in made.items():
        assert content.decode() == expected[path].decode(), path


def test_two_builds_of_the_same_tree_give_the_same_bytes(tmp_path: Path) -> None:
    case = sites.GOLDEN / "two-languages"
    assert sites.outcome(case, tmp_path / "a") == sites.outcome(case, tmp_path / "b")

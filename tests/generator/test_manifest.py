"""When a stamp is taken as proof that a file says what it said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.building import manifest
from generator.building.manifest import TICK, Manifest, scan_inputs
from generator.files.inputs import Stamp
from generator.options import Options

PAGE = "content/en/index.md"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """A folder of one page, whose stamps are those of the first look at it for ever after."""
    page = tmp_path / "site" / PAGE
    page.parent.mkdir(parents=True)
    page.write_text("sixty")
    status = page.stat()
    stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)

    def scan(roots: Mapping[str, Path]) -> dict[str, Stamp]:
        assert roots["content"] == tmp_path / "site" / "content"
        return {PAGE: stamp}

    monkeypatch.setattr(manifest, "scan", scan)
    return Options(content=tmp_path / "site" / "content", output=tmp_path / "out")


@pytest.mark.parametrize(
    ("after", "is_read_again"),
    [
        pytest.param(TICK // 2, True, id="looked at in the tick of its change"),
        pytest.param(2 * TICK, False, id="looked at later"),
    ],
)
def test_a_file_that_changed_just_before_it_was_looked_at_is_read_again(
    options: Options, monkeypatch: pytest.MonkeyPatch, after: int, *, is_read_again: bool
) -> None:
    """It may have changed once more in the same tick of the clock, which leaves the stamp alone."""
    page = options.content / "en" / "index.md"
    status = page.stat()
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    monkeypatch.setattr("time.time_ns", lambda: changed + after)
    first = scan_inputs(options, Manifest())
    page.write_text("three")
    monkeypatch.setattr("time.time_ns", lambda: changed + 100 * TICK)
    second = scan_inputs(options, Manifest(inputs=first.inputs))
    assert (second.inputs[PAGE][1] != first.inputs[PAGE][1]) == is_read_again

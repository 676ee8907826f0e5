from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.runtime.obtain import obtain
from generator.runtime.official import Official
from generator.runtime.sources import Folder, UnreachableError

RIGHT, WRONG = b"the official bytes", b"other bytes"
FILE = Official("numpy.whl", hashlib.sha256(RIGHT).hexdigest())


@dataclass(frozen=True)
class Shop:
    """A source that has these bytes, or none and a reason."""

    place: str
    has: bytes | str

    def fetch(self, name: str) -> bytes:
        if isinstance(self.has, str):
            raise UnreachableError(self.has)
        assert name == FILE.name
        return self.has


def test_the_first_source_with_the_right_bytes_is_taken() -> None:
    shops = (
        Shop("one", "closed"),
        Shop("two", WRONG),
        Shop("three", RIGHT),
        Shop("four", "unasked"),
    )
    assert obtain(FILE, shops) == RIGHT


def test_other_bytes_are_refused_with_file_sums_and_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    obtain(FILE, (Shop("the corner shop", WRONG), Shop("another", RIGHT)))
    said = capsys.readouterr().err
    for part in (FILE.name, "the corner shop", FILE.sha256, hashlib.sha256(WRONG).hexdigest()):
        assert part in said


def test_if_no_source_has_the_file_one_error_lists_each_with_its_reason() -> None:
    shops = (Shop("one", "closed on Mondays"), Shop("two", WRONG), Shop("three", "moved away"))
    with pytest.raises(SetupError) as caught:
        obtain(FILE, shops)
    lines = str(caught.value).splitlines()
    assert FILE.name in lines[0]
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "- one",
        "- numpy.whl from two",
        "- three",
    ]
    assert "closed on Mondays" in lines[1]
    assert FILE.sha256 in lines[2]
    assert hashlib.sha256(WRONG).hexdigest() in lines[2]
    assert "moved away" in lines[3]


def test_what_was_fetched_is_kept_in_every_cache_and_not_fetched_again(tmp_path: Path) -> None:
    caches = (Folder(tmp_path / "project"), Folder(tmp_path / "user"))
    obtain(FILE, (Shop("shop", RIGHT),), caches)
    for cache in caches:
        assert [path.name for path in cache.path.iterdir()] == [FILE.name]
        assert obtain(FILE, (), (cache,)) == RIGHT


def test_one_cache_fills_the_other(tmp_path: Path) -> None:
    project, user = Folder(tmp_path / "project"), Folder(tmp_path / "user")
    user.keep(FILE.name, RIGHT)
    obtain(FILE, (), (project, user))
    assert project.fetch(FILE.name) == RIGHT


def test_a_cache_forgets_other_bytes_and_gets_the_right_ones(tmp_path: Path) -> None:
    cache = Folder(tmp_path)
    cache.keep(FILE.name, WRONG)
    assert obtain(FILE, (Shop("shop", RIGHT),), (cache,)) == RIGHT
    assert cache.fetch(FILE.name) == RIGHT


def test_other_bytes_never_enter_a_cache(tmp_path: Path) -> None:
    cache = Folder(tmp_path)
    with pytest.raises(SetupError):
        obtain(FILE, (Shop("shop", WRONG),), (cache,))
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_breaks_off_while_writing_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", breaks_off)
    assert obtain(FILE, (Shop("shop", RIGHT),), (Folder(tmp_path),)) == RIGHT
    assert list(tmp_path.iterdir()) == []

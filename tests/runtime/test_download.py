from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.runtime.download import download
from generator.runtime.releases import ReleaseFile
from generator.runtime.sources import Folder, UnreachableError

RIGHT, WRONG = b"the published bytes", b"other bytes"
FILE = ReleaseFile("numpy.whl", hashlib.sha256(RIGHT).hexdigest())


@dataclass(frozen=True)
class Stub:
    """A source that has these bytes, or none and a reason."""

    place: str
    has: bytes | str

    def fetch(self, name: str) -> bytes:
        if isinstance(self.has, str):
            raise UnreachableError(self.has)
        assert name == FILE.name
        return self.has


def test_the_first_source_with_the_right_bytes_is_taken() -> None:
    stubs = (
        Stub("one", "closed"),
        Stub("two", WRONG),
        Stub("three", RIGHT),
        Stub("four", "unasked"),
    )
    assert download(FILE, stubs) == RIGHT


def test_other_bytes_are_rejected_with_file_checksums_and_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    download(FILE, (Stub("the corner shop", WRONG), Stub("another", RIGHT)))
    said = capsys.readouterr().err
    for part in (FILE.name, "the corner shop", FILE.sha256, hashlib.sha256(WRONG).hexdigest()):
        assert part in said


def test_if_no_source_has_the_file_one_error_lists_each_with_its_reason() -> None:
    stubs = (Stub("one", "closed on Mondays"), Stub("two", WRONG), Stub("three", "moved away"))
    with pytest.raises(SetupError) as caught:
        download(FILE, stubs)
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
    download(FILE, (Stub("shop", RIGHT),), caches)
    for cache in caches:
        assert [path.name for path in cache.path.iterdir()] == [FILE.name]
        assert download(FILE, (), (cache,)) == RIGHT


def test_one_cache_fills_the_other(tmp_path: Path) -> None:
    project, user = Folder(tmp_path / "project"), Folder(tmp_path / "user")
    user.keep(FILE.name, RIGHT)
    download(FILE, (), (project, user))
    assert project.fetch(FILE.name) == RIGHT


def test_a_cache_deletes_other_bytes_and_gets_the_right_ones(tmp_path: Path) -> None:
    cache = Folder(tmp_path)
    cache.keep(FILE.name, WRONG)
    assert download(FILE, (Stub("shop", RIGHT),), (cache,)) == RIGHT
    assert cache.fetch(FILE.name) == RIGHT


def test_other_bytes_never_enter_a_cache(tmp_path: Path) -> None:
    cache = Folder(tmp_path)
    with pytest.raises(SetupError):
        download(FILE, (Stub("shop", WRONG),), (cache,))
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_breaks_off_while_writing_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", breaks_off)
    assert download(FILE, (Stub("shop", RIGHT),), (Folder(tmp_path),)) == RIGHT
    assert list(tmp_path.iterdir()) == []

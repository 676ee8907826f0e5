from __future__ import annotations

import os
import time
from pathlib import Path

from generator.files.cache import WEEK, cached, digest, evict


def test_what_is_cached_is_made_once(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> bytes:
        made.append("once")
        return b"thing"

    assert cached(tmp_path, "key", make) == cached(tmp_path, "key", make) == b"thing"
    assert made == ["once"]


def test_different_texts_have_different_names_wherever_they_are_divided() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_what_nobody_asked_for_in_a_week_is_evicted(tmp_path: Path) -> None:
    old = time.time() - WEEK - 60
    cached(tmp_path, "old", lambda: b"")
    cached(tmp_path, "asked for", lambda: b"")
    (tmp_path / "folder").mkdir()
    for name in ("old", "asked for", "folder"):
        os.utime(tmp_path / name, (old, old))
    cached(tmp_path, "asked for", lambda: b"")
    evict(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["asked for"]

"""The checksums of a finished site; a file whose stamp has not changed is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.files.inputs import hash_of, stamp
from generator.files.writing import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def checksums(output: Path, paths: Iterable[str], memory: Path) -> Mapping[str, str]:
    """The sha256 of each file, by its path in the site; ``memory`` serves the next build."""
    before = _remembered(memory)
    now = {}
    for path in sorted(paths):
        seen = list(stamp((output / path).stat()))
        known = before.get(path)
        now[path] = known if known and known[0] == seen else (seen, hash_of(output / path))
    write_atomically(memory, json.dumps(now).encode())
    return {path: sha for path, (_, sha) in now.items()}


def _remembered(memory: Path) -> Mapping[str, tuple[list[int], str]]:
    try:
        document = json.loads(memory.read_bytes())
        return {path: (list(seen), str(sha)) for path, (seen, sha) in document.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}

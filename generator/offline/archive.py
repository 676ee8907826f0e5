"""The site as one zip, to be unpacked anywhere and opened from disk.

Written by hand, since Python's zipfile would press the large script anew in every build: what is
pressed is kept. Entries are in order and bear no time, so that equal sites give equal archives.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files.cache import cached, digest

if TYPE_CHECKING:
    from generator.assets.assets import Assets

HTTP_ONLY = ("worker", "models")
"""What the script for disk brings along."""

LARGE = 1_000_000
FIRST_DAY = 0x21
"""1 January 1980, the first day that a zip knows."""

VERSION, DEFLATED, UTF8 = 20, 8, 0x800


def chosen(checksums: Mapping[str, str], assets: Assets) -> Mapping[str, str]:
    """What of the site is of use from disk."""
    needless = {assets.runtime[name] for name in HTTP_ONLY if name in assets.runtime}
    runtime = assets.runtime.get("runtime", "runtime") + "/"
    return {
        path: sha
        for path, sha in sorted(checksums.items())
        if path not in needless and not path.startswith((runtime, "."))
    }


def archive(output: Path, files: Mapping[str, str], cache: Path, folder: str, code: str) -> bytes:
    """The zip of these files of a site, all in one folder; ``code`` made what is kept of it."""
    body, directory = bytearray(), bytearray()
    for path, sha in files.items():
        content = (output / path).read_bytes()
        compressed = _compressed(content, digest(sha, code), cache)
        name = (folder + path).encode()
        told = struct.pack(
            "<5H3L2H",
            *(VERSION, UTF8, DEFLATED, 0, FIRST_DAY),
            *(zlib.crc32(content), len(compressed), len(content)),
            *(len(name), 0),
        )
        directory += struct.pack("<4sH", b"PK\1\2", VERSION) + told
        directory += struct.pack("<3H2L", 0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + told + name + compressed
    sizes = (len(files), len(files), len(directory), len(body))
    return bytes(body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *sizes, 0))


def _compressed(content: bytes, key: str, cache: Path) -> bytes:
    if len(content) < LARGE:
        return _deflated(content)
    return cached(cache / "packs", f"{key[:16]}.deflated", lambda: _deflated(content))


def _deflated(content: bytes) -> bytes:
    renderer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return renderer.compress(content) + renderer.flush()

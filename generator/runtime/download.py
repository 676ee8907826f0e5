"""Download of a release file from the first source whose bytes have its checksum."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from contextlib import suppress

from generator.errors import SetupError
from generator.runtime.releases import ReleaseFile
from generator.runtime.sources import Folder, Source, UnreachableError


def download(file: ReleaseFile, sources: Sequence[Source], caches: Sequence[Folder] = ()) -> bytes:
    """The file's bytes, from a cache, else from the first source that has them.

    What was downloaded is stored in every cache. Bytes with another checksum are rejected with a
    message, and deleted from a cache that held them.

    Raises
    ------
    SetupError
        If no source has the file; names each source and why it failed.
    """
    reasons = []
    for source in (*caches, *sources):
        try:
            content = verified(file, _fetched(file, source), source.place)
        except UnreachableError as error:
            reasons.append(f"{source.place}: {error}")
        except SetupError as error:
            _reject(file, source, error)
            reasons.append(str(error))
        else:
            _store(file, content, source, caches)
            return content
    tried = "".join(f"\n  - {reason}" for reason in reasons)
    msg = f"{file.name}: no source has it. Tried in this order:{tried}"
    raise SetupError(msg)


def verified(file: ReleaseFile, content: bytes, place: str) -> bytes:
    """The same bytes, if their checksum is that of the release file.

    Raises
    ------
    SetupError
        If their checksum is another one; names the file, both checksums and the place.
    """
    actual = hashlib.sha256(content).hexdigest()
    if actual != file.sha256:
        msg = f"{file.name} from {place}: rejected, sha256 is {actual}; expected {file.sha256}"
        raise SetupError(msg)
    return content


def _fetched(file: ReleaseFile, source: Source) -> bytes:
    if not isinstance(source, Folder):
        print(f"Fetching {file.name} from {source.place}", file=sys.stderr)  # noqa: T201  it takes a while
    return source.fetch(file.name)


def _reject(file: ReleaseFile, source: Source, error: SetupError) -> None:
    print(error, file=sys.stderr)  # noqa: T201  told even if the next source has the right bytes
    if isinstance(source, Folder):
        source.drop(file.name)


def _store(file: ReleaseFile, content: bytes, source: Source, caches: Sequence[Folder]) -> None:
    for cache in caches:
        if cache is not source:
            with suppress(OSError):  # a cache that cannot be written only costs the next fetch
                cache.keep(file.name, content)

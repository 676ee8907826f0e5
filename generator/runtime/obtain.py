"""An official file from the first source that has its very bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from contextlib import suppress

from generator.errors import SetupError
from generator.runtime.official import Official
from generator.runtime.sources import Folder, Source, UnreachableError


def obtain(file: Official, sources: Sequence[Source], caches: Sequence[Folder] = ()) -> bytes:
    """The file's bytes, taken from a cache, else from the first source that has them.

    What a source brought is kept in every cache. Other bytes are refused aloud, and a cache that
    held them forgets them.

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
            _refuse(file, source, error)
            reasons.append(str(error))
        else:
            _keep(file, content, source, caches)
            return content
    tried = "".join(f"\n  - {reason}" for reason in reasons)
    msg = f"{file.name}: no source has it. Tried in this order:{tried}"
    raise SetupError(msg)


def verified(file: Official, content: bytes, place: str) -> bytes:
    """The same bytes, if they are the official ones.

    Raises
    ------
    SetupError
        If they are not; names the file, both sums and the place.
    """
    actual = hashlib.sha256(content).hexdigest()
    if actual != file.sha256:
        msg = f"{file.name} from {place}: refused, sha256 is {actual}; expected {file.sha256}"
        raise SetupError(msg)
    return content


def _fetched(file: Official, source: Source) -> bytes:
    if not isinstance(source, Folder):
        print(f"Fetching {file.name} from {source.place}", file=sys.stderr)  # noqa: T201  it takes a while
    return source.fetch(file.name)


def _refuse(file: Official, source: Source, error: SetupError) -> None:
    print(error, file=sys.stderr)  # noqa: T201  told even if the next source has the right bytes
    if isinstance(source, Folder):
        source.drop(file.name)


def _keep(file: Official, content: bytes, source: Source, caches: Sequence[Folder]) -> None:
    for cache in caches:
        if cache is not source:
            with suppress(OSError):  # a cache that cannot be written only costs the next fetch
                cache.keep(file.name, content)

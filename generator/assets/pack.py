"""What simulators need, as one script: from disk a page may load scripts, and nothing else.

The script puts gzipped files in base64 on ``globalThis.siteFiles``, where
``browser/python/disk.js`` finds them. Readers over HTTP never load it.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.files.cache import cached, digest

if TYPE_CHECKING:
    from pathlib import Path

    from generator.files.imports import ImportGraph
    from generator.runtime import Runtime

SCRIPTS = ("pyodide.asm.js", "pyodide.js")
"""Pyodide's own scripts, in the order in which the worker needs them."""

WORKER = "worker"
HEAD, TAIL = "globalThis.siteFiles=", ";\n"
GZIP = 31
"""zlib's number for gzip; it writes neither name nor time."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The script, and how much there is in it."""

    script: bytes
    size: int
    """Bytes of the files, compressed: what a reader over HTTP would have to fetch."""


def pack(
    cache: Path, runtime: Runtime, worker: Path, models: Mapping[str, bytes], graph: ImportGraph
) -> Pack:
    """The script that carries the runtime, its worker and the models."""
    key = digest(
        graph.fingerprint(__name__),
        runtime.fingerprint,
        worker.read_text(),
        *map(repr, models.items()),
    )
    folder = cache / "packs"
    made = cached(folder, f"{key[:16]}.js", lambda: _script(folder, runtime, worker, models))
    return Pack(made, len(made) * 3 // 4)


def _script(cache: Path, runtime: Runtime, worker: Path, models: Mapping[str, bytes]) -> bytes:
    scripts = [runtime.files[name].read_bytes() for name in SCRIPTS]
    contents = {
        WORKER: b"\n;\n".join((*scripts, worker.read_bytes())),
        **{name: path.read_bytes() for name, path in runtime.files.items() if name not in SCRIPTS},
        **models,
    }
    texts = {name: _compressed_once(cache, content) for name, content in contents.items()}
    return f"{HEAD}{json.dumps(texts, sort_keys=True)}{TAIL}".encode()


def embedded_json(script: bytes) -> str:
    """The files in such a script, as JSON."""
    return script.decode().removeprefix(HEAD).removesuffix(TAIL)


def _compressed_once(cache: Path, content: bytes) -> str:
    """A file as it stands in the script, from the cache if it has been compressed before."""
    key = f"{sha256(content).hexdigest()[:16]}.{zlib.ZLIB_RUNTIME_VERSION}.b64"
    return cached(cache, key, lambda: compressed(content).encode()).decode()


def compressed(content: bytes) -> str:
    """A file as it stands in the script: gzipped, in base64."""
    renderer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    return b64encode(renderer.compress(content) + renderer.flush()).decode()

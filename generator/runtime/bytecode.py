"""Compile an archive's modules. Runs inside Pyodide, whose bytecode only its own Python writes.

The entries are stored and the archive is pressed as a whole: hundreds of small modules have much in
common. The same archive gives the same bytes: entries in order, no clock, one zlib.
"""

from __future__ import annotations

import ast
import base64
import gzip
import hashlib
import importlib.util
import io
import marshal
import zipfile
from collections.abc import Iterable

UNCHECKED_HASH = (0b01).to_bytes(4, "little")
"""Flags of a .pyc that is never compared with its source."""


def compiled(archive: bytes, keep: Iterable[str]) -> bytes:
    """A gzipped archive of the entries to keep, each module ``.py`` replaced by its ``.pyc``.

    Docstrings become empty: most of a page's readers never ask for them. They stay strings, which
    numpy's code expects even of modules compiled without documentation.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        entries = dict(_entry(name, source.read(name)) for name in sorted(keep))
    entries |= _record(entries)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in sorted(entries.items()):
            target.writestr(zipfile.ZipInfo(name), content)
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def _entry(name: str, content: bytes) -> tuple[str, bytes]:
    if not name.endswith(".py"):
        return name, content
    tree = ast.parse(content, name)
    _empty_docstrings(tree)
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(content)
    return name + "c", head + marshal.dumps(code)


def _empty_docstrings(tree: ast.Module) -> None:
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(tree):
        if isinstance(node, documented) and ast.get_docstring(node, clean=False):
            node.body[0].value.value = ""  # type: ignore[attr-defined]


def _record(entries: dict[str, bytes]) -> dict[str, bytes]:
    """A wheel's list of its own files, which every installer may ask for."""
    infos = {name.split("/")[0] for name in entries if ".dist-info/" in name}
    return {f"{info}/RECORD": _lines(f"{info}/RECORD", entries) for info in infos}


def _lines(itself: str, entries: dict[str, bytes]) -> bytes:
    rows = [f"{name},sha256={_sum(entries[name])},{len(entries[name])}" for name in sorted(entries)]
    return "\n".join((*rows, f"{itself},,", "")).encode()


def _sum(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()

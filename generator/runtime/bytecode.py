"""Compile and compress archives. Runs inside Pyodide, whose bytecode only its own Python writes.

The entries are stored and the archive is compressed as a whole: hundreds of small modules have much
in common. The same archive gives the same bytes: entries in order, no clock, one zlib.
"""

from __future__ import annotations

import ast
import gzip
import importlib.util
import io
import marshal
import zipfile
from collections.abc import Iterable

UNCHECKED_HASH = (0b01).to_bytes(4, "little")
"""Flags of a .pyc that is never compared with its source."""

ONLY_DOCUMENTATION = frozenset(
    ("numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py")
)
"""Modules that numpy imports for what they write into others' docstrings."""

LATE_METHODS = b"""

_create_now = _create_fn


def _create_fn(name, *args, **kwargs):
    made = None

    def method(*given, **named):
        nonlocal made
        if made is None:
            made = _create_now(name, *args, **kwargs)
            made.__qualname__ = method.__qualname__
        return made(*given, **named)

    method.__name__ = name
    return method
"""
"""Comes after ``dataclasses``: methods that are compiled when they are called.

Python writes six methods of a frozen dataclass as text and compiles each, half a millisecond apiece
in a browser, though most are never called.
"""


def compiled(archive: bytes, keep: Iterable[str]) -> bytes:
    """A gzipped archive of the entries to keep, each module ``.py`` replaced by its ``.pyc``.

    Docstrings become empty, and so do modules of nothing else: most of a page's readers never ask
    for them. They stay strings, which numpy's code expects even of modules compiled without
    documentation. Those of classes become blank: a dataclass without any would write its own, at
    half of the time that it takes to make one.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(keep):
            entry, content = _entry(name, source.read(name))
            target.writestr(zipfile.ZipInfo(entry), content)
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def deflated(archive: bytes) -> bytes:
    """A wheel with its entries compressed one by one; equal entries give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _entry(name: str, content: bytes) -> tuple[str, bytes]:
    if not name.endswith(".py"):
        return name, content
    tree = ast.parse(_source(name, content), name)
    _empty_docstrings(tree)
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(content)
    return name + "c", head + marshal.dumps(code)


def _source(name: str, content: bytes) -> bytes:
    if name in ONLY_DOCUMENTATION:
        return b""
    return content + LATE_METHODS if name == "dataclasses.py" else content


def _empty_docstrings(tree: ast.Module) -> None:
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(tree):
        if isinstance(node, documented) and ast.get_docstring(node, clean=False):
            empty = " " if isinstance(node, ast.ClassDef) else ""
            node.body[0].value.value = empty  # type: ignore[attr-defined]

"""Which files of the project's Python a module needs, from the import statements in its source."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files.cache import digest
from generator.files.inputs import file_of
from generator.files.writing import write_atomically

if TYPE_CHECKING:
    from generator.files.inputs import Inputs

TYPE_CHECKING_NAMES = ("TYPE_CHECKING", "typing.TYPE_CHECKING")


class ImportGraph:
    """The imports of every module among the inputs, those inside of functions included.

    A file is parsed once for each of its contents, for which ``memory`` keeps the names by hash; a
    process that builds again and again, as ``serve`` does, parses it no second time either.
    """

    def __init__(self, inputs: Inputs, roots: Mapping[str, Path], memory: Path) -> None:
        self._inputs = inputs
        self._roots = roots
        self._memory = memory
        self._known = _remembered(memory)
        self._asked: dict[str, list[str]] = {}

    def file(self, module: str) -> str | None:
        """The input name of a module's file, if the module is one of the project's."""
        stem = module.replace(".", "/")
        names = (f"{stem}.py", f"{stem}/__init__.py")
        return next((name for name in names if self._inputs.hash(name)), None)

    def files(self, *modules: str) -> tuple[str, ...]:
        """The input names of these modules' files and of all that they import in turn, sorted."""
        found: dict[str, str] = {}
        waiting = list(modules)
        while waiting:
            module = waiting.pop()
            name = self.file(module)
            if module in found or name is None:
                continue
            found[module] = name
            waiting += self._imports(module, name)
        return tuple(sorted(found.values()))

    def fingerprint(self, *modules: str) -> str:
        """A hash of these modules' files and of all that they import in turn."""
        files = self.files(*modules)
        return digest(*(f"{name} {self._inputs.hash(name)}" for name in files))

    def save(self) -> None:
        """Keep the imports of the files that there are for the next build."""
        if any(sha not in self._known for sha in self._asked):
            there = {*self._inputs.hashes}
            known = {key: to for key, to in self._known.items() if key.split(" ")[1] in there}
            content = json.dumps({**known, **self._asked}, separators=(",", ":"))
            write_atomically(self._memory, content.encode())

    def _imports(self, module: str, name: str) -> list[str]:
        """The modules that one imports: absolute names, its parents among them."""
        key = f"{module} {self._inputs.hash(name)}"
        if key not in self._asked:
            known = self._known.get(key)
            if known is None:
                known = [*_parsed(module, self._source(name), name)]
            self._asked[key] = known
        return self._asked[key]

    def _source(self, name: str) -> bytes:
        try:
            return file_of(name, self._roots).read_bytes()
        except OSError:  # gone since it was hashed
            return b""


@cache
def _parsed(module: str, source: bytes, name: str) -> tuple[str, ...]:
    """The modules that a source imports, and the packages that it lies in, sorted."""
    package = module if name.endswith("/__init__.py") else module.rpartition(".")[0]
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        tree = ast.Module([], [])
    named = (one for node in _run(tree) for one in _named(node, package))
    return (*sorted({*_parents(module), *named}),)


def _remembered(memory: Path) -> dict[str, list[str]]:
    try:
        document = json.loads(memory.read_bytes())
        return {str(key): [str(name) for name in names] for key, names in document.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _run(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The import statements that may run; those for type checkers never do."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.If) and ast.unparse(child.test) in TYPE_CHECKING_NAMES:
            for other in child.orelse:
                yield from _run(ast.Module([other], []))
        else:
            yield from _run(child)


def _named(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[str]:
    """The modules that a statement may load; a name that is no module is harmless."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from (alias.name, *_parents(alias.name))
        return
    base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    start = ".".join([*base, *([node.module] if node.module else [])])
    yield from (start, *_parents(start))
    for alias in node.names:
        yield f"{start}.{alias.name}"


def _parents(module: str) -> Iterator[str]:
    while "." in module:
        module = module.rpartition(".")[0]
        yield module

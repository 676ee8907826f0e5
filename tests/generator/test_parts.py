"""A part is kept with what was read for it, and is made anew when any of that has changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from generator.errors import MistakeError, authored
from generator.files import recording
from generator.files.imports import ImportGraph
from generator.files.inputs import Inputs, hash_of, scan
from generator.files.parts import PartCache


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of authors' modules and data, on the path."""
    folder = tmp_path / "course" / "authored_code"
    (folder / "inner").mkdir(parents=True)
    for name in ("__init__", "inner/__init__", "inner/other", "unused"):
        (folder / f"{name}.py").write_text("")
    (folder / "helper.py").write_text("NUMBER = 61\n")
    (folder / "data.csv").write_text("61\n")
    monkeypatch.syspath_prepend(folder.parent)
    yield folder
    for name in [name for name in sys.modules if name.startswith("authored_code")]:
        del sys.modules[name]


def parts(root: Path) -> PartCache:
    roots = {"authored_code": root}
    inputs = Inputs.of({name: hash_of(root.parent / name) for name in scan(roots)})
    graph = ImportGraph(inputs, roots, root.parent.parent / "cache" / "imports.json")
    return PartCache(root.parent.parent / "cache" / "parts", inputs, roots, graph)


def made(root: Path, source: str, kind: str = "value") -> str:
    """What a module of this source makes: the text that its function ``made`` returns."""
    file = root / "entry.py"
    if not file.exists() or file.read_text() != source:
        file.write_text(source)

    def make() -> bytes:
        with authored(file):
            text: str = import_module("authored_code.entry").made()
        return text.encode()

    return parts(root).made(kind, "entry", make, file).decode()


CLOCK = "import time\n\n\ndef made():\n    {}\n    return f'{{found}} {{time.perf_counter_ns()}}'\n"
"""A module that makes something else each time that it runs."""

READS: dict[str, str] = {
    "import": "from authored_code.helper import NUMBER as found",
    "imported inside a package": "from authored_code.inner import other; found = other.__name__",
    "import by name": "import importlib; found = importlib.import_module('authored_code.helper')",
    "file": "found = open(__file__.replace('entry.py', 'data.csv')).read()",
    "missing": "import pathlib; p = pathlib.Path(__file__).parent / 'new.csv'\n"
    "    try: found = p.read_text()\n    except OSError: found = ''",
    "folder": "import os; found = sorted(os.listdir(os.path.dirname(__file__)))",
}
CHANGED = {
    "import": "helper.py",
    "imported inside a package": "inner/other.py",
    "import by name": "helper.py",
    "file": "data.csv",
    "missing": "new.csv",
    "folder": "another.csv",
}


@pytest.mark.parametrize("kind", READS)
def test_what_was_read_decides_whether_a_part_is_made_anew(root: Path, kind: str) -> None:
    source = CLOCK.format(READS[kind])
    first = made(root, source)
    assert made(root, source) == first
    (root / "unused.py").write_text("NUMBER = 3\n")
    (root / "inner" / "more.txt").write_text("of no concern\n")
    assert made(root, source) == first
    (root / CHANGED[kind]).write_text("NUMBER = 62\n")
    assert made(root, source) != first


def test_a_part_that_was_made_from_the_same_before_is_taken_again(root: Path) -> None:
    sources = [CLOCK.format(f"found = {number}") for number in (1, 2)]
    first, second = (made(root, source) for source in sources)
    assert [made(root, source) for source in sources] == [first, second]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("import subprocess; found = subprocess.run(['true'])", "no record of what is read: "),
        ("import os; found = os.fork() or os._exit(0)", "no record of what is read: os.fork"),
        ("found = open({outside!r}).read()", "it reads .*outside.csv, from which no site is made"),
    ],
)
def test_a_part_that_reads_what_is_not_recorded_is_a_mistake(
    root: Path, statement: str, message: str
) -> None:
    outside = root.parent.parent / "outside.csv"
    outside.write_text("1\n")
    with pytest.raises(MistakeError, match=rf"entry\.py: .*{message}.*content/data"):
        made(root, CLOCK.format(statement.format(outside=str(outside))))
    assert not list((root.parent.parent / "cache").rglob("*.json"))


@pytest.mark.parametrize("loop", ["while True: pass", "import time; time.sleep(1000); found = 1"])
def test_a_loop_that_never_ends_is_stopped_and_told_by_its_line(
    root: Path, loop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "CPU_SECONDS", 1)
    monkeypatch.setattr(recording, "PATIENCE", 3)
    started = time.monotonic()
    with pytest.raises(MistakeError, match=r"entry\.py:5: it still computed after 1 s; end its"):
        made(root, CLOCK.format(loop))
    assert time.monotonic() - started < 500  # it ended at all


def test_a_part_that_ends_its_process_is_a_mistake(root: Path) -> None:
    with pytest.raises(MistakeError, match=r"entry\.py: its process ended with status 3"):
        made(root, CLOCK.format("import os; os._exit(3)"))


def test_a_file_that_a_part_wrote_itself_may_be_read(root: Path, tmp_path: Path) -> None:
    own = str(tmp_path / "scratch.txt")
    source = CLOCK.format(f"open({own!r}, 'w').write('x'); found = open({own!r}).read()")
    assert made(root, source).startswith("x ")


def imports(root: Path, source: str) -> set[str]:
    (root / "entry.py").write_text(source)
    return {*parts(root).graph.files("authored_code.entry")}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import authored_code.helper", {"helper.py"}),
        ("from . import helper", {"helper.py"}),
        ("from .inner import other", {"inner/__init__.py", "inner/other.py"}),
        ("from .inner.other import x", {"inner/__init__.py", "inner/other.py"}),
        ("def f():\n    from authored_code import helper", {"helper.py"}),
        (
            "if TYPE_CHECKING:\n    from . import helper\nelse:\n    from . import unused",
            {"unused.py"},
        ),
        ("import numpy", set()),
        ("this is no Python", set()),
    ],
)
def test_the_import_graph_knows_every_way_to_import(
    root: Path, source: str, names: set[str]
) -> None:
    found = {"__init__.py", "entry.py", *names}
    assert imports(root, source) == {f"authored_code/{name}" for name in found}


def test_imports_are_parsed_once_for_each_content(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "entry.py").write_text("from . import helper\n")
    before = parts(root)
    found = before.graph.files("authored_code.entry")
    before.graph.save()
    monkeypatch.setattr("generator.files.imports._run", lambda *_given: pytest.fail("parsed again"))
    assert parts(root).graph.files("authored_code.entry") == found

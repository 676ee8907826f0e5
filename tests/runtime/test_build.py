from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.runtime import Runtime, prepare
from generator.runtime.build import NODE_PACKAGE
from generator.runtime.releases import CORE, NUMPY
from generator.runtime.sources import Folder

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache"


@pytest.fixture(scope="module")
def runtime() -> Runtime:
    return prepare(CACHE)


def compressed(name: str) -> str:
    return f"{name}.bin"


def decompressed(runtime: Runtime, name: str) -> bytes:
    return gzip.decompress(runtime.files[compressed(name)].read_bytes())


def names(runtime: Runtime, name: str) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(decompressed(runtime, name))) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        return set(archive.namelist())


def test_the_core_and_numpy_ship_and_nothing_else(runtime: Runtime) -> None:
    archives = {"python_stdlib.zip", NUMPY.name}
    core = {file.name for file in CORE} - archives
    assert set(runtime.files) == core | {compressed(name) for name in archives}


def test_the_engine_ships_as_published(runtime: Runtime) -> None:
    for file in CORE:
        if file.name.startswith("pyodide.") and not file.name.endswith(".json"):
            content = runtime.files[file.name].read_bytes()
            assert hashlib.sha256(content).hexdigest() == file.sha256


@pytest.mark.parametrize("archive", ["python_stdlib.zip", NUMPY.name])
def test_modules_ship_as_bytecode(runtime: Runtime, archive: str) -> None:
    shipped = names(runtime, archive)
    assert any(name.endswith(".pyc") for name in shipped)
    assert not any(name.endswith((".py", ".pyi", ".h")) for name in shipped)


def test_what_looks_unused_and_is_not_ships(runtime: Runtime) -> None:
    stdlib, numpy = names(runtime, "python_stdlib.zip"), names(runtime, NUMPY.name)
    assert {"encodings/cp437.pyc", "asyncio/unix_events.pyc"} <= stdlib
    assert any(name.startswith("numpy/_core/_multiarray_tests.") for name in numpy)


def test_tests_and_servers_stay_behind(runtime: Runtime) -> None:
    stdlib, numpy = names(runtime, "python_stdlib.zip"), names(runtime, NUMPY.name)
    assert not {name for name in numpy if "/tests/" in name or "/f2py/" in name}
    assert not {name for name in stdlib if name.startswith(("unittest/", "smtplib", "xmlrpc/"))}


def test_the_lock_file_names_the_wheel_that_ships(runtime: Runtime) -> None:
    lock = json.loads(runtime.files["pyodide-lock.json"].read_text())
    assert set(lock["packages"]) == {"numpy"}
    numpy = lock["packages"]["numpy"]
    assert numpy["file_name"] == NUMPY.name
    assert numpy["sha256"] == hashlib.sha256(decompressed(runtime, NUMPY.name)).hexdigest()


def test_the_worker_asks_for_the_archives_that_ship() -> None:
    told = (ROOT / "browser" / "worker" / "names.js").read_text()
    named = re.findall(r' = "(.*)"', told)
    assert sorted(named) == sorted(compressed(name) for name in ("python_stdlib.zip", NUMPY.name))


def test_making_it_anew_gives_the_same_bytes(runtime: Runtime, tmp_path: Path) -> None:
    anew = prepare(tmp_path, (Folder(CACHE / "runtime"),))
    assert anew.fingerprint == runtime.fingerprint
    assert anew.files != runtime.files
    for name, path in anew.files.items():
        assert path.read_bytes() == runtime.files[name].read_bytes()


def test_a_file_that_was_cut_short_is_made_anew(runtime: Runtime, tmp_path: Path) -> None:
    shutil.copytree(CACHE / "runtime", tmp_path / "runtime")
    name = compressed("python_stdlib.zip")
    (cut,) = (tmp_path / "runtime").glob(f"{runtime.files[name].parent.name}/{name}")
    cut.write_bytes(cut.read_bytes()[:1000])
    anew = prepare(tmp_path)
    assert anew.files[name] == cut
    assert cut.read_bytes() == runtime.files[name].read_bytes()


def test_a_spoilt_core_file_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    package, cache = tmp_path / "package", tmp_path / "cache"
    shutil.copytree(NODE_PACKAGE, package)
    wasm = package / "pyodide.asm.wasm"
    wasm.write_bytes(wasm.read_bytes()[:-1])
    with pytest.raises(SetupError) as caught:
        prepare(cache, (Folder(CACHE / "runtime"),), package)
    expected = next(file.sha256 for file in CORE if file.name == wasm.name)
    actual = hashlib.sha256(wasm.read_bytes()).hexdigest()
    for part in (wasm.name, str(package), expected, actual):
        assert part in str(caught.value)
    assert [path.name for path in (cache / "runtime").iterdir()] == [NUMPY.name]


def test_a_missing_core_file_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="make site"):
        prepare(tmp_path / "cache", (Folder(CACHE / "runtime"),), tmp_path)

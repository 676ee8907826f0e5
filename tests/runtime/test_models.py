from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.runtime import models_zip

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def widgets(tmp_path: Path) -> Path:
    folder = tmp_path / "widgets"
    for name in ("__init__.py", "host.py", "simulators/toy/model.py", "simulators/toy/chart.py"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"NAME = {name!r}\n")
    return folder


def names(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(archive))) as opened:
        return opened.namelist()


def test_models_travel_and_charts_stay(widgets: Path, tmp_path: Path) -> None:
    assert names(models_zip(tmp_path / "cache", widgets)) == [
        "widgets/__init__.pyc",
        "widgets/host.pyc",
        "widgets/simulators/toy/model.pyc",
    ]


def test_equal_sources_give_equal_bytes(widgets: Path, tmp_path: Path) -> None:
    assert models_zip(tmp_path / "one", widgets) == models_zip(tmp_path / "two", widgets)


def test_a_changed_model_is_compiled_anew(widgets: Path, tmp_path: Path) -> None:
    before = models_zip(tmp_path, widgets)
    (widgets / "host.py").write_text("NAME = 'another'\n")
    assert models_zip(tmp_path, widgets) != before


def test_a_model_that_is_no_python_is_named(widgets: Path, tmp_path: Path) -> None:
    (widgets / "host.py").write_text("NAME =\n")
    with pytest.raises(SetupError, match=r"widgets/host\.py"):
        models_zip(tmp_path, widgets)
    assert list((tmp_path / "models").iterdir()) == []


def test_the_real_models_hold_the_door_that_the_worker_opens() -> None:
    assert "widgets/host.pyc" in names(models_zip(ROOT / ".cache"))

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.runtime import models, models_zip

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


def test_a_course_elsewhere_brings_its_own_simulators_instead(
    widgets: Path, tmp_path: Path
) -> None:
    own = tmp_path / "course" / "simulators"
    (own / "hares").mkdir(parents=True)
    for name in ("__init__.py", "model.py", "chart.py"):
        (own / "hares" / name).touch()
    assert names(models_zip(tmp_path / "cache", widgets, own)) == [
        "widgets/__init__.pyc",
        "widgets/host.pyc",
        "widgets/simulators/hares/__init__.pyc",
        "widgets/simulators/hares/model.pyc",
    ]


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("import lmm\n", True),
        ("from lmm import lmer\n", True),
        ("def fit():\n    from widgets.lmm.mixed import lmer\n", True),
        ("from widgets import contract, lmm\n", True),
        ("from widgets import contract  # not lmm\n", False),
        ("import lmm_alias\n", False),
    ],
)
def test_the_engine_travels_with_what_imports_it(
    widgets: Path, tmp_path: Path, text: str, *, needed: bool
) -> None:
    (widgets / "lmm").mkdir()
    (widgets / "lmm" / "__init__.py").touch()
    script = tmp_path / "fit.cell"
    script.write_text(text)
    archive = models_zip(tmp_path / "cache", widgets, scripts=[script])
    assert ("widgets/lmm/__init__.pyc" in names(archive)) is needed


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


def test_while_an_author_writes_the_sources_travel_and_pyodide_is_not_started(
    widgets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "run_jobs", pytest.fail)
    archive = models_zip(tmp_path, widgets, compiled=False)
    assert names(archive) == [
        "widgets/__init__.py",
        "widgets/host.py",
        "widgets/simulators/toy/model.py",
    ]
    assert archive == models_zip(tmp_path, widgets, compiled=False)

"""After an edit of any kind, code included, a build gives the bytes of one with an empty cache.

The project is a copy of the generator with a course of its own, so that code can be edited too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.project import PROJECT
from generator.runtime import build as runtime
from generator.runtime import releases
from generator.scaffold import scaffold
from tests.generator import sites

BUILD_TWICE = """
import json, os, sys
from pathlib import Path
from generator.assets.assets import Assets, joined
from generator.assets.bundle import bundle
from generator.assets.pipeline import shared
from generator.building.build import build
from generator.options import Options
from generator.project import PROJECT

def pipeline(options, parts, site, *, runtime):
    kept = Assets(
        linked={"icon": "assets/icon.svg"}, pictures={"zh": "assets/p.png", "en": "assets/p.png"}
    )
    return joined(shared(bundle(PROJECT, parts, options.cache)), kept)

def contents(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}

clean = Path(sys.argv[1])
report = build(Options(), pipeline)
build(Options(output=clean / "site", cache=clean / "cache"), pipeline)
different = [
    name
    for one, other in [(contents(Options().output), contents(clean / "site"))]
    for name in sorted({*one, *other})
    if one.get(name) != other.get(name)
]
print(json.dumps({"written": report.written, "different": different}))
"""

VALUE = '''"""Cells, counted."""

from pathlib import Path

from chapters.course.datasets.cells import rows

DATA = Path(__file__).parents[3] / "content" / "data" / "cells.csv"


def values() -> dict[str, str]:
    """How many there are."""
    return {"n": str(len(DATA.read_text().splitlines()) - 1), "rows": str(rows())}
'''
FIGURE = '''"""A dot."""

from generator.authoring.drawing import dot, drawing


def figure(words: dict[str, str]) -> str:
    """The dot."""
    return drawing("dots", (100, 50), words["alt"], [dot((20, 20), 4)])
'''
DATASET = '"""Cells."""\n\n\ndef rows() -> int:\n    """How many rows."""\n    return 61\n'
PAGE = """---
title: Cells
description: Counted.
order: 1
---

## Cells {#cells}

There are {value}`count.n` and {value}`count.rows` {term}`icc` {cite}`hurlbert1984`.

![Mice](../images/mice.svg)

:::{figure} dots
:::

:::{simulator} coin
:::

:::{references}
:::
"""

EDITS: dict[str, tuple[str, str, str]] = {
    "template of pages": ("templates/page.html", "<p>{{ page.lead", "<p class=edited>{{ page.lead"),
    "template of simulators": ("templates/simulator.html", "<sim-widget ", "<sim-widget data-x "),
    "style": ("browser/styles/site.css", "", "\n.edited { color: red; }\n"),
    "script": ("browser/site.js", "", '\nglobalThis.edited = "yes";\n'),
    "words of the interface": (
        "content/en/interface.toml",
        '[references]\nback = "',
        '[references]\nback = "Edited ',
    ),
    "labels": ("content/en/widgets/coin.toml", 'label = "Values"', 'label = "Edited"'),
    "words of a figure": ("content/en/figures/dots.toml", 'alt = "', 'alt = "Edited '),
    "model": ("widgets/simulators/coin/model.py", "rng.normal(", "1 + rng.normal("),
    "chart": ("widgets/simulators/coin/chart.py", "(560, 180)", "(540, 180)"),
    "engine": ("widgets/lmm/point.py", "1.96", "2.06"),
    "figure": ("chapters/course/figures/dots.py", "20, 20", "30, 20"),
    "value": ("chapters/course/values/count.py", "- 1)", "+ 7)"),
    "dataset": ("chapters/course/datasets/cells.py", "61", "62"),
    "data": ("content/data/cells.csv", "", "5\n"),
    "reference": ("content/references.toml", "year = 1984", "year = 1985"),
    "glossary": ("content/glossary.toml", "intraclass correlation", "intra-class correlation"),
    "image": ("content/images/mice.svg", "<svg", "<svg "),
    "page": ("content/en/cells.md", "There are", "There were"),
    "code that frames figures": (
        "generator/catalog/asset_builder.py",
        "<figcaption>{caption}",
        "<figcaption>Edited: {caption}",
    ),
    "code that draws": ("generator/authoring/drawing.py", "<circle", "<circle data-edited"),
    "code that parses": (
        "generator/markdown/parser.py",
        'asks for the rest of the site", hint)\n    return result',
        "asks for the rest of the site\", hint)\n    return f'{result}!'",
    ),
    "code that writes pages": (
        "generator/templates.py",
        ".render(context)",
        ".render(context).replace('<title>', '<title>Edited ')",
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("generator", "widgets", "browser", "requirements"):
        shutil.copytree(PROJECT / name, root / name, ignore=ignored)
    for folder in (root / "widgets" / "simulators").iterdir():
        if (folder / "model.py").is_file():
            shutil.rmtree(folder)
    shutil.copytree(sites.TEMPLATES, root / "templates")
    shutil.copy(PROJECT / "templates" / "simulator.html", root / "templates")
    (root / "templates" / "licences.html").write_text("<title>Licences</title>\n")
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", root / "content")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PROJECT / name, root)
    (root / "node_modules").symlink_to((PROJECT / "node_modules").resolve())
    _write_course(root)
    return root


def _write_course(root: Path) -> None:
    scaffold.simulator("coin", root / "content", root / "widgets" / "simulators", ("zh", "en"))
    model = root / "widgets" / "simulators" / "coin" / "model.py"
    source = model.read_text(encoding="utf-8")
    model.write_text(source.replace("Z = 1.959963984540054", "from widgets.lmm.point import Z"))
    (root / "widgets" / "lmm" / "point.py").write_text("Z = 1.96\n")
    files = {
        "chapters/__init__.py": "",
        "chapters/course/__init__.py": "",
        **{f"chapters/course/{part}/__init__.py": "" for part in ("values", "figures", "datasets")},
        "chapters/course/values/count.py": VALUE,
        "chapters/course/figures/dots.py": FIGURE,
        "chapters/course/datasets/cells.py": DATASET,
        "content/data/cells.csv": "y\n1\n2\n",
        **{f"content/{one}/cells.md": PAGE for one in ("zh", "en")},
        **{f"content/{one}/figures/dots.toml": LABELS for one in ("zh", "en")},
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for one in ("zh", "en"):
        shutil.copy(PROJECT / "content" / one / "interface.toml", root / "content" / one)


LABELS = 'alt = "A dot"\ncaption = "Cells, **counted**"\n'


def both_builds(root: Path, clean: Path) -> dict[str, list[str]]:
    """What a build wrote, and the files in which it differs from one with an empty cache."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD_TWICE, str(clean)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


TOGETHER = (
    ("script", "value", "words of a figure", "chart", "reference", "image", "page"),
    ("style", "dataset", "figure", "labels", "glossary"),
    ("data", "code that draws", "model"),
    ("template of pages", "template of simulators"),
    ("engine", "code that frames figures"),
    ("words of the interface",),
    ("code that parses",),
    ("code that writes pages",),
)
"""Kinds that are edited at once: each shows in another part, so that none can hide another."""


def test_kinds_are_edited_once_each() -> None:
    assert sorted(kind for kinds in TOGETHER for kind in kinds) == sorted(EDITS)


def test_after_edits_of_any_kind_a_build_is_a_clean_build(project: Path, tmp_path: Path) -> None:
    assert both_builds(project, tmp_path / "first")["different"] == []
    for number, kinds in enumerate(TOGETHER):
        for name, old, new in map(EDITS.__getitem__, kinds):
            before = (project / name).read_text(encoding="utf-8")
            assert old in before, name
            edited = before.replace(old, new, 1) if old else before + new
            (project / name).write_text(edited, encoding="utf-8")
        told = both_builds(project, tmp_path / str(number))
        assert told["written"], kinds
        assert told["different"] == [], kinds


def test_what_is_compiled_for_the_browser_is_keyed_by_the_version_of_pyodide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = runtime.fingerprint()
    monkeypatch.setattr(releases, "PYODIDE", "0.27.8")
    assert runtime.fingerprint() != before

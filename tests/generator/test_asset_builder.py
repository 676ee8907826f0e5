"""What pages ask of the other folders, made for them and cached."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from generator.catalog import asset_builder as workshops
from generator.catalog.asset_builder import AssetBuilder
from generator.errors import MistakeError
from generator.files.imports import ImportGraph
from generator.files.inputs import Inputs
from generator.files.parts import PartCache
from generator.options import Options
from generator.project import PROJECT
from generator.templates import Templates
from tests.generator import sites
from tests.generator.languages import EN

LABELS = 'caption = "Three *mice*"\nalt = "Dots"\nmany = "n = 60"\n'


@pytest.fixture
def asset_builder(tmp_path: Path) -> AssetBuilder:
    file = tmp_path / "content" / "en" / "figures" / "mice.toml"
    file.parent.mkdir(parents=True)
    file.write_text(LABELS)
    shutil.copy(PROJECT / "content" / "en" / "interface.toml", tmp_path / "content" / "en")
    chapter = "chapters/some_chapter"
    names = (
        *("content/en/figures/mice.toml", "content/en/interface.toml", "templates/page.html"),
        *(f"{chapter}/values/__init__.py", f"{chapter}/values/false_alarms.py"),
        *(f"{chapter}/figures/__init__.py", f"{chapter}/figures/mice.py"),
        *(f"{chapter}/scripts/slope.R", f"{chapter}/scripts/slope.R.txt"),
        *("simulators/nested/model.py", "simulators/design_effect/model.py"),
        "widgets/simulators/of_this_project/model.py",
    )
    own = tmp_path / "templates"
    own.mkdir()
    (own / "page.html").write_text("")
    options = Options(content=tmp_path / "content", cache=tmp_path / "cache", templates=own)
    return builder(options, Inputs.of(dict.fromkeys(names, "0")))


def builder(options: Options, inputs: Inputs) -> AssetBuilder:
    graph = ImportGraph(inputs, options.roots, options.cache / "imports.json")
    parts = PartCache(options.cache / "parts", inputs, options.roots, graph)
    return AssetBuilder(options, inputs, parts)


def provide(monkeypatch: pytest.MonkeyPatch, **functions: object) -> None:
    module = ModuleType("made")
    vars(module).update(functions)
    monkeypatch.setattr(workshops, "chapter_module", lambda *_given: module)


def test_names_are_those_of_the_files_with_hyphens(asset_builder: AssetBuilder) -> None:
    assert asset_builder.simulators == ("design-effect", "nested")
    assert asset_builder.figures == ("mice",)
    assert asset_builder.scripts == ("slope.R",)
    assert asset_builder.values == ("false-alarms",)


def test_a_figure_stands_with_its_caption(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch, figure=lambda words: f"<svg>{words['many']}</svg>")
    html = asset_builder.figure("mice", EN)
    assert html == (
        '<figure class="figure" id="fig-mice">\n<svg>n = 60</svg>\n'
        "<figcaption>Three <em>mice</em></figcaption>\n</figure>\n"
    )


@pytest.mark.parametrize("word", ["caption", "alt", "many"])
def test_a_word_that_a_figure_misses_is_a_mistake(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    provide(monkeypatch, figure=lambda words: f"{words['alt']}{words['many']}")
    lines = [line for line in LABELS.splitlines(keepends=True) if not line.startswith(word)]
    (asset_builder.content / "en" / "figures" / "mice.toml").write_text("".join(lines))
    with pytest.raises(MistakeError, match=f"figures/mice.toml:1: '{word}' is missing"):
        asset_builder.figure("mice", EN)


def test_the_course_of_this_project_has_its_simulators_among_the_widgets() -> None:
    names = ("widgets/simulators/nested/model.py", "widgets/lmm/model.py")
    here = builder(Options(), Inputs.of(dict.fromkeys(names, "0")))
    assert here.simulators == ("nested",)
    assert "simulators" not in Options().roots


def test_values_are_computed_once(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = tmp_path / "calls.txt"

    def compute() -> dict[str, str]:
        with calls.open("a") as file:
            file.write("once\n")
        return {"ols": "41%"}

    provide(monkeypatch, values=compute)
    assert (
        asset_builder.value("false-alarms") == asset_builder.value("false-alarms") == {"ols": "41%"}
    )
    assert calls.read_text() == "once\n"


def test_a_module_that_computes_nothing_is_a_mistake(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch)
    with pytest.raises(MistakeError, match="this module computes no values; define values"):
        asset_builder.value("false-alarms")


def test_a_simulator_is_asked_for_in_its_language(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragment(
        name: str, language: str, content: Path, words: Mapping[str, str], templates: Templates
    ) -> str:
        assert content == asset_builder.content
        assert words["space"] == " "
        assert templates.environment.get_template("page.html").filename == str(
            asset_builder.options.templates / "page.html"
        )
        return f"<sim-widget>{name} {language} {used[-1].name}</sim-widget>"

    used: list[Path] = []
    monkeypatch.setattr(workshops, "use_simulators", used.append)
    monkeypatch.setitem(sys.modules, "generator.simulators", SimpleNamespace(fragment=fragment))
    assert (
        asset_builder.simulator("nested", "en") == "<sim-widget>nested en simulators</sim-widget>"
    )


def test_simulators_need_their_section_of_the_interface(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        sys.modules, "generator.simulators", SimpleNamespace(fragment=None, use=list)
    )
    golden = sites.GOLDEN / "two-languages" / "content" / "en" / "interface.toml"
    shutil.copy(golden, asset_builder.content / "en")
    with pytest.raises(MistakeError, match=r"en/interface.toml: there is no section \[simulator\]"):
        asset_builder.simulator("nested", "en")


def test_a_word_of_a_figure_that_is_no_text_is_a_mistake(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch, figure=lambda words: words["many"])
    file = asset_builder.content / "en" / "figures" / "mice.toml"
    file.write_text(LABELS.replace('"n = 60"', "60"))
    with pytest.raises(MistakeError, match=r"figures/mice.toml:3: 'many' is 60; write many ="):
        asset_builder.figure("mice", EN)


def test_what_fails_while_a_simulator_is_made_is_a_mistake_in_it(
    asset_builder: AssetBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragment(*_given: object) -> None:
        message = "no such thing"
        raise LookupError(message)

    used: list[Path] = []
    monkeypatch.setattr(workshops, "use_simulators", used.append)
    monkeypatch.setitem(sys.modules, "generator.simulators", SimpleNamespace(fragment=fragment))
    with pytest.raises(MistakeError) as error:
        asset_builder.simulator("nested", "en")
    assert str(error.value).endswith(
        "widgets/simulators/nested: LookupError: no such thing; mend it"
    )

"""What pages ask of the other folders, made for them and kept."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from generator.catalog import workshop as workshops
from generator.catalog.workshop import Workshop
from generator.errors import MistakeError
from generator.files.inputs import Inputs
from generator.options import PROJECT

LABELS = 'caption = "Three *mice*"\nalt = "Dots"\nmany = "n = 60"\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    file = tmp_path / "content" / "en" / "figures" / "mice.toml"
    file.parent.mkdir(parents=True)
    file.write_text(LABELS)
    names = (
        "content/en/figures/mice.toml",
        *("generator/claims/__init__.py", "generator/claims/false_alarms.py"),
        *("generator/figures/__init__.py", "generator/figures/mice.py"),
        *("widgets/simulators/nested/model.py", "widgets/simulators/design_effect/model.py"),
    )
    return Workshop(
        tmp_path / "content", "content", tmp_path / "cache", Inputs.of(dict.fromkeys(names, "0"))
    )


@pytest.mark.parametrize(
    ("folder", "others"),
    [
        ("claims", ("datasets",)),
        ("datasets", ("errors",)),
        ("figures", ("datasets", "errors")),
    ],
)
def test_figures_and_claims_import_only_what_they_are_kept_by(
    folder: str, others: tuple[str, ...]
) -> None:
    imported = {
        name
        for file in (PROJECT / "generator" / folder).glob("*.py")
        for name in re.findall(
            r"^(?:from|import) (generator[\w.]*)", file.read_text(), re.MULTILINE
        )
    }
    allowed = tuple(f"generator.{name}" for name in (folder, *others))
    assert [name for name in imported if not name.startswith(allowed)] == []


def provide(monkeypatch: pytest.MonkeyPatch, **functions: object) -> None:
    module = ModuleType("made")
    vars(module).update(functions)
    monkeypatch.setattr(workshops, "import_module", lambda _name: module)


def test_names_are_those_of_the_files_with_hyphens(workshop: Workshop) -> None:
    assert workshop.simulators == ("design-effect", "nested")
    assert workshop.figures == ("mice",)
    assert workshop.claims == ("false-alarms",)


def test_a_figure_stands_with_its_caption(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch, figure=lambda words: f"<svg>{words['many']}</svg>")
    html = workshop.figure("mice", "en")
    assert html == (
        '<figure class="figure" id="fig-mice">\n<svg>n = 60</svg>\n'
        "<figcaption>Three <em>mice</em></figcaption>\n</figure>\n"
    )


@pytest.mark.parametrize("word", ["caption", "alt", "many"])
def test_a_word_that_a_figure_misses_is_a_mistake(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    provide(monkeypatch, figure=lambda words: f"{words['alt']}{words['many']}")
    lines = [line for line in LABELS.splitlines(keepends=True) if not line.startswith(word)]
    (workshop.content / "en" / "figures" / "mice.toml").write_text("".join(lines))
    with pytest.raises(MistakeError, match=f"figures/mice.toml:1: '{word}' is missing"):
        workshop.figure("mice", "en")


def test_a_claim_is_computed_once(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def claim() -> dict[str, str]:
        calls.append("once")
        return {"ols": "41%"}

    provide(monkeypatch, claim=claim)
    assert workshop.claim("false-alarms") == workshop.claim("false-alarms") == {"ols": "41%"}
    assert len(calls) == 1


def test_what_is_kept_is_made_anew_when_the_models_change(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch, claim=lambda: {"ols": "41%"})
    workshop.claim("false-alarms")
    hashes = dict(zip(workshop.inputs.names, workshop.inputs.hashes, strict=True))
    changed = Inputs.of(hashes | {"widgets/simulators/nested/model.py": "1"})
    provide(monkeypatch, claim=lambda: {"ols": "39%"})
    later = Workshop(workshop.content, "content", workshop.cache, changed)
    assert later.claim("false-alarms") == {"ols": "39%"}


def test_a_module_that_claims_nothing_is_a_mistake(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch)
    with pytest.raises(MistakeError, match="this module claims nothing; define claim"):
        workshop.claim("false-alarms")


def test_a_simulator_is_asked_for_in_its_language(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragment(name: str, language: str, content: Path) -> str:
        assert content == workshop.content
        return f"<sim-widget>{name} {language}</sim-widget>"

    monkeypatch.setitem(sys.modules, "generator.simulators", SimpleNamespace(fragment=fragment))
    assert workshop.simulator("nested", "en") == "<sim-widget>nested en</sim-widget>"


def test_a_word_of_a_figure_that_is_no_text_is_a_mistake(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    provide(monkeypatch, figure=lambda words: words["many"])
    file = workshop.content / "en" / "figures" / "mice.toml"
    file.write_text(LABELS.replace('"n = 60"', "60"))
    with pytest.raises(MistakeError, match=r"figures/mice.toml:3: 'many' is 60; write many ="):
        workshop.figure("mice", "en")


def test_what_fails_while_a_simulator_is_made_is_a_mistake_in_it(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragment(*_given: object) -> None:
        message = "no such thing"
        raise LookupError(message)

    monkeypatch.setitem(sys.modules, "generator.simulators", SimpleNamespace(fragment=fragment))
    with pytest.raises(MistakeError) as error:
        workshop.simulator("nested", "en")
    assert str(error.value) == "widgets/simulators/nested: LookupError: no such thing; mend it"

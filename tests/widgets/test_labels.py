"""Words of simulators: those of the site fit, and a mistake in them is named with its place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from generator.errors import MistakeError
from generator.simulators import charts, label_validation, labels
from generator.source_files import Document, SourceFile
from widgets import simulators

CONTENT = Path(__file__).parents[2] / "content"
FILE = "content/en/widgets/nested.toml"
NAMED = f"{FILE}:1"
"""Documents without their text have but one line."""

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
EVERY = pytest.mark.parametrize("name", simulators.names())


def drawing(name: str) -> charts.Drawing:
    return charts.drawing(f"widgets.simulators.{name.replace('-', '_')}")


def nested() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "en/widgets/nested.toml").read_text(encoding="utf-8"))


def mistakes(document: dict[str, Any]) -> list[str]:
    """What is said of a label file for the simulator ``nested``."""
    try:
        words = labels.parse(Document(FILE, "", document))
        label_validation.check(words, simulators.load("nested"), drawing("nested").sizes)
        charts.compiled(drawing("nested"), words)
    except MistakeError as error:
        return [str(mistake) for mistake in error.mistakes]
    return []


@BOTH
@EVERY
def test_labels_name_exactly_what_the_simulator_has(name: str, language: str) -> None:
    words = labels.read(SourceFile.at(CONTENT / language / "widgets" / f"{name}.toml"))
    label_validation.check(words, simulators.load(name), drawing(name).sizes)
    assert set(words.controls) == {control.name for control in simulators.load(name).controls}


@EVERY
def test_both_languages_have_the_same_charts_and_optional_words(name: str) -> None:
    zh, en = (
        labels.read(SourceFile.at(CONTENT / language / "widgets" / f"{name}.toml"))
        for language in ("zh", "en")
    )
    for control, words in zh.controls.items():
        assert bool(words.unit) == bool(en.controls[control].unit)
        assert bool(words.help) == bool(en.controls[control].help)
    assert {name: set(words) for name, words in zh.chart_words.items()} == {
        name: set(words) for name, words in en.chart_words.items()
    }


def test_the_labels_as_they_are_have_no_mistakes() -> None:
    assert mistakes(nested()) == []


def test_a_missing_title_is_named() -> None:
    document = nested()
    del document["title"]
    assert mistakes(document) == [f'{NAMED}: title is missing; write title = "…"']


def test_a_control_without_a_label_is_named() -> None:
    document = nested()
    del document["controls"]["n_mice"]["label"]
    assert f'{NAMED}: controls.n_mice.label is missing; write label = "…"' in mistakes(document)


def test_words_for_a_control_that_is_not_there_are_named() -> None:
    document = nested()
    document["controls"]["n_rats"] = {"label": "Rats"}
    [said] = mistakes(document)
    assert said.startswith(f"{NAMED}: controls has 'n_rats'; the simulator knows only design, ")


def test_an_option_without_a_label_is_named() -> None:
    document = nested()
    del document["controls"]["design"]["options"]["within"]
    [said] = mistakes(document)
    assert "controls.design.options lacks 'within'" in said


def test_a_sentence_with_an_unknown_number_is_told_the_known_ones() -> None:
    document = nested()
    document["verdicts"]["between_both"] = "p {=olz.p}"
    [said] = mistakes(document)
    assert said.startswith(f"{NAMED}: verdicts.between_both names {{=olz.p}}; it may name ")
    assert "ols.p" in said


def test_a_sign_before_the_value_of_a_control_is_refused() -> None:
    document = nested()
    document["verdicts"]["between_both"] = "{=n_mice}"
    assert len(mistakes(document)) == 1


def test_a_sentence_too_many_is_named() -> None:
    document = nested()
    document["verdicts"]["between_neither_nor"] = "?"
    [said] = mistakes(document)
    assert "verdicts has 'between_neither_nor'" in said


def test_a_word_that_a_chart_asks_for_in_vain_is_named() -> None:
    document = nested()
    del document["charts"]["superplot"]["treated"]
    [said] = mistakes(document)
    assert "'treated'" in said


def test_a_word_that_no_chart_asks_for_is_named() -> None:
    document = nested()
    document["charts"]["superplot"]["z"] = "depth"
    [said] = mistakes(document)
    assert said.startswith(f"{NAMED}: ")
    assert said.endswith("never asks for charts.superplot.z; leave it out")


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    document = nested()
    del document["rows"]["ols"]
    del document["tries"]["three_mice"]
    document["notes"]["extra"] = "?"
    assert len(mistakes(document)) == 3


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    file = tmp_path / "nested.toml"
    file.write_text("title = ", encoding="utf-8")
    with pytest.raises(MistakeError, match=f"{NAMED}: .*; write it as TOML"):
        labels.read(SourceFile(FILE, file))


def test_a_mistake_is_told_with_the_line_in_which_it_stands(tmp_path: Path) -> None:
    text = (CONTENT / "en" / "widgets" / "nested.toml").read_text(encoding="utf-8")
    file = tmp_path / "nested.toml"
    file.write_text(text.replace("label =", "lable =", 1), encoding="utf-8")
    line = 1 + text[: text.index("label =")].count("\n")
    section = 1 + text[: text.index("[controls.")].count("\n")
    with pytest.raises(MistakeError) as error:
        labels.read(SourceFile(FILE, file))
    entry, missing = map(str, error.value.mistakes)
    assert entry.startswith(f"{FILE}:{line}: unknown entry controls.design.lable; ")
    assert missing.startswith(f"{FILE}:{section}: controls.design.label is missing; ")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MistakeError, match=f"{FILE}: there is no such file"):
        labels.read(SourceFile(FILE, tmp_path / "nested.toml"))

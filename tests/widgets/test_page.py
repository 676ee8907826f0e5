"""What a page shows of a simulator before any script runs."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from generator.catalog import interface
from generator.options import Options
from generator.simulators import code, controls, fragment, labels, page, readouts, svg
from generator.source_files import SourceFile
from generator.templates import templates
from widgets import host, simulators
from widgets.contract import Readout

CONTENT = Path(__file__).parents[2] / "content"
CASES = [(name, language) for name in simulators.names() for language in ("zh", "en")]


class Rendered(NamedTuple):
    """A simulator as it stands in a page of one language."""

    name: str
    language: str
    html: str


class Parsed(HTMLParser):
    """Start tags with their attributes, and the text of each element that matters here."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.readouts: dict[str, str] = {}
        self.inside: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.inside = given.get("data-readout")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.readouts[self.inside] = data
            self.inside = None


def html_of(name: str, language: str) -> str:
    file = CONTENT / language / interface.FILE
    words = interface.simulator_words(interface.read(SourceFile.at(file)), str(file))
    with TemporaryDirectory() as cache:
        made = templates(Options().templates, "templates", Path(cache))
        return fragment(name, language, CONTENT, words, made)


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def rendered(request: pytest.FixtureRequest) -> Rendered:
    name, language = request.param
    return Rendered(name, language, html_of(name, language))


def defaults(name: str) -> dict[str, dict[str, object]]:
    """Every readout as the host answers it at the defaults."""
    request = {"call": "simulate", "widget": name, "values": {}}
    answers = dict(json.loads(host.answer(json.dumps(request)))["readouts"])
    if simulators.load(name).repeats:
        answers |= page.repeated(name, page.REPEATS)["readouts"]
    return answers


def test_every_number_is_there_and_true_at_the_defaults(rendered: Rendered) -> None:
    parsed = Parsed(rendered.html)
    values = {
        given["data-readout"]: given["data-value"]
        for tag, given in parsed.tags
        if "data-readout" in given
    }
    answers = defaults(rendered.name)
    assert {name: json.loads(value) if value else None for name, value in values.items()} == {
        name: answer["value"] for name, answer in answers.items()
    }
    assert parsed.readouts == {name: answer["text"] for name, answer in answers.items()}


def test_every_control_stands_at_its_default(rendered: Rendered) -> None:
    parsed = Parsed(rendered.html)
    inputs = {given["name"]: given for tag, given in parsed.tags if tag == "input"}
    path = CONTENT / rendered.language / "widgets" / f"{rendered.name}.toml"
    for view in controls.views(simulators.load(rendered.name), labels.read(SourceFile.at(path))):
        if view.kind == "choice":
            assert ("select", view.name) in [(tag, given.get("name")) for tag, given in parsed.tags]
        else:
            assert float(inputs[view.name]["value"]) == view.default


def test_every_id_is_its_own(rendered: Rendered) -> None:
    ids = [given["id"] for _, given in Parsed(rendered.html).tags if "id" in given]
    assert len(ids) == len(set(ids))


def test_nothing_needs_a_policy_that_the_page_does_not_have(rendered: Rendered) -> None:
    for tag, given in Parsed(rendered.html).tags:
        assert not any(name == "style" or name.startswith("on") for name in given), (tag, given)


def test_figures_leave_fonts_to_the_style_sheet(rendered: Rendered) -> None:
    assert not any("font-family" in given for _, given in Parsed(rendered.html).tags)


def test_figures_follow_the_theme(rendered: Rendered) -> None:
    colours = {
        given[name]
        for tag, given in Parsed(rendered.html).tags
        for name in ("fill", "stroke")
        if name in given
    }
    of_the_text = {"currentColor", "none", "transparent"}
    assert {colour for colour in colours if "var(--" not in colour} <= of_the_text


def test_every_figure_has_its_alternative_in_words(rendered: Rendered) -> None:
    images = [given for _, given in Parsed(rendered.html).tags if given.get("role") == "img"]
    assert images
    for image in images:
        assert image["aria-label"].strip()
        assert "{" not in image["aria-label"]


def test_the_code_shown_is_the_code_that_runs(rendered: Rendered) -> None:
    shown = re.search(r"<details.*?</details>", rendered.html, re.DOTALL)
    assert shown
    plain = unescape(re.sub(r"<[^>]+>", "", shown[0]))
    folder = CONTENT.parent / "widgets/simulators" / rendered.name.replace("-", "_")
    for name in {path.name for path in folder.glob("*.py")} - code.NOT_SHOWN:
        assert (folder / name).read_text(encoding="utf-8").strip() in plain


def test_two_renderings_are_equal(rendered: Rendered) -> None:
    assert html_of(rendered.name, rendered.language) == rendered.html


def test_a_drawing_loses_what_only_vega_needs() -> None:
    drawn = (
        f'<svg xmlns="{svg.SVG}" class="marks" width="9"><g role="x"><path d="M0,0"/>'
        '<text font-family="sans" style="x" transform="translate(1.23456,-0.0001)">a</text>'
        '<path class="b" d="M1.23456,2" fill="var(--ink)"/><g/></g></svg>'
    )
    assert svg.for_page(drawn) == (
        f'<svg xmlns="{svg.SVG}" width="9" aria-hidden="true"><g>'
        '<text transform="translate(1.23,0)">a</text><path d="M1.23,2" fill="var(--ink)" />'
        "</g></svg>"
    )


def test_the_ends_of_an_interval_stand_with_their_own_estimate_alone() -> None:
    names = ("icc.estimate", "icc.low", "icc.high", "icc.n", "share.low", "power", "low")
    answers = {name: {"value": 1.0, "text": "1"} for name in names}
    words = {name: f"label of {name}" for name in names}
    listed = readouts.listed([Readout(name) for name in names], words, answers)
    assert [(one.number.name, [end.number.name for end in one.ends]) for one in listed] == [
        ("icc.estimate", ["icc.low", "icc.high"]),
        ("icc.n", []),
        ("share.low", []),
        ("power", []),
        ("low", []),
    ]

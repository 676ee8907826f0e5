"""The faults that ``build.py check`` finds in a finished site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from numpy.random import Generator

from generator.checking import external, links, markup, settings, typography, validation
from generator.checking import simulators as check_simulators
from generator.checking.document import Document, document
from widgets import simulators
from widgets.contract import Result, Slider


def page(folder: Path, html: str, path: str = "en/index.html") -> Document:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html)
    return document(file, path)


def linked(folder: Path, url: str) -> list[str]:
    here = page(folder, f'<p>\n<a href="{url}">there</a>')
    there = page(folder, '<h2 id="why">Why</h2>', "en/other/index.html")
    documents = {one.path: one for one in (here, there)}
    files = {*documents, "assets/style.css"}
    return [str(mistake) for mistake in links.dead(documents, files, "site")]


@pytest.mark.parametrize(
    "url",
    [
        "other/index.html",
        "other/index.html#why",
        "../assets/style.css",
        "?a=1",
        "../en/other/index.html?nested.seed=2#why",
        "https://example.org/",
        "mailto:a@example.org",
        "data:text/plain,a",
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(tmp_path: Path, url: str) -> None:
    assert linked(tmp_path, url) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("gone/index.html", "leads nowhere; there is no en/gone/index.html"),
        (
            "other/index.html#gone",
            "leads to no place in its page; en/other/index.html has no id 'gone'",
        ),
        ("#gone", "leads to no place in its page; en/index.html has no id 'gone'"),
        ("other/", "names a folder; name its index.html"),
        ("/en/other/index.html", "is absolute; write it relative"),
    ],
)
def test_a_dead_link_is_told_with_its_line(tmp_path: Path, url: str, message: str) -> None:
    (found,) = linked(tmp_path, url)
    assert found.startswith(f"site/en/index.html:2: the link {url!r} {message}")


SIMULATOR = """<sim-widget data-widget="nested">
<input type="range" name="n_mice" min="2" max="40" step="1">
<input type="range" name="sd" min="0.2" max="3" step="0.1">
<select name="design"><option value="between"><option value="within"></select>
</sim-widget>
<input type="radio" name="quiz-1">"""


def setting(folder: Path, query: str) -> list[str]:
    here = page(folder, f'<p>\n<a href="simulated/index.html?{query}#nested">there</a>')
    there = page(folder, SIMULATOR, "en/simulated/index.html")
    documents = {one.path: one for one in (here, there)}
    return [str(mistake) for mistake in settings.problem(documents, "site")]


@pytest.mark.parametrize(
    "query",
    [
        "nested.n_mice=40",
        "nested.design=within&amp;nested.n_mice=2.0",
        "nested.sd=2.9",
        "nested.sd=.3",
        "page=2",
    ],
)
def test_a_link_may_set_what_a_simulator_takes(tmp_path: Path, query: str) -> None:
    assert setting(tmp_path, query) == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "nestd.n_mice=3",
            "sets 'nestd.n_mice', which nothing there takes; did you mean 'nested.n_mice'?",
        ),
        (
            "nested.quiz-1=3",
            "sets 'nested.quiz-1', which nothing there takes; did you mean 'nested.sd'?",
        ),
        (
            "nested.n_mice=41",
            "sets 'nested.n_mice' to '41'; write a number from 2 to 40 in steps of 1",
        ),
        ("nested.n_mice=", "sets 'nested.n_mice' to ''; write a number from 2 to 40 in steps of 1"),
        (
            "nested.n_mice=3.5",
            "sets 'nested.n_mice' to '3.5'; write a number from 2 to 40 in steps of 1",
        ),
        (
            "nested.n_mice=1_0",
            "sets 'nested.n_mice' to '1_0'; write a number from 2 to 40 in steps of 1",
        ),
        (
            "nested.sd=0.25",
            "sets 'nested.sd' to '0.25'; write a number from 0.2 to 3 in steps of 0.1",
        ),
        ("nested.design=both", "sets 'nested.design' to 'both'; write one of between, within"),
    ],
)
def test_a_link_that_sets_what_cannot_be_set_is_told(
    tmp_path: Path, query: str, message: str
) -> None:
    (found,) = setting(tmp_path, query)
    link = f"simulated/index.html?{query}#nested"
    assert found == f"site/en/index.html:2: the link {link!r} {message}"


def test_an_id_given_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    found = markup.duplicate_ids(page(tmp_path, '<p id="a">\n<p id="b">\n<p id="a">'), "site")
    assert [str(mistake) for mistake in found] == [
        "site/en/index.html:3: the id 'a' already stands in line 1; give every id once"
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png">',
        '<img src="a.png" alt=" ">',
        "<svg></svg>",
        '<div role="img"></div>',
        '<svg aria-label=""/>',
    ],
)
def test_a_picture_that_says_nothing_is_a_fault(tmp_path: Path, html: str) -> None:
    assert len(list(markup.missing_alternatives(page(tmp_path, html), "site"))) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png" alt="Three mice">',
        '<svg aria-label="Three mice"></svg>',
        '<svg aria-hidden="true"></svg>',
        '<div role="img" aria-labelledby="title"></div>',
    ],
)
def test_a_picture_that_speaks_or_only_adorns_is_no_fault(tmp_path: Path, html: str) -> None:
    assert list(markup.missing_alternatives(page(tmp_path, html), "site")) == []


def set_in_chinese(folder: Path, html: str) -> list[str]:
    found = page(folder, f'<html lang="zh-Hant-TW"><body>{html}</body></html>')
    return [mistake.problem for mistake in typography.faults(found, ["誠實的 n"], "site")]


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<p>用 KR 檢定", "a space beside Chinese in '用 KR 檢定'"),
        ("<p>六十 顆細胞", "a space beside Chinese in '六十 顆細胞'"),
        ("<p>檢定， 再說", "a space beside a full-width sign in '檢定， 再說'"),
        ("<p>檢定,再說", "a half-width sign after Chinese in '檢定,再說'"),
        ("<p>“檢定”", "a quotation mark of another script in '“檢定”'"),
    ],
)
def test_a_slip_in_chinese_typography_is_a_fault(tmp_path: Path, html: str, wrong: str) -> None:
    assert set_in_chinese(tmp_path, html) == [wrong]


@pytest.mark.parametrize(
    "html",
    [
        "<p>用KR檢定，n是60。「好」",
        "<p>誠實的 n",
        '<p lang="en">Use KR, “then” test',
        "<pre>x = 用 KR</pre>",
        "<p>小鼠 × 細胞",
    ],
)
def test_good_chinese_other_languages_and_code_are_no_faults(tmp_path: Path, html: str) -> None:
    assert set_in_chinese(tmp_path, html) == []


def test_what_html_validate_says_of_a_long_page_is_told_whole(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(f"<!DOCTYPE html>\n<p>{'Text. ' * 20_000}\n<blink>a</blink></p>\n")
    said = [str(mistake) for mistake in validation.faults([file])]
    assert any(one.startswith(f"{file}:3: <blink> is deprecated") for one in said), said


class Elsewhere(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(int(self.path[1:]))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_other_sites_are_asked_once_for_each_address(tmp_path: Path, elsewhere: str) -> None:
    urls = [f"{elsewhere}/{answer}" for answer in ("200", "404#part", "404", "403", "500")]
    html = "\n".join(f'<a href="{url}">there</a>' for url in urls)
    found = external.dead({"en/index.html": page(tmp_path, html)}, "site")
    assert [str(mistake) for mistake in found] == [
        f"site/en/index.html:{line}: the link {elsewhere}/{status} does not answer "
        f"(status {status}); mend it or take it out"
        for line, status in ((2, 404), (5, 500))
    ]


def test_a_simulator_that_fails_somewhere_in_its_box_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def simulate(values: Any, rng: Generator) -> Result:  # noqa: ANN401
        if values["m"] == 117:
            raise KeyError(values["m"])
        return design_effect.simulate(values, rng)

    design_effect = simulators.load("design-effect")
    sliders = [Slider("m", 110, 120, 119) if c.name == "m" else c for c in design_effect.controls]
    broken = replace(design_effect, simulate=simulate, controls=tuple(sliders), tries=())
    monkeypatch.setattr(simulators, "load", lambda _name: broken)
    shown = page(tmp_path, '<sim-widget data-widget="design-effect"><input name="m"></sim-widget>')
    line = simulate.__code__.co_firstlineno + 2
    assert [str(fault) for fault in check_simulators.faults([shown, shown])] == [
        f"tests/generator/test_checking.py:{line}: KeyError: 117 at m=117; mend this line"
    ]

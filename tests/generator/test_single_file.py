"""A page as one file: whatever it needs stands in it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from gzip import decompress as gunzip
from pathlib import Path

import pytest

from generator.offline.single_file import alone, pages
from generator.rendering import search

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<link rel="canonical" href="https://site.example/n/en/chapter/">
<link rel="icon" type="image/svg+xml" href="../../assets/icon.svg">
<script src="../../assets/first.js"></script>
<link rel="manifest" href="../site.webmanifest">
<link rel="stylesheet" href="../../assets/style.css">
<script src="../../assets/site.js" defer></script>
</head>
<body>
<h1>Chapter</h1><h2 id="why">Why <em>mice</em></h2>
<a hreflang="zh" href="../../zh/chapter/index.html?nested.n_mice=3#why">中文</a>
<site-search data-script="../../assets/search.js" data-root="../../" data-nothing='no "{query}"'>
<dialog></dialog></site-search>
<offline-note><p title="</offline-note>"></p></offline-note>
<a href="../glossary/index.html#icc">ICC</a> <a href="#why">why</a>
<a href="https://elsewhere.example/" title='"it" > &amp; here'>elsewhere</a>
<a href="../../assets/mice.1a.csv">data</a>
<a class="offline-archive" href="../../site.zip" download>take</a>
<script type="application/json" id="site-assets">{"disk": "../../assets/disk.js", "vega": \
"../../assets/vega.js"}</script>
</body>
</html>
"""
FILES = {
    "en/chapter/index.html": PAGE,
    "zh/chapter/index.html": PAGE,
    "en/glossary/index.html": "<title>Glossary</title>",
    "assets/icon.svg": "<svg/>",
    "assets/first.js": "first()",
    "assets/site.js": 'start("</script>")',
    "assets/style.css": 'p { src: url("./font.woff2") }',
    "assets/font.woff2": "font",
    "assets/mice.1a.csv": "mouse\n1\n",
    "assets/disk.js": 'globalThis.siteFiles={"worker": "abc"};\n',
    "assets/vega.js": "vega()",
    "assets/search.js": search.script(
        search.written({"language": path[:2], "path": path, "title": title, "sections": sections})
        for path, title, sections in (
            ("en/chapter/index.html", "Chapter", [["", "", "All."], ["why", "Why mice", "Them."]]),
            ("zh/chapter/index.html", "Chapter", [["why", "Why mice", "牠們。"]]),
            ("en/part/index.html", "Part", [["why", "Why men", "Them."]]),
        )
    ).decode(),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def html(site: Path) -> str:
    return alone(site, "en/chapter/index.html", pages(site)).decode()


def data(text: str) -> str:
    return f"base64,{b64encode(text.encode()).decode()}"


def test_pages_with_simulators_stand_alone_under_their_language(site: Path) -> None:
    assert pages(site) == {
        "en/chapter/index.html": "chapter.en.html",
        "zh/chapter/index.html": "chapter.zh.html",
    }


def test_nothing_beside_it_is_needed(html: str) -> None:
    addresses = re.findall(r' (?:src|href)="([^"]*)"', html)
    beside = [one for one in addresses if not re.match(r"#|https:|data:", one)]
    assert beside == ["chapter.zh.html?nested.n_mice=3#why"]
    assert "url(data:font/woff2;" + data("font") + ")" in html
    assert data("<svg/>") in html
    assert f'{data(FILES["assets/mice.1a.csv"])}" download="mice.csv"' in html
    for gone in ("offline-note", "search.js", "webmanifest", "site.zip"):
        assert gone not in html


def test_other_pages_are_those_of_the_published_site(html: str) -> None:
    assert 'href="https://site.example/n/en/glossary/index.html#icc"' in html
    assert """<a href="https://elsewhere.example/" title='"it" > &amp; here'>else""" in html


def test_its_policy_allows_its_own_scripts_and_styles_by_their_sums(html: str) -> None:
    policy = re.search(r'Policy" content="([^"]*)"', html)
    assert policy
    assert "'self'" not in policy[1]
    checksums = set(re.findall(r"'sha256-([^']*)'", policy[1]))
    texts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", html, re.DOTALL)
    assert {b64decode(one) for one in checksums} == {
        hashlib.sha256(text.encode()).digest() for text in texts
    }
    assert len(texts) == 3


def test_a_script_that_waits_for_the_page_comes_at_its_end_and_does_not_end_itself(
    html: str,
) -> None:
    assert html.index("first()") < html.index("<body>") < html.index('id="site-files"')
    assert html.index('id="site-files"') < html.index(r'start("<\/script>")')


def test_what_a_simulator_needs_lies_in_the_page(html: str) -> None:
    assert '<script type="application/json" id="site-files">{"worker": "abc"}</script>' in html
    assert '<script type="text/plain" id="site-vega">' in html


def searched(html: str) -> list[tuple[str, list[str]]]:
    """The paths that the search knows, with the ids of the sections there."""
    found = re.search(r'<script type="text/plain" id="site-text">(.*?)</script>', html)
    assert found
    entries = search.pages(gunzip(b64decode(found[1])))
    return [(entry["path"], [section[0] for section in entry["sections"]]) for entry in entries]


def test_the_search_finds_what_stands_in_the_file_there_and_all_else_where_it_is(
    html: str,
) -> None:
    assert """<site-search data-root="" data-nothing="no &quot;{query}&quot;">""" in html
    assert searched(html) == [
        ("", ["", "why"]),
        ("chapter.zh.html", ["why"]),
        ("https://site.example/n/en/part/index.html", ["why"]),
    ]


def test_the_search_finds_pages_of_a_series_in_the_file_that_shows_them_all(site: Path) -> None:
    whole = site / "en" / "chapter" / "index.html"
    part = '<h2 id="part-1">Part</h2><h2 id="why">Why men</h2>'
    whole.write_text(PAGE.replace('<h2 id="why">Why <em>mice</em></h2>', part), encoding="utf-8")
    assert searched(alone(site, "en/chapter/index.html", pages(site)).decode())[-1] == ("", ["why"])


def test_a_page_without_simulators_is_refused(site: Path) -> None:
    with pytest.raises(ValueError, match=r"en/glossary/index\.html has no simulators"):
        alone(site, "en/glossary/index.html", {})

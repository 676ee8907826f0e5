"""A page as one file: whatever it needs stands in it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from generator.offline.single_file import alone, pages

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
<a hreflang="zh" href="../../zh/chapter/index.html?nested.n_mice=3#why">中文</a>
<site-search data-script="../../assets/search.js"><dialog><p title="</site-search>"></p>
</dialog></site-search>
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
    for gone in ("site-search", "webmanifest", "site.zip"):
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


def test_a_page_without_simulators_is_refused(site: Path) -> None:
    with pytest.raises(ValueError, match=r"en/glossary/index\.html has no simulators"):
        alone(site, "en/glossary/index.html", {})

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.errors import SetupError
from generator.options import Options
from generator.serving.responses import RELOAD, answer
from generator.serving.server import listen
from generator.serving.showing import Showing, Shown
from generator.serving.watching import built, command, keep_building
from tests.generator import sites

PAGE = "<!doctype html><title>T</title><body>Text</body>"
GOOD = Shown(3)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "en").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "en" / "index.html").write_text(PAGE)
    (folder / "404.html").write_text("<body>No such page</body>")
    for name in ("site.js", "python.wasm", "style.css", "font.woff2", "site.zip", "some.thing"):
        (folder / "assets" / name).write_bytes(b"content")
    (tmp_path / "secret.html").write_text("secret")
    return folder


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("site.js", "text/javascript; charset=utf-8"),
        ("python.wasm", "application/wasm"),
        ("style.css", "text/css; charset=utf-8"),
        ("site.zip", "application/zip"),
        ("font.woff2", "font/woff2"),
        ("some.thing", "application/octet-stream"),
    ],
)
def test_every_file_has_the_type_that_browsers_ask_for(site: Path, name: str, wanted: str) -> None:
    reply = answer(f"/assets/{name}", site, GOOD)
    assert (reply.status, reply.type, reply.content) == (200, wanted, b"content")


def test_a_page_is_served_with_the_script_that_reloads_it(site: Path) -> None:
    reply = answer("/en/index.html?nested.seed=7", site, GOOD)
    script = f'<script src="{RELOAD}?shown=3"></script>'
    assert reply.content.decode() == PAGE.replace("</body>", f"{script}</body>")


def test_a_folder_is_answered_by_its_index(site: Path) -> None:
    assert answer("/en/", site, GOOD).content == answer("/en/index.html", site, GOOD).content
    reply = answer("/en", site, GOOD)
    assert (reply.status, reply.location) == (301, "/en/")


def test_an_unknown_address_gets_the_page_for_it(site: Path) -> None:
    reply = answer("/deep/unknown/path", site, GOOD)
    assert (reply.status, reply.content) == (404, b"<body>No such page</body>")


def test_the_service_worker_is_withheld_from_authors(site: Path) -> None:
    (site / "sw.js").write_text("self.siteBuild={};")
    assert answer("/sw.js", site, GOOD).status == 404


@pytest.mark.parametrize("url", ["/../secret.html", "/%2e%2e/secret.html", "/en/%00"])
def test_nothing_outside_the_site_is_served(site: Path, url: str) -> None:
    assert answer(url, site, GOOD).status == 404


def test_a_mistake_is_shown_in_the_place_of_every_page(site: Path) -> None:
    reply = answer("/en/index.html", site, Shown(4, "content/en/a.md:3: <wrong>; right"))
    assert reply.status == 500
    assert "content/en/a.md:3: &lt;wrong&gt;; right" in reply.content.decode()
    assert f"{RELOAD}?shown=4" in reply.content.decode()


def test_files_that_are_no_pages_are_served_in_spite_of_a_mistake(site: Path) -> None:
    assert answer("/assets/style.css", site, Shown(4, "wrong")).status == 200


@pytest.fixture
def connection(site: Path) -> Iterator[tuple[http.client.HTTPConnection, Showing]]:
    showing = Showing()
    with listen("127.0.0.1", 0, site, showing) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        browser = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)
        yield browser, showing
        browser.close()
        server.shutdown()
        thread.join()


def test_a_port_that_cannot_be_had_is_told(site: Path) -> None:
    with listen("127.0.0.1", 0, site, Showing()) as server:
        taken = server.server_address[1]
        for port in (taken, 99_999):
            with pytest.raises(SetupError, match=rf"port {port} cannot be used \(.*--port"):
                listen("127.0.0.1", port, site, Showing())


def test_a_browser_is_told_of_every_build(
    connection: tuple[http.client.HTTPConnection, Showing],
) -> None:
    browser, showing = connection
    browser.request("GET", "/-/changes")
    news = browser.getresponse()
    assert news.getheader("Content-Type") == "text/event-stream"
    assert news.readline() + news.readline() == b"data: 0\n\n"
    showing.show("a mistake")
    assert news.readline() + news.readline() == b"data: 1\n\n"
    showing.show(None)
    assert news.readline() + news.readline() == b"data: 2\n\n"


def test_a_page_is_never_kept_and_a_fingerprinted_file_is(
    connection: tuple[http.client.HTTPConnection, Showing],
) -> None:
    browser, _ = connection
    cached = {}
    for url in ("/en/index.html", "/assets/site.js"):
        browser.request("HEAD", url)
        reply = browser.getresponse()
        reply.read()
        cached[url] = reply.getheader("Cache-Control")
    assert cached == {"/en/index.html": "no-store", "/assets/site.js": "max-age=31536000"}


def test_a_build_runs_in_a_process_of_its_own_and_reports_its_mistake(tmp_path: Path) -> None:
    given = sites.options(sites.GOLDEN / "mistakes" / "content", tmp_path)
    problem = built(command(given))
    assert problem is not None
    assert problem.splitlines()[0].startswith(
        "tests/generator/golden/mistakes/content/en/index.md:4: "
    )


def test_a_change_starts_a_build_and_a_mended_mistake_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    outcomes = iter(["content/en/a.md:1: wrong; right", None])
    monkeypatch.setattr("generator.serving.watching.built", lambda _words: next(outcomes))
    monkeypatch.setattr("generator.serving.watching.watched", lambda _options: [content])
    showing, stop = Showing(), Event()
    thread = keep_building(Options(content=content, templates=content), showing, stop)
    try:
        for number, problem in ((1, "content/en/a.md:1: wrong; right"), (2, None)):
            shown = showing.now
            for attempt in range(100):
                (content / "a.md").write_text(f"{number} {attempt}")
                shown = showing.after(number - 1, 0.2)
                if shown.number == number:
                    break
            assert shown == Shown(number, problem)
    finally:
        stop.set()
        thread.join(10)

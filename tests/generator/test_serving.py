from __future__ import annotations

import http.client
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.building.problems import PageProblems, Problems, load
from generator.errors import MistakeError, SetupError
from generator.options import Options
from generator.serving import watching
from generator.serving.responses import RELOAD, Built, respond
from generator.serving.server import Builds, listen
from generator.serving.watching import Build, command, keep_building
from tests.generator import sites

PAGE = "<!doctype html><title>T</title><body>Text</body>"
GOOD = Built(3)


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
    reply = respond(f"/assets/{name}", site, GOOD)
    assert (reply.status, reply.type, reply.content) == (200, wanted, b"content")


def test_a_page_is_served_with_the_script_that_reloads_it(site: Path) -> None:
    reply = respond("/en/index.html?nested.seed=7", site, GOOD)
    script = f'<script src="{RELOAD}?shown=3"></script>'
    assert reply.content.decode() == PAGE.replace("</body>", f"{script}</body>")


def test_a_folder_is_answered_by_its_index(site: Path) -> None:
    assert respond("/en/", site, GOOD).content == respond("/en/index.html", site, GOOD).content
    reply = respond("/en", site, GOOD)
    assert (reply.status, reply.location) == (301, "/en/")


def test_an_unknown_address_gets_the_page_for_it(site: Path) -> None:
    reply = respond("/deep/unknown/path", site, GOOD)
    assert (reply.status, reply.content) == (404, b"<body>No such page</body>")


def test_the_service_worker_is_withheld_from_authors(site: Path) -> None:
    (site / "sw.js").write_text("self.siteBuild={};")
    assert respond("/sw.js", site, GOOD).status == 404


@pytest.mark.parametrize("url", ["/../secret.html", "/%2e%2e/secret.html", "/en/%00"])
def test_nothing_outside_the_site_is_served(site: Path, url: str) -> None:
    assert respond(url, site, GOOD).status == 404


def test_a_mistake_is_shown_in_the_place_of_every_page(site: Path) -> None:
    reply = respond("/en/index.html", site, Built(4, "content/en/a.md:3: <wrong>; right"))
    assert reply.status == 500
    assert "content/en/a.md:3: &lt;wrong&gt;; right" in reply.content.decode()
    assert f"{RELOAD}?shown=4" in reply.content.decode()


def test_files_that_are_no_pages_are_served_in_spite_of_a_mistake(site: Path) -> None:
    assert respond("/assets/style.css", site, Built(4, "wrong")).status == 200


@pytest.fixture
def connection(site: Path) -> Iterator[tuple[http.client.HTTPConnection, Builds]]:
    builds = Builds()
    with listen("127.0.0.1", 0, site, builds) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        browser = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)
        yield browser, builds
        browser.close()
        server.shutdown()
        thread.join()


def test_a_port_that_cannot_be_had_is_told(site: Path) -> None:
    with listen("127.0.0.1", 0, site, Builds()) as server:
        taken = server.server_address[1]
        for port in (taken, 99_999):
            with pytest.raises(SetupError, match=rf"port {port} cannot be used \(.*--port"):
                listen("127.0.0.1", port, site, Builds())


def test_a_browser_is_told_of_every_build(
    connection: tuple[http.client.HTTPConnection, Builds],
) -> None:
    browser, builds = connection
    browser.request("GET", "/-/changes")
    news = browser.getresponse()
    assert news.getheader("Content-Type") == "text/event-stream"
    assert news.readline() + news.readline() == b"data: 0\n\n"
    builds.add("a mistake")
    assert news.readline() + news.readline() == b"data: 1\n\n"
    builds.add(None)
    assert news.readline() + news.readline() == b"data: 2\n\n"


def test_a_page_is_never_kept_and_a_fingerprinted_file_is(
    connection: tuple[http.client.HTTPConnection, Builds],
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
    build = Build(command(given))
    while build.is_running(1):
        pass
    problem = build.problem()
    assert problem is not None
    assert "golden/mistakes/content/en/index.md:4: " in problem


def test_a_request_for_another_host_is_not_answered(
    connection: tuple[http.client.HTTPConnection, Builds],
) -> None:
    browser, _ = connection
    for host, wanted in (
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("attacker.example:8000", 421),
        ("127.0.0.1.attacker.example", 421),
        ("", 421),
    ):
        browser.request("GET", "/en/index.html", headers={"Host": host})
        reply = browser.getresponse()
        content = reply.read()
        assert (reply.status, b"Text" in content) == (wanted, wanted == 200), host


def test_a_path_of_5000_characters_is_answered(
    connection: tuple[http.client.HTTPConnection, Builds],
) -> None:
    browser, _ = connection
    for path in ("/" + "n" * 5000, "/en/" * 1250, "/" + "n" * 256):
        browser.request("GET", path)
        reply = browser.getresponse()
        reply.read()
        assert reply.status == 404


PROBLEMS = Problems(
    {
        "en/index.html": PageProblems(("content/en/index.md: missing in zh; write it",)),
        "en/bad/index.html": PageProblems(("content/en/bad.md:3: <wrong>; right",), unbuilt=True),
        "en/new/index.html": PageProblems(draft=True),
    }
)


def test_a_page_with_problems_shows_them_and_how_many_are_elsewhere(site: Path) -> None:
    html = respond("/en/", site, Built(2, problems=PROBLEMS)).content.decode()
    assert "Text" in html
    banner = html.partition("<pre")[2].partition("</pre>")[0]
    assert "content/en/index.md: missing in zh; write it" in banner
    assert "elsewhere (1): content/en/bad.md:3: &lt;wrong&gt;; right" in banner


def test_a_page_that_was_not_built_says_why_whether_it_was_there_before_or_not(site: Path) -> None:
    for existing in (False, True):
        if existing:
            (site / "en" / "bad").mkdir()
            (site / "en" / "bad" / "index.html").write_text(PAGE)
        reply = respond("/en/bad/", site, Built(2, problems=PROBLEMS))
        assert reply.status == 500
        assert "content/en/bad.md:3: &lt;wrong&gt;; right" in reply.content.decode()


def test_a_draft_is_marked_as_one(site: Path) -> None:
    (site / "en" / "new").mkdir()
    (site / "en" / "new" / "index.html").write_text(PAGE)
    html = respond("/en/new/", site, Built(2, problems=PROBLEMS)).content.decode()
    assert "draft: only `serve` shows this page" in html


WAITING = [sys.executable, "-c", "import time; print('started', flush=True); time.sleep(600)"]


@pytest.fixture
def watching_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Builds]]:
    """A content folder whose "build" prints what is in it and fails, and its outcomes."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("first")
    show = f"import pathlib, sys; sys.exit((pathlib.Path({str(content)!r}) / 'a.md').read_text())"
    monkeypatch.setattr(watching, "command", lambda _options: [sys.executable, "-c", show])
    monkeypatch.setattr(
        watching, "watched", lambda _options: [content if content.exists() else tmp_path]
    )
    monkeypatch.setattr(watching, "load", lambda _options: None)
    builds, stop = Builds(), Event()
    thread = keep_building(Options(content=content, templates=content), builds, stop)
    yield content, builds
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def until(builds: Builds, problem: str) -> None:
    """Wait for a build that says this; the test ends with the time limit if none does."""
    built = builds.last
    for _ in range(600):
        if built.problem and problem in built.problem:
            return
        built = builds.after(built.number, 0.2)
    pytest.fail(f"no build said {problem!r}, the last said {built.problem!r}")


def test_a_change_starts_a_build(watching_content: tuple[Path, Builds]) -> None:
    content, builds = watching_content
    until(builds, "first")
    (content / "a.md").write_text("second")
    until(builds, "second")


def test_a_content_folder_that_was_replaced_is_still_watched(
    watching_content: tuple[Path, Builds], tmp_path: Path
) -> None:
    content, builds = watching_content
    until(builds, "first")
    shutil.copytree(content, tmp_path / "backup")
    (tmp_path / "backup" / "a.md").write_text("from the backup")
    shutil.rmtree(content)
    (tmp_path / "backup").rename(content)
    until(builds, "from the backup")
    (content / "a.md").write_text("changed after that")
    until(builds, "changed after that")


def test_a_build_that_never_ends_is_ended_by_the_next_change(
    watching_content: tuple[Path, Builds], monkeypatch: pytest.MonkeyPatch
) -> None:
    content, builds = watching_content
    until(builds, "first")
    good = watching.command(Options())
    monkeypatch.setattr(watching, "command", lambda _options: WAITING)
    (content / "a.md").write_text("second")
    time.sleep(2)  # so that the endless build has begun
    monkeypatch.setattr(watching, "command", lambda _options: good)
    (content / "a.md").write_text("third")
    until(builds, "third")


@pytest.fixture
def written(tmp_path: Path) -> Options:
    content = tmp_path / "content"
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", content)
    return replace(sites.options(content, tmp_path), writing=True)


def change(options: Options, name: str, old: str, new: str) -> None:
    page = options.content / name
    page.write_text(page.read_text().replace(old, new, 1) if old else page.read_text() + new)


def test_while_writing_a_page_with_mistakes_leaves_the_others(written: Options) -> None:
    change(written, "en/part/one.md", "", "\n{nothing}`x`\n")
    change(written, "zh/mixed-models.md", "", "\n[gone](gone.md)\n")
    change(written, "en/index.md", "Read on", "Read on now")
    report = sites.make(written)
    assert len(report.mistakes) == 2
    problems = load(written)
    assert problems
    unbuilt = {path for path, page in problems.pages.items() if page.unbuilt}
    assert unbuilt == {"zh/mixed-models/index.html", "en/part/one/index.html"}
    assert "Read on now" in (written.output / "en" / "index.html").read_text()
    assert not (written.output / "zh" / "mixed-models" / "index.html").exists()
    assert sites.make(written).mistakes == report.mistakes


def test_while_writing_a_page_that_was_good_before_keeps_its_links(written: Options) -> None:
    sites.make(written)
    change(written, "en/part/one.md", "", "\n{nothing}`x`\n")
    sites.make(written)
    problems = load(written)
    assert problems
    assert {path for path, page in problems.pages.items() if page.unbuilt} == {
        "en/part/one/index.html"
    }
    change(written, "en/part/one.md", "\n{nothing}`x`\n", "")
    assert sites.make(written).mistakes == ()


def test_while_writing_a_missing_twin_is_told_on_the_page_that_there_is(written: Options) -> None:
    (written.content / "zh" / "part" / "one.md").unlink()
    change(written, "zh/mixed-models.md", "part/one.md#a", "index.md")
    change(written, "en/mixed-models.md", "part/one.md#a", "index.md")
    sites.make(written)
    problems = load(written)
    assert problems
    told = "".join(problems.pages["en/part/one/index.html"].mistakes)
    assert "en/part/one.md" in told
    assert "zh/part/one.md" in told
    assert (written.output / "en" / "part" / "one" / "index.html").is_file()
    with pytest.raises(MistakeError, match=r"zh/part/one\.md"):
        sites.make(replace(written, writing=False))


def test_a_draft_needs_no_twin_and_is_left_out_of_the_site(written: Options) -> None:
    (written.content / "en" / "new.md").write_text(
        "---\ntitle: New\ndescription: New.\norder: 7\ndraft: true\n---\n\nText.\n"
    )
    assert sites.make(written).mistakes == ()
    problems = load(written)
    assert problems
    assert problems.pages["en/new/index.html"].draft
    assert (written.output / "en" / "new" / "index.html").is_file()
    assert sites.make(replace(written, writing=False)).mistakes == ()
    assert not (written.output / "en" / "new").exists()


def test_a_draft_is_true_or_not_there(written: Options) -> None:
    change(written, "en/part/one.md", "order:", "draft: yes\norder:")
    with pytest.raises(MistakeError, match=r"one\.md:\d+: draft is 'yes'; write true, or leave"):
        sites.make(replace(written, writing=False))

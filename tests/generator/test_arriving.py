"""A reader arrives at the root, or at an address that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from generator.assets.assets import Assets, joined
from generator.assets.bundle import bundle
from generator.assets.pipeline import shared
from generator.building.build import build
from generator.project import PROJECT
from tests.generator import sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from generator.catalog.site import Site
    from generator.files.parts import PartCache
    from generator.options import Options

pytestmark = pytest.mark.browser


class Pages(SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: below a sub-path, with 404.html for what does not exist."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        del message, explain
        content = Path(self.directory, "honest", "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def with_real_scripts(options: Options, parts: PartCache, site: Site, *, runtime: bool) -> Assets:
    plain = sites.plain_assets(options, parts, site, runtime=runtime)
    return joined(plain, shared(bundle(PROJECT, parts, options.cache)))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    scratch = tmp_path_factory.mktemp("arriving")
    given = sites.options(sites.GOLDEN / "two-languages" / "content", scratch)
    build(given, with_real_scripts)
    given.output.rename(scratch / "honest")
    (scratch / "start.html").write_text("<title>Start</title>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(scratch))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def reader(chromium: Browser, language: str, *, scripts: bool = True) -> Page:
    return chromium.new_context(locale=language, java_script_enabled=scripts).new_page()


@pytest.mark.parametrize(
    ("language", "folder"), [("zh-TW", "zh"), ("zh-HK", "zh"), ("en-US", "en"), ("en", "en")]
)
def test_she_is_led_to_the_language_that_her_browser_prefers(
    chromium: Browser, url: str, language: str, folder: str
) -> None:
    page = reader(chromium, language)
    page.goto(f"{url}/honest/")
    page.wait_for_url(f"{url}/honest/{folder}/index.html")


def test_a_reader_of_a_third_language_chooses_and_is_remembered(
    chromium: Browser, url: str
) -> None:
    page = reader(chromium, "fr-FR")
    page.goto(f"{url}/honest/index.html")
    assert page.locator("a[hreflang]").count() == 2
    page.locator("a[hreflang='zh-Hant-TW']").click()
    page.wait_for_url(f"{url}/honest/zh/index.html")
    page.goto(f"{url}/honest/index.html")
    page.wait_for_url(f"{url}/honest/zh/index.html")


def test_back_leads_out_of_the_site(chromium: Browser, url: str) -> None:
    page = reader(chromium, "en-US")
    page.goto(f"{url}/start.html")
    page.goto(f"{url}/honest/")
    page.wait_for_url(f"{url}/honest/en/index.html")
    page.go_back()
    assert page.url == f"{url}/start.html"


def test_whoever_asks_for_the_choice_gets_it(chromium: Browser, url: str) -> None:
    page = reader(chromium, "en-US")
    page.goto(f"{url}/honest/index.html#choose")
    assert page.url.endswith("#choose")
    assert page.locator("a[hreflang]").count() == 2


def test_without_scripts_the_root_is_a_plain_choice(chromium: Browser, url: str) -> None:
    page = reader(chromium, "en-US", scripts=False)
    page.goto(f"{url}/honest/")
    page.locator("a[hreflang='en']").click()
    assert page.url == f"{url}/honest/en/index.html"


@pytest.mark.parametrize("path", ["nothing", "en/nothing/", "zh/deep/er/than/any.html"])
def test_from_any_unknown_address_the_way_home_is_found(
    chromium: Browser, url: str, path: str
) -> None:
    page = reader(chromium, "en-US")
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Policy" in said.text else None)
    page.goto(f"{url}/honest/{path}")
    home = page.locator("a[hreflang='zh-Hant-TW']")
    page.wait_for_function("() => document.querySelector('a').href.startsWith('http')")
    page.wait_for_function(
        "(home) => document.querySelector('a').href === home", arg=f"{url}/honest/zh/index.html"
    )
    home.click()
    page.wait_for_url(f"{url}/honest/zh/index.html")
    assert refused == []

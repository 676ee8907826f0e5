"""The second course's simulator moves in every language, from a server and from disk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Handler, Panel, Quiet
from tests.courses.lotka import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

VERDICTS = {"en": "come and go", "zh": "時多時少", "ja": "増えたり減ったり"}


@pytest.fixture(scope="module", params=["served", "disk"])
def url(
    request: pytest.FixtureRequest, lotka: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "disk":
        copy = tmp_path_factory.mktemp("disk") / "講座 (n)"
        shutil.copytree(lotka / "site", copy, ignore=shutil.ignore_patterns("runtime"))
        yield f"{copy.as_uri()}/"
        return
    server = Quiet(("127.0.0.1", 0), partial(Handler, directory=str(lotka / "site")))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("folder", LANGUAGES)
def test_a_reader_moves_it(chromium: Browser, url: str, folder: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{url}{folder}/predators/index.html")
        assert page.locator("html").get_attribute("lang") == LANGUAGES[folder]
        panel = Panel(page, "predators")
        before = panel.shown()
        panel.start()
        detail = panel.set(lynx=24)
        after = panel.shown()
        assert after != before
        assert after == detail["readouts"]
        assert VERDICTS[folder] in panel.verdict()
        panel.set(hares=20, lynx=10)
        assert panel.shown()["period"] is None
        assert complaints == []


def test_the_old_name_of_a_page_leads_to_the_place_it_is_given_with_what_the_address_says(
    chromium: Browser, url: str
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{url}ja/hunters/index.html")
        expect(page).to_have_url(re.compile(r"/ja/predators/index\.html#move$"))
        page.goto(f"{url}ja/hunters/index.html?predators.lynx=24#sim-predators")
        expect(page).to_have_url(re.compile(r"/index\.html\?predators\.lynx=24#sim-predators$"))
        expect(page.locator("#sim-predators [name='lynx']")).to_have_value("24")


def test_it_leads_there_without_scripts_too(chromium: Browser, url: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{url}en/hunters/index.html")
        expect(page).to_have_url(re.compile(r"/en/predators/index\.html#move$"))

"""Settings in the address, and the way to the other language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Numbers, Panel, Reader

pytestmark = pytest.mark.browser

OTHER = {"zh": "en", "en": "zh"}
TAGS = {"zh": "zh-Hant-TW", "en": "en"}

SCROLL = "(heading) => heading.scrollIntoView({ behavior: 'instant' })"
OPEN_BESIDE = """(link) =>
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true }))"""
REFUSE_ONCE = """
    const replace = history.replaceState.bind(history);
    history.replaceState = (...what) => {
      if (globalThis.refused) return replace(...what);
      globalThis.refused = true;
      throw new DOMException("too often", "SecurityError");
    };
"""


def query(panel: Panel) -> dict[str, list[str]]:
    return parse_qs(urlsplit(panel.page.url).query)


def address_says(panel: Panel, text: str) -> None:
    panel.page.wait_for_function("(text) => location.search === text", arg=text)


def test_the_address_says_what_differs_from_the_defaults(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.set(n_mice=3, sd_between=2.5)
    address_says(panel, "?nested.n_mice=3&nested.sd_between=2.5")
    panel.set(n_mice=6)
    address_says(panel, "?nested.sd_between=2.5")


def test_two_simulators_share_the_address(reader: Reader) -> None:
    panel = reader.panel("en", part="whole").start()
    panel.set(n_mice=3)
    other = type(panel)(panel.page, "design-effect").start()
    other.set(m=50)
    panel.page.wait_for_function("() => location.search.includes('design-effect.m=50')")
    assert query(panel) == {"nested.n_mice": ["3"], "design-effect.m": ["50"]}


def test_a_shared_link_shows_the_same(
    readers: Callable[..., Any], language: str, computed: Callable[..., Numbers]
) -> None:
    with readers(permissions=["clipboard-read", "clipboard-write"]) as reader:
        panel = reader.panel(language).start()
        panel.set(n_mice=3, design="within", seed=11)
        panel.part("[data-action='copy-link']").click()
        panel.page.wait_for_function("() => document.hasFocus()")
        link = panel.page.evaluate("() => navigator.clipboard.readText()")
        assert link.endswith("#nested")
        shown = panel.shown()
    with readers() as friend:
        page = friend.open(link.removeprefix(friend.url))
        copy = type(panel)(page, "nested").wait("ready")
        assert copy.control("n_mice").input_value() == "3"
        assert copy.shown() == shown
        values = {"n_mice": 3, "design": "within", "seed": 11}
        assert shown["mixed.p"] == pytest.approx(computed("nested", values)["mixed.p"], rel=1e-9)


def test_the_address_survives_a_reload(reader: Reader) -> None:
    panel = reader.panel("en").start()
    panel.set(m_cells=50)
    address_says(panel, "?nested.m_cells=50")
    panel.page.reload()
    expect(panel.control("m_cells")).to_have_value("50")
    panel.wait("ready")
    assert panel.shown()["n_cells"] == 300


def test_a_step_back_within_the_page_keeps_the_settings_in_the_address(reader: Reader) -> None:
    panel = reader.panel("en")
    panel.page.locator(".contents a[href='#nested']").click()
    panel.start().set(n_mice=3)
    address_says(panel, "?nested.n_mice=3")
    panel.page.go_back()
    expect(panel.page).to_have_url(re.compile(r"html\?nested\.n_mice=3$"))
    expect(panel.control("n_mice")).to_have_value("3")


def test_a_browser_that_refuses_an_address_once_forgets_nothing(reader: Reader) -> None:
    """Safari lets a page change its address a hundred times in half a minute."""
    reader.context.add_init_script(REFUSE_ONCE)
    panel = reader.panel("en").start()
    panel.set(n_mice=5)
    panel.page.wait_for_function("() => globalThis.refused")
    panel.set(n_mice=4)
    address_says(panel, "?nested.n_mice=4")
    panel.page.locator("a[hreflang]").first.click()
    panel.page.wait_for_url("**/zh/mixed-models/index.html?*")
    assert query(panel) == {"nested.n_mice": ["4"]}


def test_an_address_that_makes_no_sense_does_no_harm(reader: Reader) -> None:
    panel = reader.panel(
        "en",
        address="?nested.n_mice=999&nested.m_cells=lots&nested.beta=-1&nested.sd_within=NaN"
        "&nested.design=sideways&nested.seed=&nested.mood=good&x=%E0%A4%A&nested=1",
    )
    panel.wait("ready")
    assert panel.control("n_mice").input_value() == "40"
    assert panel.control("m_cells").input_value() == "20"
    assert panel.control("beta").input_value() == "0"
    assert panel.control("sd_within").input_value() == "1"
    assert panel.control("design").input_value() == "between"
    assert panel.shown()["n_cells"] == 800


def test_the_other_language_keeps_values_section_and_place(
    reader: Reader, language: str, computed: Callable[..., Numbers]
) -> None:
    panel = reader.panel(language).start()
    panel.set(n_mice=3, seed=5)
    panel.part(".simulator-numbers").scroll_into_view_if_needed()
    link = panel.page.locator(f"a[hreflang='{TAGS[OTHER[language]]}']").first
    link.evaluate("(link) => link.focus({ preventScroll: true })")
    panel.page.keyboard.press("Enter")
    panel.page.wait_for_url(f"**/{OTHER[language]}/mixed-models/index.html?**")
    expect(panel.page).to_have_url(re.compile("#nested$"))
    assert query(panel) == {"nested.n_mice": ["3"], "nested.seed": ["5"]}
    expect(panel.control("n_mice")).to_have_value("3")
    expect(panel.part(".simulator-numbers")).to_be_in_viewport()
    panel.wait("ready")
    expected = computed("nested", {"n_mice": 3, "seed": 5})
    shown = {name: value for name, value in panel.shown().items() if name in expected}
    assert shown == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_place_is_found_before_everything_has_come(reader: Reader, language: str) -> None:
    panel = reader.panel(language)
    page = panel.page
    panel.part(".simulator-numbers").scroll_into_view_if_needed()
    page.route("**/*.woff2", lambda _never_answered: None)
    page.locator(f"a[hreflang='{TAGS[OTHER[language]]}']").first.evaluate("(link) => link.click()")
    page.wait_for_url(f"**/{OTHER[language]}/mixed-models/**", wait_until="commit")
    page.wait_for_function("() => scrollY > 0")
    page.wait_for_timeout(500)  # by then a browser has gone to what the address names
    top = panel.part(".simulator-numbers").evaluate("(one) => one.getBoundingClientRect().top")
    assert 0 < top < 900
    assert page.evaluate("() => document.readyState") == "interactive"


def test_a_reader_who_goes_on_before_everything_has_come_is_not_taken_back(reader: Reader) -> None:
    page = reader.chapter("zh", part="toolbox")
    page.locator("h2#pitfalls").evaluate(SCROLL)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.woff2", hold)
    page.locator("a[hreflang='en']").first.evaluate("(link) => link.click()")
    page.wait_for_url("**/en/mixed-models/**", wait_until="commit")
    page.wait_for_function("() => scrollY > 0")
    before = page.evaluate("() => scrollY")
    page.mouse.move(700, 400)
    page.mouse.wheel(0, 3000)
    page.wait_for_function("(before) => scrollY >= before + 2500", arg=before)
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.wait_for_function("() => location.hash === '#pitfalls'")
    assert page.evaluate("() => scrollY") > before + 1000


def test_a_language_opened_beside_this_one_leaves_no_place_here(reader: Reader) -> None:
    page = reader.chapter("zh")
    page.locator("h2#why").evaluate(SCROLL)
    with reader.context.expect_page():
        page.locator("a[hreflang='en']").first.evaluate(OPEN_BESIDE)
    page.goto(f"{reader.url}en/mixed-models/index.html#model")
    page.wait_for_load_state("load")
    page.wait_for_timeout(200)  # a place that is found is gone to after all has come
    expect(page).to_have_url(re.compile("#model$"))
    expect(page.locator("h2#model")).to_be_in_viewport()


def test_the_contents_mark_the_section_that_is_read(reader: Reader, language: str) -> None:
    page = reader.chapter(language)
    for section in ("nested", "model", "why"):
        page.locator(f"main h2#{section}").evaluate("(one) => one.scrollIntoView()")
        current = page.locator(".contents a[aria-current]")
        expect(current).to_have_count(1)
        expect(current).to_have_attribute("href", f"#{section}")
        links = page.locator(".contents a")
        hashes = [link.get_attribute("href") for link in links.all()]
        passed = page.locator(".contents a[data-passed]")
        expect(passed).to_have_count(hashes.index(f"#{section}"))


def test_on_a_phone_the_contents_are_above_the_text(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(viewport={"width": 390, "height": 844}, has_touch=True) as reader:
        page = reader.chapter(language)
        folded = page.locator(".contents-folded")
        folded.locator("summary").tap()
        folded.locator("a[href='#quiz']").tap()
        expect(page.locator("main h2#quiz")).to_be_in_viewport()

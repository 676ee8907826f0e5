"""What can be seen at once, on which screens, in which light, and by whom."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FloatRect

    from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "index.html",
    "mixed-models/index.html",
    "mixed-models/plan/index.html",
    "mixed-models/analyse/index.html",
    "mixed-models/toolbox/index.html",
    "agreement/index.html",
    "glossary/index.html",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def rect(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box
    return box


def edges(element: Locator) -> tuple[float, float]:
    box = rect(element)
    return box["y"], box["y"] + box["height"]


@pytest.mark.parametrize("name", ["nested", "design-effect"])
def test_controls_figure_and_sentence_are_seen_together(
    name: str, reader: Reader, language: str
) -> None:
    panel = reader.panel(language, name)
    panel.whole.evaluate("(panel) => panel.scrollIntoView({ behavior: 'instant' })")
    for part in (".simulator-figure", ".simulator-controls", ".simulator-verdict"):
        top, bottom = edges(panel.part(part).first)
        assert 0 <= top < bottom <= 900


SCALES = """(figure) => {
  const drawn = [...figure.querySelectorAll(".chart-frame svg")];
  return drawn.filter((svg) => svg.clientHeight > 0).map((svg) => svg.getScreenCTM().a);
}"""


@pytest.mark.parametrize("name", ["nested", "design-effect"])
def test_on_a_phone_the_letters_of_all_charts_are_of_one_size(
    name: str, readers: Callable[..., Any], language: str
) -> None:
    with readers(viewport={"width": 412, "height": 600}) as reader:
        panel = reader.panel(language, name)
        figure = panel.part(".simulator-figure").first
        for height in (600, 664, 900):
            panel.page.set_viewport_size({"width": 412, "height": height})
            first, second = figure.evaluate(SCALES)
            assert second == pytest.approx(first, rel=0.01), height
            assert rect(figure)["height"] <= height / 2 + 1


@pytest.mark.parametrize("name", ["nested", "design-effect"])
def test_on_a_phone_the_figure_stays_while_a_control_is_held(
    name: str, readers: Callable[..., Any], language: str
) -> None:
    with readers(**PHONE) as reader:
        panel = reader.panel(language, name)
        last = panel.part("input[type='range']").last
        for width, height in ((390, 844), (844, 390), (667, 375), (640, 360)):
            panel.page.set_viewport_size({"width": width, "height": height})
            last.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
            top, bottom = edges(panel.part(".simulator-figure").first)
            assert top >= 0
            assert bottom <= edges(last)[0] < height


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(path: str, reader: Reader, language: str) -> None:
    page = reader.open(f"{language}/{path}")
    for width in (195, 320, 390, 768, 1024, 1440, 3840):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_on_a_phone_a_row_begins_with_words_not_single_characters(
    readers: Callable[..., Any],
) -> None:
    with readers(**PHONE | {"viewport": {"width": 320, "height": 640}}) as reader:
        page = reader.chapter("zh", part="plan")
        firsts = page.locator(".box .table td:first-child").all()
        assert firsts
        for first in firsts:
            size = first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
            assert rect(first)["width"] > 5 * size


ENDS_OF_LINES = """(element) => {
  const letter = document.createRange(), ends = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let before; texts.nextNode(); ) {
    for (let place = 0; place < texts.currentNode.length; place += 1) {
      letter.setStart(texts.currentNode, place);
      letter.setEnd(texts.currentNode, place + 1);
      const { bottom, height } = [...letter.getClientRects()].at(-1) ?? {};
      if (before && bottom - before.bottom > height / 2) ends.push(before.letter);
      if (height) before = { bottom, letter: letter.toString() };
    }
  }
  return ends.join("");
}"""


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_lines_of_large_chinese_sentences_end_where_clauses_do(
    width: int, readers: Callable[..., Any]
) -> None:
    with readers(viewport={"width": width, "height": 900}) as reader:
        page = reader.chapter("zh")
        large = [page.locator(".lead"), page.locator("#sim-nested .simulator-verdict")]
        ends = "".join(one.evaluate(ENDS_OF_LINES) for one in large)
        assert ends
        assert set(ends) <= set("，；：。")


def test_numbers_in_chinese_have_their_gap(reader: Reader) -> None:
    between = reader.panel("zh").part(".comparison .between").first
    wide, size = between.evaluate(
        "(one) => [one.getBoundingClientRect().width, parseFloat(getComputedStyle(one).fontSize)]"
    )
    assert wide > 1.05 * size


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(("name", "chart"), [("nested", "intervals"), ("design-effect", "worth")])
def test_equal_steps_of_an_axis_look_equal(
    name: str, chart: str, width: int, readers: Callable[..., Any]
) -> None:
    with readers(viewport={"width": width, "height": 900}) as reader:
        axis = reader.panel("en", name).start().part(f"[data-chart='{chart}'] .role-axis-label")
        middles = axis.first.locator("text").evaluate_all(
            """(all) => all.map((one) => one.getBoundingClientRect())
                 .map((box) => box.left + box.width / 2)"""
        )
        steps = [right - left for left, right in pairwise(middles)]
        assert len(steps) > 2
        assert steps == pytest.approx([steps[0]] * len(steps), abs=1.5)


def test_text_begins_at_the_same_place_on_the_next_page(reader: Reader, language: str) -> None:
    left = "() => document.querySelector('h1').getBoundingClientRect().left"
    page = reader.chapter(language)
    chapter = page.evaluate(left)
    page.goto(f"{reader.url}{language}/glossary/index.html")
    assert page.evaluate(left) == pytest.approx(chapter)


def test_the_choice_of_languages_stands_in_the_middle(reader: Reader) -> None:
    page = reader.open("#choose")
    for width in (320, 390, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        cards = rect(page.locator(".choices"))
        before, after = cards["x"], width - cards["x"] - cards["width"]
        assert before == pytest.approx(after, abs=1)
        assert before >= 16


@pytest.mark.parametrize("width", [320, 1440])
def test_the_last_sign_of_the_bar_ends_where_the_page_does(
    width: int, readers: Callable[..., Any]
) -> None:
    with readers(viewport={"width": width, "height": 800}) as reader:
        page = reader.open("en/index.html")
        sign, name = rect(page.locator(".theme-switch svg")), rect(page.locator(".site-name"))
        assert width - sign["x"] - sign["width"] == pytest.approx(name["x"], abs=1)


def test_on_a_projector_figures_grow_with_the_text(readers: Callable[..., Any]) -> None:
    sizes = []
    for width in (1440, 1920, 3840):
        with readers(viewport={"width": width, "height": 900}) as reader:
            panel = reader.panel("en")
            rem = panel.page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
            top, bottom = edges(panel.part("[data-chart='superplot']"))
            sizes.append((bottom - top) / rem)
    assert sizes == pytest.approx([sizes[0]] * 3, rel=0.02)  # gutters grow less


def test_paper_has_neither_empty_feet_nor_room_for_sentences_that_went(
    readers: Callable[..., Any],
) -> None:
    with readers(viewport={"width": 800, "height": 900}) as reader:
        panel = reader.panel("en").start()
        panel.set(design="within", n_mice=3, m_cells=200, sd_between=0)
        panel.set(design="between", n_mice=6, m_cells=20, sd_between=1)
        expect(panel.part(".simulator-notes > li")).to_have_count(0)
        panel.page.emulate_media(media="print")
        expect(panel.part(".simulator-foot")).to_be_hidden()
        expect(panel.part("[data-action=screen]")).to_be_hidden()
        said, verdict = panel.part(".simulator-said"), panel.part(".simulator-verdict")
        assert edges(said)[1] == pytest.approx(edges(verdict)[1], abs=1)


def test_fingers_find_large_enough_targets(readers: Callable[..., Any], language: str) -> None:
    with readers(**PHONE) as reader:
        panel = reader.panel(language)
        for target in panel.part(":is(input, select, button, summary):visible").all():
            top, bottom = edges(target)
            assert bottom - top >= 44


def test_the_ways_back_from_a_work_are_told_apart_by_fingers(
    readers: Callable[..., Any], language: str
) -> None:
    with readers(**PHONE) as reader:
        page = reader.chapter(language, part="toolbox")
        for work in page.locator(".references > li").all():
            boxes = [rect(back) for back in work.locator(".back").all()]
            assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
            assert len({box["y"] for box in boxes}) == 1


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_light_or_dark(path: str, reader: Reader, language: str) -> None:
    reader.context.add_init_script(path=str(AXE))
    page = reader.open(f"{language}/{path}")
    if path == "mixed-models/index.html":
        page.locator("#sim-nested input").first.focus()
        expect(page.locator("#sim-nested")).to_have_attribute("data-state", "ready", timeout=60_000)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, "color-contrast") == []


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds, by these rules or by all that it has."""
    chosen = {"runOnly": list(rules)} if rules else {}
    found: list[str] = page.evaluate(
        """async (chosen) => (await globalThis.axe.run(chosen)).violations.flatMap((rule) =>
             rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`))""",
        chosen,
    )
    return found


@pytest.mark.parametrize("kind", ["term", "citation"])
def test_axe_finds_nothing_while_a_link_is_explained(
    kind: str, reader: Reader, language: str
) -> None:
    reader.context.add_init_script(path=str(AXE))
    page = reader.chapter(language)
    page.locator(f"a.{kind}").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert faults(page) == []


def test_a_chapter_says_how_long_it_takes_and_the_home_page_does_not(
    reader: Reader, language: str
) -> None:
    told = reader.chapter(language).locator(".title-block .reading-time").inner_text()
    assert int("".join(filter(str.isdigit, told))) % 5 == 0
    expect(reader.open(f"{language}/index.html").locator(".reading-time")).to_have_count(0)
    expect(reader.open(f"{language}/glossary/index.html").locator(".reading-time")).to_have_count(0)


def test_the_reader_chooses_light_or_dark_and_it_stays(readers: Callable[..., Any]) -> None:
    with readers(color_scheme="light") as reader:
        page = reader.chapter("en")
        paper = "() => getComputedStyle(document.documentElement).backgroundColor"
        light = page.evaluate(paper)
        page.locator(".theme-switch").click()
        dark = page.evaluate(paper)
        assert dark != light
        page.reload()
        assert page.evaluate(paper) == dark
        page.locator(".theme-switch").click()
        assert page.evaluate(paper) == light


def test_a_theme_chosen_elsewhere_is_taken_over(readers: Callable[..., Any]) -> None:
    with readers(color_scheme="light") as reader:
        page, other = reader.chapter("en"), reader.open("en/index.html")
        other.locator(".theme-switch").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_page_that_comes_back_has_the_theme_chosen_since(reader: Reader) -> None:
    page = reader.chapter("en")
    page.evaluate("() => localStorage.setItem('theme', 'dark')")
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_chosen_theme_stands_before_anything_is_painted(readers: Callable[..., Any]) -> None:
    with readers(color_scheme="light") as reader:
        page = reader.open("en/index.html")
        page.locator(".theme-switch").click()
        seen_by_body = (
            "new MutationObserver((_, seeing) => { if (document.body) {"
            " seeing.disconnect(); self.themeAtBody = document.documentElement.dataset.theme; } })"
            ".observe(document, { childList: true, subtree: true });"
        )
        page.add_init_script(seen_by_body)
        page.reload()
        assert page.evaluate("() => self.themeAtBody") == "dark"


def test_figures_follow_light_and_dark(readers: Callable[..., Any]) -> None:
    with readers(color_scheme="light") as reader:
        panel = reader.panel("en").start()
        mark = panel.part("[data-chart='intervals'] .chart-live svg text").first
        colour = "(one) => getComputedStyle(one).fill"
        light = mark.evaluate(colour)
        panel.page.locator(".theme-switch").click()
        assert mark.evaluate(colour) != light


def test_nothing_moves_when_a_figure_comes_alive(reader: Reader) -> None:
    panel = reader.panel("en")
    charts = panel.part(".simulator-bench .chart").all()
    before = [chart.bounding_box() for chart in charts]
    scroll = panel.page.evaluate("() => scrollY")
    panel.start()
    after = [chart.bounding_box() for chart in charts]
    moved = panel.page.evaluate("() => scrollY") - scroll
    for one, other in zip(before, after, strict=True):
        assert one
        assert other
        assert (one["x"], one["width"], one["height"]) == (
            other["x"],
            other["width"],
            other["height"],
        )
        assert one["y"] == pytest.approx(other["y"] + moved, abs=0.5)


@pytest.mark.parametrize("name", ["nested", "design-effect"])
@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080), (3840, 2160)])
def test_a_panel_fills_a_screen_as_large_as_it_fits(
    size: tuple[int, int], name: str, readers: Callable[..., Any]
) -> None:
    width, height = size
    language = "zh" if width > height * 1.5 else "en"
    with readers(viewport={"width": width, "height": height}) as reader:
        panel = reader.panel(language, name)
        parts = [panel.part(f".simulator-{part}").first for part in ("figure", "verdict", "tries")]
        before = [rect(part)["height"] for part in parts]
        button = panel.part("[data-action=screen]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert rect(panel.whole)["width"] == width
        for part in parts:
            assert 0 <= edges(part)[0] < edges(part)[1] <= height
        if width > 1024:
            assert rect(parts[0])["height"] > 1.25 * before[0]
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        assert [rect(part)["height"] for part in parts] == pytest.approx(before)


def test_a_browser_that_refuses_its_screen_leaves_all_as_it_is(reader: Reader) -> None:
    panel = reader.panel("en")
    panel.page.evaluate(
        "() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no')); }"
    )
    button = panel.part("[data-action='screen']")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert reader.complaints == []


def test_paper_has_the_colours_of_paper_in_the_dark_too(readers: Callable[..., Any]) -> None:
    drawn = []
    for scheme in ("light", "dark"):
        with readers(color_scheme=scheme) as reader:
            page = reader.chapter("en")
            page.emulate_media(media="print", color_scheme=scheme)
            dots = page.locator("#sim-nested .simulator-bench .chart path[fill*='unit-']")
            expect(dots.nth(8)).to_be_attached()
            fills = dots.evaluate_all("(dots) => dots.map((dot) => getComputedStyle(dot).fill)")
            drawn.append(set(fills[:9]))
    assert drawn[0] == drawn[1] != set()


def test_the_chosen_tab_is_seen_in_the_readers_own_colours(readers: Callable[..., Any]) -> None:
    with readers(forced_colors="active") as reader:
        tabs = (
            reader.chapter("en", part="analyse").locator("code-tabs").first.get_by_role("tab").all()
        )
        lines = [tab.evaluate("(tab) => getComputedStyle(tab).borderBottomColor") for tab in tabs]
        assert len(set(lines)) == 2


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (700, 900), (844, 390)])
def test_the_figure_that_stays_hides_nothing_that_has_the_focus(
    readers: Callable[..., Any], width: int, height: int
) -> None:
    with readers(viewport={"width": width, "height": height}, reduced_motion="reduce") as reader:
        panel = reader.panel("en")
        panel.part("[data-action='reset']").focus()
        panel.page.wait_for_timeout(100)
        for _ in range(panel.part("fieldset :is(input, select, button), [data-try]").count()):
            panel.page.keyboard.press("Shift+Tab")
            panel.page.wait_for_timeout(50)  # browsers scroll to what has the focus when they paint
            figure = rect(panel.part(".simulator-figure").first)
            focused = rect(panel.page.locator(":focus"))
            assert focused["y"] >= figure["y"] + figure["height"]

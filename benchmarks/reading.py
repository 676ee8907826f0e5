"""What a reader waits for, measured in a browser on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, Playwright

from benchmarks.server import Served, serving
from scripts.browser import arguments, driver, find

CHAPTER = "en/mixed-models/index.html"
READER = Path(__file__).with_name("reader.js")
MOVES = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """Milliseconds (medians over visits) and bytes as they travel."""

    first_visit: float
    later_visit: float
    slide_median: float
    slide_p95: float
    repeats: float
    bytes_to_read: int
    bytes_to_run: int


@dataclass(frozen=True, slots=True)
class _Visit:
    touch: float
    slides: list[float]
    repeat: float
    read: int
    ran: int


def measure(site: Path, repetitions: int) -> Reading:
    """Visits of new readers, each of whom comes twice."""
    firsts, laters = [], []
    with serving(site) as served, driver() as playwright:
        for _ in range(repetitions):
            with TemporaryDirectory() as profile:
                firsts.append(_visit(playwright, served, Path(profile)))
                laters.append(_visit(playwright, served, Path(profile)))
    visits = firsts + laters
    slides = [one for visit in visits for one in visit.slides]
    return Reading(
        first_visit=median(visit.touch for visit in firsts),
        later_visit=median(visit.touch for visit in laters),
        slide_median=median(slides),
        slide_p95=quantiles(slides, n=20)[-1],
        repeats=median(visit.repeat for visit in visits),
        bytes_to_read=firsts[0].read,
        bytes_to_run=firsts[0].ran,
    )


def _visit(playwright: Playwright, served: Served, profile: Path) -> _Visit:
    served.total()
    with _chapter(playwright, served, profile) as page:
        read = served.total()
        touch = page.evaluate("() => reader.touch()")
        ran = served.total()
        slides = page.evaluate("(times) => reader.slide(times)", MOVES)
        return _Visit(touch, slides, page.evaluate("() => reader.repeat()"), read, ran)


@contextmanager
def _chapter(playwright: Playwright, served: Served, profile: Path) -> Iterator[Page]:
    with playwright.chromium.launch_persistent_context(
        profile,
        executable_path=find(playwright),
        args=arguments(),
    ) as context:
        context.add_init_script(path=READER)
        page = context.new_page()
        page.goto(served.url + CHAPTER, wait_until="networkidle")
        yield page

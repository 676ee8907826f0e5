"""What a reader waits for, measured in a browser on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Page, Playwright

from benchmarks.server import serving
from scripts.browser import arguments, driver, find

CHAPTER = "en/mixed-models/index.html"
READER = Path(__file__).with_name("reader.js")
LOOK = 4000
"""Milliseconds in which a reader looks at her first result before she goes on."""

MOVES = 60
STRAGGLERS = 5000
"""Milliseconds after which a page has asked for everything that it shows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Milliseconds (medians over visits) and bytes as they travel."""

    first_visit: float
    later_visit: float
    from_disk: float
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


def measure(site: Path, repetitions: int) -> Reading:
    """Visits of new readers, each of whom comes twice, and of as many who have the site on disk."""
    firsts, laters, openings = [], [], []
    with TemporaryDirectory() as folder, driver() as playwright:
        copy = shutil.copytree(site, Path(folder) / "site")
        read, run = _bytes(playwright, site)
        for _ in range(repetitions):
            with serving(site) as served, TemporaryDirectory() as profile:
                firsts.append(_visit(playwright, served.url, Path(profile)))
                laters.append(_visit(playwright, served.url, Path(profile)))
            openings.append(_opening(playwright, copy))
    visits = firsts + laters
    slides = [one for visit in visits for one in visit.slides]
    return Reading(
        first_visit=median(visit.touch for visit in firsts),
        later_visit=median(visit.touch for visit in laters),
        from_disk=median(openings),
        slide_median=median(slides),
        slide_p95=quantiles(slides, n=20)[-1],
        repeats=median(visit.repeat for visit in visits),
        bytes_to_read=read,
        bytes_to_run=run,
    )


def _bytes(playwright: Playwright, site: Path) -> tuple[int, int]:
    """What a new reader is sent to read and, beyond that, to run a simulator.

    Without the service worker, which fetches what it keeps at a time of its own. With the fonts and
    the icon, for which a busy browser asks only when the network has been idle for a while.
    """
    with (
        serving(site) as served,
        TemporaryDirectory() as profile,
        _browser(playwright, Path(profile), service_workers="block") as page,
    ):
        page.goto(served.url + CHAPTER, wait_until="networkidle")
        page.wait_for_timeout(STRAGGLERS)
        read = served.total()
        page.evaluate("() => reader.touch()")
        return read, served.total()


def _visit(playwright: Playwright, url: str, profile: Path) -> _Visit:
    with _browser(playwright, profile) as page:
        page.goto(url + CHAPTER, wait_until="networkidle")
        touch = page.evaluate("() => reader.touch()")
        page.wait_for_timeout(LOOK)
        slides = page.evaluate("(times) => reader.slide(times)", MOVES)
        return _Visit(touch, slides, page.evaluate("() => reader.repeat()"))


def _opening(playwright: Playwright, folder: Path) -> float:
    """From double-click to the first live result, in a browser that runs already."""
    with TemporaryDirectory() as profile, _browser(playwright, Path(profile)) as page:
        page.goto((folder / CHAPTER).as_uri(), wait_until="domcontentloaded")
        milliseconds: float = page.evaluate("() => reader.arrive()")
        return milliseconds


@contextmanager
def _browser(
    playwright: Playwright, profile: Path, service_workers: Literal["allow", "block"] = "allow"
) -> Iterator[Page]:
    """A new page in a browser that knows what earlier visits left in its profile."""
    with playwright.chromium.launch_persistent_context(
        profile,
        executable_path=find(playwright),
        args=arguments(),
        service_workers=service_workers,
    ) as context:
        context.add_init_script(path=READER)
        yield context.new_page()

"""The engines of browsers, each driven by what it brings along itself, and the site before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.engines import drivers
from tests.engines.drivers import Driver

ENGINES: dict[str, tuple[Callable[[Path], AbstractContextManager[Driver]], tuple[str, ...]]] = {
    "firefox": (drivers.firefox, (drivers.FIREFOX,)),
    "webkit": (drivers.webkit, (drivers.WEBKIT, drivers.XVFB)),
}


@pytest.fixture(scope="module")
def site(site: Path) -> Path:
    """The folder that the domain's root holds."""
    return site / "the-honest-n"


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Driver]:
    start, programs = ENGINES[request.param]
    if reason := drivers.missing(*programs):
        pytest.skip(reason)
    with start(tmp_path_factory.mktemp(request.param)) as driver:
        yield driver


@pytest.fixture(scope="module", params=[*ENGINES, "chromium"])
def any_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Driver]:
    """Those, and the one that all other tests of browsers drive."""
    if request.param == "chromium":
        with request.getfixturevalue("chromium").new_context() as context:
            yield drivers.Chromium(context.new_page())
        return
    start, programs = ENGINES[request.param]
    if reason := drivers.missing(*programs):
        pytest.skip(reason)
    with start(tmp_path_factory.mktemp(request.param)) as driver:
        yield driver

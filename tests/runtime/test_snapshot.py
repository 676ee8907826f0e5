"""A Python that was started at one visit and goes on at the next."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.runtime.conftest import Server
from tests.runtime.test_worker import act
from widgets import simulators

pytestmark = pytest.mark.browser

STDLIB = "/runtime/python_stdlib.zip.bin"
FIRST = {"call": "simulate", "widget": "nested", "values": {"sd_between": 2}}
EVERY = [
    {"call": "simulate", "widget": name, "values": values}
    for name in simulators.names()
    for values in ({}, {"seed": 7})
] + [{"call": "repeat", "widget": "nested", "values": {}, "count": 50}]


LONG = 4000
"""Milliseconds in which Python would be kept, if it were."""


def visit(page: Page, *requests: dict[str, Any], stay: float | bool = 0) -> list[dict[str, Any]]:
    told = act(page, "visit", {"requests": requests, "stay": stay})
    assert "value" in told, told
    replies: list[dict[str, Any]] = told["value"]
    return replies


def cell(code: str) -> dict[str, Any]:
    return {"call": "run", "code": code, "data": {}}


def goes_on(page: Page, site: Server) -> bool:
    """Whether a visit finds Python where the last one left it: it then answers without modules."""
    site.missing.add(STDLIB)
    told = act(page, "visit", {"requests": [FIRST], "stay": 0})
    site.missing.clear()
    return "value" in told and "value" in told["value"][0]


@pytest.fixture
def returning(page: Page) -> Page:
    """The page of a reader who has used a simulator, and looked at it."""
    visit(page, FIRST, stay=True)
    return page


def test_the_second_visit_goes_on_where_the_first_one_was(page: Page, site: Server) -> None:
    assert not goes_on(page, site)
    visit(page, FIRST, stay=True)
    assert goes_on(page, site)


def test_it_gives_the_very_numbers_of_a_python_that_was_started(page: Page, site: Server) -> None:
    started = visit(page, *EVERY, stay=True)
    assert goes_on(page, site)
    assert visit(page, *EVERY) == started


def test_everything_else_works_as_soon_as_the_modules_are_there(returning: Page) -> None:
    counted, simulated, printed = visit(
        returning,
        {"call": "repeat", "widget": "nested", "values": {}, "count": 10},
        FIRST,
        cell("import csv, statistics; print(statistics.median([1, 2, 9]))"),
    )
    assert counted["value"]["done"] == 10
    assert simulated["value"]["readouts"]
    assert printed["value"] == {"printed": "2\n", "problem": ""}


def test_unseeded_random_numbers_are_new_at_every_visit(returning: Page) -> None:
    throw = cell("import random, numpy; print(random.random(), numpy.random.rand())")
    drawn = [visit(returning, throw)[0]["value"]["printed"].split() for _ in range(2)]
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


def test_what_a_reader_has_run_herself_is_not_kept(page: Page, site: Server) -> None:
    visit(page, FIRST, cell("import numpy; numpy.pi = 3"), stay=LONG)
    assert act(page, "label") == {"value": None}
    assert not goes_on(page, site)


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"byte": -5_000_000}, id="a byte has changed"),
        pytest.param({"words": ["runtime/", "runtimf/"]}, id="another build's"),
        pytest.param({"words": ["Chrome/", "Chrone/"]}, id="another browser's"),
        pytest.param({"words": ["[", "("]}, id="no label at all"),
    ],
)
def test_what_is_not_true_is_not_used_and_is_replaced(
    returning: Page, site: Server, spoilt: dict[str, Any]
) -> None:
    assert act(returning, "spoil", spoilt) == {"value": None}
    assert not goes_on(returning, site)
    visit(returning, FIRST, stay=True)
    assert goes_on(returning, site)


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(["estimate", "estimote"], id="it answers something else"),
        pytest.param(['"symbols":"', '"symbals":"'], id="a symbol has moved"),
    ],
)
def test_one_that_does_not_come_to_life_is_not_tried_again(
    returning: Page, site: Server, moved: list[str]
) -> None:
    assert act(returning, "spoil", {"words": moved}) == {"value": None}
    assert "value" in visit(returning, FIRST, stay=LONG)[0]
    assert "refused" in act(returning, "label")["value"]
    assert not goes_on(returning, site)


def test_while_another_page_reads_it_one_that_does_not_come_to_life_is_passed_over(
    returning: Page,
) -> None:
    assert act(returning, "spoil", {"words": ["estimate", "estimote"]}) == {"value": None}
    assert act(returning, "read") == {"value": None}
    assert "value" in visit(returning, FIRST)[0]


def test_modules_that_do_not_come_are_a_failure_of_their_own(returning: Page, site: Server) -> None:
    site.missing.add(STDLIB)
    simulated, printed = visit(returning, FIRST, cell("print(1)"))
    assert "value" in simulated
    assert printed["reason"] == "http"


def test_where_nothing_can_be_kept_python_starts_all_the_same(
    chromium: Browser, site: Server
) -> None:
    """A page that is not secure has no storage to give, as a private window may have none."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(site.url.replace("127.0.0.1", "0.0.0.0"))  # noqa: S104  an address that no browser trusts
        assert page.evaluate("() => isSecureContext") is False
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        assert "value" in visit(page, FIRST, stay=LONG)[0]
        assert said == [], "nothing is tried in vain"

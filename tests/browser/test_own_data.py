"""A reader's own tables in the page: dropped, asked about, analysed, taken away and forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PATIENCE = 60_000
FILES = Path(__file__).parents[1] / "own_data" / "files"

ROLES = ("treatment", "unit", "subunit", "block", "response")
KINDS = (
    "plain.csv",
    "spine_density_de.csv",
    "ambiguous_1234.txt",
    "quoted_notes.csv",
    "unicode_text_within.txt",
    "wide_paired.csv",
    "prism_two_headers.csv",
    "plate.xlsx",
    "nested.pzfx",
    "nested.prism",
    "export.xls",
    "reused_labels.csv",
    "one_per_arm.csv",
    "genotypes_formulas.csv",
    "cut_off.csv",
)
"""One file of each kind, of which the others differ by what Node tests."""

REFUSED = ("photo.csv", "letter.csv", "empty.csv", "one_column.csv")

READ = """(root) => Object.fromEntries([...root.querySelectorAll("[data-readout]")].map(
  (one) => [one.dataset.readout, one.dataset.value === "" ? null : Number(one.dataset.value)]))"""


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FILES / f"{name}.expect.json").read_text("utf-8"))
    return found


def settled(page: Page) -> str:
    """The state once nothing is computed any more."""
    page.wait_for_function(
        "() => /ready|asking|failed/.test(document.querySelector('own-data').dataset.state)",
        timeout=PATIENCE,
    )
    return str(page.locator("own-data").get_attribute("data-state"))


def give(page: Page, name: str) -> str:
    page.locator("input[name=file]").set_input_files(FILES / name)
    return settled(page)


def numbers(page: Page) -> dict[str, float | None]:
    found: dict[str, float | None] = page.locator("own-data").evaluate(READ)
    return found


def assign(page: Page, name: str) -> None:
    """Choose the roles that a file is to be read with."""
    told = expected(name)
    if not isinstance(told["roles"], dict):
        return
    for role in ROLES:
        if role in told.get("roles_of_page", ()):
            continue
        column = told["roles"][role]
        select = page.locator(f"select[name={role}]")
        if isinstance(column, list):
            column = select.locator(f"option:text-matches('^{column[0]}.+')").first.inner_text()
        select.select_option(value=column or "")
        settled(page)


def answer(page: Page, name: str, answers: dict[str, str]) -> None:
    allowed = {**{k: v[0] for k, v in expected(name).get("may_ask", {}).items()}, **answers}
    while settled(page) == "asking":
        asked = page.locator("fieldset[data-question]:not(:has(input:checked))").first
        question = str(asked.get_attribute("data-question"))
        page.locator(f"[data-question={question}] input[value={allowed[question]}]").check()


def check(page: Page, name: str) -> None:
    case = expected(name)["cases"][0]
    assert give(page, name) != "failed", name
    answer(page, name, case["answers"])
    assign(page, name)
    answer(page, name, case["answers"])
    got, wanted = numbers(page), dict(case["numbers"])
    tolerance = wanted.pop("tolerance", 1e-4)
    assert all(got[one] is None for one in wanted.pop("absent", ())), name
    for readout, value in wanted.items():
        choices = value["any_of"] if isinstance(value, dict) else [value]
        if readout in ("mixed.low", "mixed.high"):
            continue  # either arm may be the reference; Node's test compares them
        have = got[readout]
        assert any(
            have == one
            or (
                None not in (have, one) and abs(have or 0) == pytest.approx(abs(one), rel=tolerance)
            )
            for one in choices
        ), (name, readout, have, choices)


def test_every_kind_of_file_gives_the_numbers_of_r_and_a_bad_one_leaves_them(
    readers: Callable[..., Any],
) -> None:
    with readers() as reader:
        page = reader.open("en/your-data/index.html")
        for name in KINDS:
            check(page, name)
            before = len(reader.requests)
        assert page.evaluate("() => globalThis.__xss") is None
        check(page, "plain.csv")
        shown = numbers(page)
        reader.context.set_offline(True)
        before = len(reader.requests)
        for name in REFUSED:
            assert give(page, name) == "failed", name
            said = page.locator(".own-error p").inner_text()
            assert len(said) > 20, name
            assert numbers(page) == shown, name
        check(page, "plain.csv")
        assert all(url.startswith("blob:") for url in reader.requests[before:])


def test_a_table_is_pasted_taken_away_and_forgotten(reader: Any) -> None:  # noqa: ANN401
    page = reader.open("zh/your-data/index.html")
    text = (FILES / "plain.csv").read_text("utf-8")
    page.locator("textarea[name=paste]").fill(text)
    expect(page.locator(".own-read")).to_contain_text("71", timeout=PATIENCE)
    assert settled(page) == "ready"
    assert numbers(page)["mixed.p"] == pytest.approx(0.0068793072751, rel=1e-4)
    for action, begins in {
        "csv": b"\xef\xbb\xbfMouse",
        "results-csv": b"\xef\xbb\xbfnumber",
        "r-script": b"#",
        "python-script": b"#",
        "svg": b"<svg",
        "png": b"\x89PNG",
    }.items():
        with page.expect_download() as download:
            page.locator(f"[data-action={action}]").click()
        assert Path(download.value.path()).read_bytes().startswith(begins), action
    page.locator("[data-action=methods]").click()
    said = page.locator(".own-paragraphs").inner_text()
    assert "Kenward–Roger" in said
    assert "Kenward and Roger" in said
    assert "{" not in said
    page.locator("[data-action=forget]").click()
    expect(page.locator(".own-read")).to_contain_text("mice.csv")
    assert settled(page) == "ready"
    assert "mouse 1" not in page.content()
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_a_unit_that_is_unticked_is_left_out_and_comes_back(reader: Any) -> None:  # noqa: ANN401
    page = reader.open("en/your-data/index.html")
    assert give(page, "plain.csv") == "ready"
    whole = numbers(page)
    page.locator(".own-units summary").click()
    page.locator("input[name=unit-in][value='mouse 1']").uncheck()
    settled(page)
    assert numbers(page)["n_units"] == 7
    assert "mouse 1" in page.locator(".own-remarks").inner_text()
    page.locator("input[name=unit-in][value='mouse 1']").check()
    settled(page)
    assert numbers(page) == whole

"""Sentences with places for numbers."""

from __future__ import annotations

from generator.simulators.sentence import Place, Written, marked_up, places, plain, stray_braces
from widgets.notation import NO_BREAK

NUMBERS = {"ols.p": Written(".034", f"={NO_BREAK}.034"), "n_mice": Written("6")}


def test_a_place_takes_the_number_as_people_read_it() -> None:
    assert plain("{n_mice} mice", NUMBERS) == "6 mice"


def test_a_place_with_a_sign_takes_the_number_with_its_relation() -> None:
    assert plain("p {=ols.p}", NUMBERS) == f"p{NO_BREAK}={NO_BREAK}.034"


def test_no_line_ends_beside_a_sign_of_relation() -> None:
    assert plain("so p < .05 at {n_mice}", NUMBERS) == f"so p{NO_BREAK}<{NO_BREAK}.05 at 6"


def test_asterisks_are_stress() -> None:
    assert marked_up("so **p {=ols.p}**.", NUMBERS) == (
        f"so <strong>p{NO_BREAK}={NO_BREAK}.034</strong>."
    )


def test_stress_is_left_out_of_plain_text() -> None:
    assert plain("so **p {=ols.p}**.", NUMBERS) == f"so p{NO_BREAK}={NO_BREAK}.034."


def test_numbers_cannot_smuggle_markup() -> None:
    assert marked_up("{x}", {"x": Written("< .0001 & <b>")}) == "&lt; .0001 &amp; &lt;b&gt;"


def test_places_are_found_in_reading_order() -> None:
    assert places("{n_mice}, {=ols.p}") == (
        Place("n_mice", relation=False),
        Place("ols.p", relation=True),
    )


def test_a_lonely_brace_is_noticed() -> None:
    assert stray_braces("{n_mice mice")
    assert not stray_braces("{n_mice} mice")


def test_an_interval_that_there_is_not_is_one_dash() -> None:
    numbers = {"a": Written("—"), "b": Written("—", "= —"), "c": Written("1")}
    assert plain("from {a} to {b}.", numbers) == "from —."
    assert plain("{a}至{b}，{c}", numbers) == "—，1"
    assert plain("{a} to {c}", numbers) == "— to 1"

"""Steps of a series that cannot be gone."""

from __future__ import annotations

from generator.catalog.series import Series, Step, mistakes


def told(*steps: Step) -> list[str]:
    every = (Series(steps, "site.toml", 3),)
    return [str(mistake) for mistake in mistakes(every, frozenset({"hares", "lynx"}))]


def test_pages_and_places_elsewhere_may_follow_each_other() -> None:
    away = Step(url="https://a.example/", titles={"en": "Away"})
    assert told(Step("hares"), away, Step("lynx"), away) == []


def test_a_step_that_is_no_page_is_a_mistake() -> None:
    problem = "the series has a step 'hare', which is no page; did you mean 'hares'?"
    assert told(Step("hare")) == [f"site.toml:3: {problem}"]


def test_a_page_is_a_step_once() -> None:
    problem = "the page 'lynx' is a step twice; keep one of the two"
    assert told(Step("lynx"), Step("lynx")) == [f"site.toml:3: {problem}"]

"""A panel's title follows from the place where the panel stands."""

from __future__ import annotations

import pytest

from generator.rendering.resolve import _below

PANEL = '<sim-widget><h3 id="a">Mice</h3><h4>Try</h4><pre>&lt;h3&gt;</pre></sim-widget>'


@pytest.mark.parametrize("level", [1, 2, 3])
def test_it_is_one_below_the_heading_above_it(level: int) -> None:
    html = _below(level, PANEL)
    assert f'<h{level + 1} id="a">Mice</h{level + 1}>' in html
    assert f"<h{level + 2}>Try</h{level + 2}>" in html
    assert "<pre>&lt;h3&gt;</pre>" in html

"""Text in charts is as wide on a machine without fonts as on one with many."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXPECTED = {"混合模型": 400, "小鼠平均": 400, "「甲」，": 400, "カナ": 200, "한글": 200, "σ²₁": 136}
"""Widths at 100 px: Han, kana, Hangul and full-width marks are one em; Liberation Sans has σ and ²,
0.618 and 0.333 em; a small digit is 0.4 em."""

MEASURE = """
import json, os, re, sys
from generator.simulators import charts

def width(text):
    mark = {"text": text, "x": 0, "y": 10, "font": charts.MEASURED_FONT, "fontSize": 100}
    entered = {name: {"value": value} for name, value in mark.items()}
    spec = {
        "padding": 0,
        "autosize": {"type": "pad", "resize": True},
        "data": [],
        "marks": [{"type": "text", "encode": {"enter": entered}}],
    }
    drawn = charts.first_frame(charts.Chart("one", "one", spec, {"wide": (10, 10)}), "wide", {})
    return round(float(re.search(r'width="([0-9.]+)"', drawn)[1]))

widths = {text: width(text) for text in sys.argv[1:]}
print(json.dumps([widths, os.environ.get("FONTCONFIG_FILE")]))
"""


def measured(*before: str, **variables: str) -> tuple[dict[str, int], str | None]:
    """Widths in pixels as another process measures them, and the variable as it leaves it."""
    command = [*before, sys.executable, "-c", MEASURE, *EXPECTED]
    told = subprocess.run(
        command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=True
    )
    widths, variable = json.loads(told.stdout)
    return widths, variable


def test_with_the_fonts_of_this_machine() -> None:
    assert measured()[0] == EXPECTED


def test_with_settings_that_name_no_font_which_later_programs_still_see(tmp_path: Path) -> None:
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", encoding="utf-8")
    assert measured(FONTCONFIG_FILE=str(settings)) == (EXPECTED, str(settings))


def test_without_any_font_on_the_machine() -> None:
    hide = "mount -t tmpfs none /usr/share/fonts && mount -t tmpfs none /etc/fonts"
    hidden = ("unshare", "--mount", "bash", "-c", f'{hide} && exec "$@"', "hidden")
    if not shutil.which("unshare") or subprocess.run([*hidden, "true"], check=False).returncode:
        pytest.skip("folders of this machine cannot be hidden from one process")
    assert measured(*hidden)[0] == EXPECTED

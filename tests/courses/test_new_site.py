"""What a new author types first ends in a site without faults, of which every word is hers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from generator.project import PROJECT
from tests.courses.lotka import run
from tests.courses.test_lotka import FIRST


def test_a_new_site_with_a_new_page_and_simulator_is_built_without_faults(tmp_path: Path) -> None:
    course = tmp_path / "tides"
    command = [sys.executable, str(PROJECT / "build.py")]
    begun = subprocess.run(
        [*command, "new", "site", str(course), "--languages", "en,ja"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert begun.returncode == 0, begun.stderr
    for kind, name in (("page", "moon"), ("simulator", "spring-tide")):
        made = run(course, "new", kind, name)
        assert made.returncode == 0, made.stderr
    for language in ("en", "ja"):
        with (course / "content" / language / "moon.md").open("a") as page:
            page.write("\n:::{simulator} spring-tide\n:::\n")
    done = run(course, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no faults" in done.stdout
    for language, tag in (("en", "en"), ("ja", "ja")):
        html = (course / "site" / language / "moon" / "index.html").read_text()
        assert f'<html lang="{tag}"' in html
        assert re.search(r'<sim-widget[^>]* id="sim-spring-tide"', html)
        assert FIRST.findall(re.sub(r"\s+", " ", html)) == []

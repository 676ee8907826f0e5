"""Print what the site costs its readers and its authors: ``make bench``.

Nothing here passes or fails: times depend on the machine. The column ``aim`` is what the project
set itself on a machine of two cores.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import builds, reading, synthetic

ROOT = Path(__file__).resolve().parent.parent
SIZES = (200, 2000)
AIMS = {200: builds.Seconds(3.0, 0.3, 0.5)}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    value: str
    aim: str = ""


def main() -> int:
    """Exit status after printing the table."""
    asked = _arguments()
    subprocess.run([sys.executable, str(ROOT / "build.py")], check=True, capture_output=True)
    print(f"{'':50}{'measured':>12}{'aim':>12}")
    for measured in (_reading, _real_builds, _synthetic_builds):
        for row in measured(asked.repetitions):
            print(f"{row.what:50}{row.value:>12}{row.aim:>12}", flush=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5, help="runs that a median is taken of")
    return parser.parse_args()


def _reading(repetitions: int) -> Iterator[Row]:
    found = reading.measure(ROOT / "site", repetitions)
    yield Row("first touch to first live result, first visit", _s(found.first_visit), "2.0 s")
    yield Row("first touch to first live result, later visit", _s(found.later_visit), "0.9 s")
    yield Row("opened from disk to first live result", _s(found.from_disk), "3.0 s")
    yield Row("slider to painted, median", f"{found.slide_median:.0f} ms")
    yield Row("slider to painted, 95th percentile", f"{found.slide_p95:.0f} ms", "60 ms")
    yield Row("1,000 repeats in the browser", f"{found.repeats:.0f} ms", "1000 ms")
    yield Row("bytes to read the chapter (gzip)", _kb(found.bytes_to_read), "250 kB")
    yield Row("bytes to run a simulator (gzip)", _kb(found.bytes_to_run), "7,000 kB")


def _real_builds(repetitions: int) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        content, page = ROOT / "content", "en/mixed-models.md"
        seconds = builds.measure(content, page, Path(folder), repetitions)
    yield from _build_rows("the site", seconds, None)


def _synthetic_builds(repetitions: int) -> Iterator[Row]:
    for pages in SIZES:
        with TemporaryDirectory() as folder:
            content = Path(folder) / "made"
            synthetic.make(content, pages)
            times = max(1, repetitions * SIZES[0] // pages)
            place = Path(folder) / "build"
            seconds = builds.measure(content, "en/page-0007.md", place, times)
        yield from _build_rows(f"{pages:,} pages", seconds, AIMS.get(pages))


def _build_rows(what: str, seconds: builds.Seconds, aim: builds.Seconds | None) -> Iterator[Row]:
    names = ("cold", "unchanged", "one_page")
    for name in names:
        wanted = f"{getattr(aim, name):.1f} s" if aim else ""
        label = f"build of {what}, {name.replace('_', ' ')}"
        yield Row(label, f"{getattr(seconds, name):.2f} s", wanted)


def _s(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.2f} s"


def _kb(size: int) -> str:
    return f"{size / 1000:,.0f} kB"


if __name__ == "__main__":
    sys.exit(main())

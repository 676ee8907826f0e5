"""What lets a site be read offline, as the build makes it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageColor

from generator.assets import icons
from generator.assets.assets import Assets, archive_folder, archive_name
from generator.assets.pictures import plain_preview
from generator.errors import SetupError
from generator.offline.archive import archive, chosen
from generator.offline.checksums import checksums
from generator.offline.export import export
from generator.offline.service_worker import precache, service_worker

ARCHIVE = archive_name("some-course")
FOLDER = archive_folder(ARCHIVE)
SIGN = """\
<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="8px" height="8">
<g transform="scale(2)"><path fill="#2f7fd0" d="M0 0H2V4H0z"/></g>
<ellipse fill="#d8731c" cx="6" cy="4" rx="2" ry="4"/>
</svg>
"""
ASSETS = Assets(
    pictures={"en": "assets/preview.png"},
    runtime={
        "disk": "assets/disk.js",
        "models": "assets/models.zip",
        "runtime": "runtime/1a",
        "vega": "assets/vega.js",
        "worker": "assets/worker.js",
    },
)
FILES = (
    *("en/index.html", "assets/disk.js", "assets/models.zip", "assets/preview.png"),
    *("assets/vega.js", "assets/worker.js", "python/lmm.whl", "robots.txt"),
    "runtime/1a/python.wasm",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in FILES:
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{path} 讀" * 50, encoding="utf-8")
    return tmp_path / "site"


def known(site: Path) -> dict[str, str]:
    return dict(checksums(site, FILES, site.parent / "sums.json"))


def test_browsers_keep_pages_for_all_and_the_runtime_for_those_who_use_it(site: Path) -> None:
    cached = precache(known(site), ASSETS)
    assert set(cached.text) == {"en/index.html"}
    assert set(cached.live) == {
        *("assets/models.zip", "assets/vega.js", "assets/worker.js", "runtime/1a/python.wasm")
    }


def test_another_page_makes_another_service_worker(site: Path, tmp_path: Path) -> None:
    script = tmp_path / "service-worker.js"
    script.write_text("start();")
    before = service_worker(script, precache(known(site), ASSETS))
    assert service_worker(script, precache(known(site), ASSETS)) == before
    (site / "en/index.html").write_text("other")
    after = service_worker(script, precache(known(site), ASSETS))
    ids = [json.loads(text.split(b"=", 1)[1].split(b";\n")[0])["id"] for text in (before, after)]
    assert ids[0] != ids[1]


def test_a_sum_that_is_remembered_is_forgotten_when_the_file_changes(site: Path) -> None:
    before = known(site)
    (site / "robots.txt").write_text("x")
    after = known(site)
    assert [path for path in FILES if before[path] != after[path]] == ["robots.txt"]


def test_the_archive_holds_what_is_of_use_from_disk(site: Path, tmp_path: Path) -> None:
    packed = archive(site, chosen(known(site), ASSETS), tmp_path / "cache", FOLDER, "")
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        names = [name.removeprefix("some-course/") for name in opened.namelist()]
        text = opened.read("some-course/en/index.html").decode()
    assert names == sorted(set(FILES) - {*FILES[2:3], "assets/worker.js", FILES[-1]})
    assert text == (site / "en/index.html").read_text(encoding="utf-8")


def test_equal_sites_make_equal_archives(site: Path, tmp_path: Path) -> None:
    files = chosen(known(site), ASSETS)
    first = archive(site, files, tmp_path / "one", FOLDER, "")
    for path in FILES:
        (site / path).touch()
    assert archive(site, files, tmp_path / "two", FOLDER, "") == first


def test_a_site_without_an_archive_cannot_be_exported(site: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="only a site with simulators"):
        export(site, tmp_path / "dist", ARCHIVE)
    (site / ARCHIVE).write_bytes(b"PK")
    assert [path.read_bytes() for path in export(site, tmp_path / "dist", ARCHIVE)] == [b"PK"]


@pytest.mark.parametrize("name", icons.SIZES)
def test_any_svg_becomes_a_square_icon_on_paper(name: str) -> None:
    side, share = icons.SIZES[name]
    with Image.open(io.BytesIO(icons.icon(SIGN, side, share))) as image:
        assert image.size == (side, side)
        picture = image.convert("RGB")
    edge = (1 - share) / 2
    there = {
        (edge / 2, 0.5): icons.PAPER,
        (edge + share * 0.25, 0.5): "#2f7fd0",
        (edge + share * 0.75, 0.5): "#d8731c",
        (edge + share * 0.98, edge + share * 0.02): icons.PAPER,
    }
    for (x, y), colour in there.items():
        assert picture.getpixel((int(x * side), int(y * side))) == ImageColor.getrgb(colour), (x, y)


@pytest.mark.parametrize("title", ["A short name", "正直"])
def test_a_plain_preview_shows_the_icon_and_a_latin_name(title: str) -> None:
    with Image.open(io.BytesIO(plain_preview(title, SIGN))) as image:
        assert image.size == (1200, 630)
        below = {colour for _, colour in image.crop((0, 540, 1200, 630)).getcolors(9999) or []}
        name = {colour for _, colour in image.crop((0, 440, 1200, 540)).getcolors(9999) or []}
    assert below == {ImageColor.getrgb(icons.PAPER)}
    assert (ImageColor.getrgb("#14161f") in name) is title.isascii()

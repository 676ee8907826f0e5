"""Golden sites: ``golden/<case>/content`` goes in, ``golden/<case>/site`` has to come out.

A case that holds mistakes has ``mistakes.txt`` instead of a site. ``templates`` serves all cases,
so that the look of the real site can change without touching them. Accept what now comes out by
``python -m tests.generator.accept``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.assets import Assets
from generator.building.build import Report, build
from generator.errors import MistakeError
from generator.options import Options

if TYPE_CHECKING:
    from generator.catalog.site import Site
    from generator.files.parts import PartCache

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = GOLDEN / "templates"
GIVEN = ("content/", "widgets/")
CASES = sorted(folder.parent for folder in GOLDEN.glob("*/content"))


def plain_assets(options: Options, parts: PartCache, site: Site, *, runtime: bool) -> Assets:
    """Assets that need neither Node nor numpy."""
    del options, parts, site, runtime
    names = ("first", "icon", "moved", "root", "site", "style")
    linked = {name: f"assets/{name}" for name in names}
    return Assets(
        linked=linked,
        inlined={"not-found": "start();", "not-found-style": "p { margin: 0; }"},
        pictures={"zh": "assets/preview.png", "en": "assets/preview.png"},
        files={path: path.encode() for path in (*linked.values(), "assets/preview.png")},
    )


def options(content: Path, scratch: Path, url: str | None = None) -> Options:
    return Options(content, scratch / "site", TEMPLATES, scratch / "cache", url)


def make(given: Options) -> Report:
    return build(given, plain_assets)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def outcome(case: Path, scratch: Path) -> dict[str, bytes]:
    """What comes of a case."""
    given = options(case / "content", scratch)
    try:
        make(given)
    except MistakeError as error:
        return {"mistakes.txt": f"{error}\n".encode()}
    return {f"site/{path}": content for path, content in contents(given.output).items()}


def expected(case: Path) -> dict[str, bytes]:
    """What has to come of it."""
    return {path: content for path, content in contents(case).items() if not path.startswith(GIVEN)}


def accept(scratch: Path) -> None:
    """Write what now comes of every case."""
    for case in CASES:
        made = outcome(case, scratch / case.name)
        shutil.rmtree(case / "site", ignore_errors=True)
        (case / "mistakes.txt").unlink(missing_ok=True)
        for path, content in made.items():
            file = case / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

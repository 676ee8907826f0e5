"""The command line: arguments -> one call -> exit status."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.building.build import build
from generator.errors import MistakeError, SetupError, error
from generator.options import Options
from generator.project import PROJECT, shown

ALLOCATIONS = 200_000
"""Between two searches for garbage: most of what a build makes lives to its end."""

ENVIRONMENT = "`make site` makes an environment; `source .venv/bin/activate` enters it."


def run(arguments: Sequence[str]) -> int:
    """Exit status after doing what the arguments ask for."""
    asked = _parser().parse_args(arguments)
    options = Options(
        content=asked.content.resolve(),
        output=asked.output.resolve(),
        templates=asked.templates.resolve(),
        cache=asked.cache.resolve(),
        url=asked.url,
        writing=asked.writing,
    )
    try:
        options.refuse_wrong_folders()
        return _COMMANDS[asked.command or "build"](options, asked)
    except (MistakeError, SetupError) as cause:
        sys.stderr.write(f"{cause}\n")
        return 1
    except ModuleNotFoundError as cause:
        if sys.prefix != sys.base_prefix:
            raise
        sys.stderr.write(f"This Python has no {cause.name}. {ENVIRONMENT}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Make the site.")
    default = Options()
    folders = {
        "content": "texts of the site",
        "output": "where the site goes",
        "templates": "templates of its pages",
        "cache": "what is kept between builds",
    }
    for name, purpose in folders.items():
        parser.add_argument(
            f"--{name}",
            type=Path,
            default=getattr(default, name),
            metavar="FOLDER",
            help=f"{purpose} (%(default)s)",
        )
    parser.add_argument("--url", help="address the site will have, instead of the one in site.toml")
    told = "build drafts too, and every page without mistakes though others have some"
    parser.add_argument("--writing", action="store_true", help=told)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("build", help="make the site; the default")
    dist = commands.add_parser("dist", help="build, and export archive and single-file pages")
    dist.add_argument("--to", type=Path, default=PROJECT / "dist", help="where (%(default)s)")
    serving = commands.add_parser("serve", help="build, show, and build again on every change")
    serving.add_argument("--port", type=int, default=8000, help="where to listen (%(default)s)")
    serving.add_argument("--host", default="127.0.0.1", help="whom to listen to (%(default)s)")
    checking = commands.add_parser("check", help="build, then look for faults in the site")
    checking.add_argument("--external", action="store_true", help="ask other sites as well")
    new = commands.add_parser("new", help="write a page, a simulator or a site, to begin with")
    new.add_argument("kind", choices=("page", "simulator", "site"))
    new.add_argument("name", metavar="NAME", help="with a-z, 0-9 and -; of a site, its folder")
    new.add_argument("--languages", default="en", help="of a site, such as en,ja (%(default)s)")
    new.add_argument(
        "--title",
        action="append",
        default=[],
        metavar="LANGUAGE=TEXT",
        help='once for each language: --title en="…"',
    )
    commands.add_parser("clean", help="remove the site, and what its builds keep")
    return parser


def _build(options: Options, _asked: argparse.Namespace) -> int:
    gc.set_threshold(ALLOCATIONS)
    started = time.perf_counter()
    report = build(options)
    seconds = time.perf_counter() - started
    sys.stdout.write(f"{shown(options.output)}: {report} ({seconds:.2f} s)\n")
    sys.stderr.write("".join(f"{mistake}\n" for mistake in report.mistakes))
    return 1 if report.mistakes else 0


def _dist(options: Options, asked: argparse.Namespace) -> int:
    from generator.assets.assets import archive_name  # noqa: PLC0415
    from generator.catalog.builder import settings  # noqa: PLC0415
    from generator.offline.export import export  # noqa: PLC0415

    status = _build(options, asked)
    archive = archive_name(settings(options).slug)
    for made in export(options.output, asked.to.resolve(), archive):
        sys.stdout.write(f"{shown(made)}: {made.stat().st_size / 1e6:.1f} MB\n")
    return status


def _serve(options: Options, asked: argparse.Namespace) -> int:
    from generator.serving.watching import serve  # noqa: PLC0415

    serve(options, asked.host, asked.port)
    return 0


def _check(options: Options, asked: argparse.Namespace) -> int:
    from generator.authoring.modules import use_simulators  # noqa: PLC0415
    from generator.catalog.builder import settings  # noqa: PLC0415
    from generator.checking.check import faults  # noqa: PLC0415
    from generator.checking.unpublished import unpublished  # noqa: PLC0415

    build(options)
    use_simulators(options.simulators)
    site = settings(options)
    for note in unpublished(options.content, options.output, icon=site.icon):
        sys.stdout.write(f"{note}\n")
    names = [title.name for title in site.titles.values()]
    found = faults(options.output, names, elsewhere=asked.external)
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{shown(options.output)}: {len(found) or 'no'} faults\n")
    return 1 if found else 0


def _new(options: Options, asked: argparse.Namespace) -> int:
    from generator.scaffold import scaffold  # noqa: PLC0415

    if asked.kind == "site":
        return _new_site(asked)
    from generator.catalog.builder import settings  # noqa: PLC0415

    folders = settings(options).languages.folders
    titles = _titles(asked.title, folders)
    if asked.kind == "page":
        files = scaffold.page(asked.name, options.content, folders, titles)
    else:
        files = scaffold.simulator(asked.name, options.content, options.simulators, folders, titles)
    sys.stdout.write("".join(f"{shown(file)}\n" for file in files))
    if asked.kind == "simulator":
        sys.stdout.write(f"Show it on a page of every language: :::{{simulator}} {asked.name}\n")
    return 0


def _new_site(asked: argparse.Namespace) -> int:
    from generator.scaffold import scaffold  # noqa: PLC0415

    target = Path(asked.name).resolve()
    folders = [folder.strip() for folder in asked.languages.split(",")]
    files = scaffold.site(target, folders, _titles(asked.title, folders))
    sys.stdout.write("".join(f"{shown(file)}\n" for file in files))
    output = f"--content {shown(target / 'content')} --output {shown(target / 'site')}"
    sys.stdout.write(f"Build it: python build.py {output}\n")
    return 0


def _titles(given: Sequence[str], folders: Sequence[str]) -> dict[str, str]:
    """Titles by language: those given, or what the author answers where somebody can."""
    titles: dict[str, str] = {}
    for one in given:
        folder, sign, text = one.partition("=")
        if folder not in folders or not sign or not text.strip():
            hint = " ".join(f'--title {known}="…"' for known in folders)
            where = "--title"
            raise error(where, None, f"{one!r} titles nothing", f"write {hint}")
        titles[folder] = text
    if sys.stdin.isatty():
        for folder in folders:
            if folder not in titles and (answer := input(f"Title ({folder}): ").strip()):
                titles[folder] = answer
    return titles


def _clean(options: Options, _asked: argparse.Namespace) -> int:
    from generator.building.manifest import folder  # noqa: PLC0415
    from generator.files.writing import refuse_foreign, remove_tree  # noqa: PLC0415

    refuse_foreign(options.output)
    for made in (options.output, folder(options)):
        if made.is_dir():
            remove_tree(made)
    return 0


_COMMANDS: dict[str, Callable[[Options, argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "clean": _clean,
    "dist": _dist,
    "new": _new,
    "serve": _serve,
}

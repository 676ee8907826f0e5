"""What happens to machines and folders is told as ``path: what; what to do``, and is got over."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.building import build as building
from generator.command import run
from generator.errors import MistakeError, SetupError
from generator.files.locks import locked
from generator.files.writing import MARK, write_atomically
from generator.options import Options
from tests.generator import sites


@pytest.fixture
def tree(tmp_path: Path) -> Options:
    content = tmp_path / "content"
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", content)
    return sites.options(content, tmp_path / "work")


def broken_off(tree: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed when it has written one file."""
    written: list[str] = []

    def write(folder: Path, name: str, content: bytes) -> bool:
        if written:
            raise KeyboardInterrupt
        written.append(name)
        write_atomically(folder / name, content)
        return True

    with monkeypatch.context() as patched:
        patched.setattr("generator.building.stages.write_if_different", write)
        with pytest.raises(KeyboardInterrupt):
            sites.make(tree)


def test_a_first_build_that_was_killed_is_finished_by_the_next(
    tree: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(tree, monkeypatch)
    sites.make(tree)
    assert (tree.output / "en" / "index.html").is_file()


def test_what_a_killed_build_left_can_be_removed(
    tree: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(tree, monkeypatch)
    places = ["--content", str(tree.content), "--output", str(tree.output)]
    assert run([*places, "--cache", str(tree.cache), "clean"]) == 0
    assert not tree.output.exists()


def test_a_folder_that_only_looks_like_ours_is_not_built_into(tree: Options) -> None:
    tree.output.mkdir(parents=True)
    (tree.output / MARK).touch()
    (tree.output / "thesis.md").write_text("years of work")
    with pytest.raises(SetupError, match=r"site: it holds what no build has made; name a new"):
        sites.make(tree)


def test_a_build_waits_for_another_that_writes_to_the_same_places(
    tree: Options, capfd: pytest.CaptureFixture[str]
) -> None:
    done: list[building.Report] = []
    with locked(tree.output):
        thread = threading.Thread(target=lambda: done.append(sites.make(tree)))
        thread.start()
        thread.join(1)
        assert done == []
    thread.join(60)
    assert done[0].written
    told = f"{tree.output}: another build writes there; waiting for it\n"
    assert capfd.readouterr().err == told


def test_builds_at_once_all_end_well(tree: Options) -> None:
    failed: list[BaseException] = []

    def make(number: int) -> None:
        try:
            own = Options(
                tree.content, tree.output, tree.templates, tree.cache, f"https://x{number}.org"
            )
            building.build(own, sites.plain_assets)
        except BaseException as cause:  # noqa: BLE001  whatever it is, it counts
            failed.append(cause)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert failed == []


def loop(content: Path) -> None:
    (content / "images" / "again").symlink_to(content)


def two_loops(content: Path) -> None:
    (content / "a").mkdir()
    (content / "b").mkdir()
    (content / "a" / "x").symlink_to(content / "b")
    (content / "b" / "y").symlink_to(content / "a")


def own_loop(content: Path) -> None:
    (content / "images" / "self.csv").symlink_to(content / "images" / "self.csv")


def pipe(content: Path) -> None:
    os.mkfifo(content / "en" / "pipe.md")


def nested(content: Path) -> None:
    (content / "references.toml").write_text(f"x = {'[' * 100_000}")


BAD: dict[Callable[[Path], None], str] = {
    loop: r"images/again: it is a symbolic link that leads around in a circle; put the files",
    two_loops: r"/[xy]: it is a symbolic link that leads around in a circle; put the files",
    own_loop: r"self\.csv: it is a symbolic link that leads around in a circle; put the files",
    pipe: r"en/pipe\.md: it is neither a file nor a folder, but a pipe, .*; remove it",
    nested: r"references\.toml: it is nested too deeply; write tables side by side",
}


@pytest.mark.parametrize("accident", BAD, ids=lambda accident: accident.__name__)
def test_odd_content_is_a_mistake_and_leaves_the_site_as_it_was(
    tree: Options, accident: Callable[[Path], None]
) -> None:
    sites.make(tree)
    before = sites.contents(tree.output)
    accident(tree.content)
    with pytest.raises(MistakeError, match=BAD[accident]):
        sites.make(tree)
    assert sites.contents(tree.output) == before


def test_a_page_that_cannot_be_read_is_a_mistake(
    tree: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "one.md":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    told = r"one\.md: it cannot be read \(Permission denied\); see to its permissions"
    with pytest.raises(MistakeError, match=told):
        sites.make(tree)


@pytest.mark.parametrize(
    ("number", "hint"),
    [(errno.ENOSPC, "make room on the disk"), (errno.EROFS, "see to its permissions")],
)
def test_a_disk_that_takes_nothing_is_told_and_nothing_is_half_written(
    tree: Options, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    sites.make(tree)
    before = sites.contents(tree.output)
    page = tree.content / "en" / "index.md"
    page.write_text(page.read_text() + "\nMore.\n")

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:3])
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(SetupError, match=rf"cannot be written \(.*\); {hint}"):
            sites.make(tree)
    assert sites.contents(tree.output) == before
    assert not list(tree.cache.rglob("*.part"))
    assert "en/index.html" in sites.make(tree).written


def test_a_name_of_244_characters_is_written(tree: Options) -> None:
    name = f"{'n' * 241}.md"
    for folder in ("zh", "en"):
        page = "---\ntitle: N\ndescription: N.\norder: 9\n---\n\nText.\n"
        (tree.content / folder / name).write_text(page)
    sites.make(tree)
    assert (tree.output / "en" / name.removesuffix(".md") / "index.html").is_file()


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot be written .*; give what .* a shorter name"):
        write_atomically(tmp_path / ("n" * 300), b"")


@pytest.mark.skipif(sys.platform == "win32", reason="locks are kept otherwise there")
def test_a_lock_ends_with_the_process_that_held_it(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        held = locked(tmp_path)
        held.__enter__()
        os._exit(0)
    os.waitpid(child, 0)
    with locked(tmp_path):
        pass

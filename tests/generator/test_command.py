from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.building import manifest
from generator.command import run
from generator.options import Options
from generator.project import PROJECT
from tests.generator import sites


def places(content: Path, scratch: Path) -> list[str]:
    words = ["--content", str(content), "--output", str(scratch / "site")]
    return [*words, "--templates", str(sites.TEMPLATES), "--cache", str(scratch / "cache")]


def test_mistakes_are_printed_together_and_end_with_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = sites.GOLDEN / "mistakes"
    assert run(places(case / "content", tmp_path)) == 1
    assert capsys.readouterr().err == (case / "mistakes.txt").read_text()


def test_new_names_the_files_that_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    settings = sites.GOLDEN / "two-languages" / "content" / "site.toml"
    (content / "site.toml").write_bytes(settings.read_bytes())
    assert run([*places(content, tmp_path), "new", "page", "my-page"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(content / folder / "my-page.md") for folder in ("zh", "en")
    ]


@pytest.mark.parametrize(
    ("option", "folder", "message"),
    [
        ("--content", "gone", "--content: there is no folder {}"),
        ("--templates", "content/site.toml", "--templates: there is no folder {}"),
        ("--output", "content/site", "--output: {} lies in {content}, from which the site is made"),
        ("--cache", "content", "--cache: {} lies in {content}, from which the site is made"),
    ],
)
def test_a_folder_of_no_use_is_refused_before_anything_is_written(
    option: str, folder: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.toml").touch()
    assert run([*places(content, tmp_path), option, str(tmp_path / folder)]) == 1
    told = message.format(tmp_path / folder, content=content)
    assert capsys.readouterr().err.startswith(told)
    assert sorted(tmp_path.rglob("*")) == [content, content / "site.toml"]


def test_clean_removes_the_site_and_what_its_builds_keep(tmp_path: Path) -> None:
    content = sites.GOLDEN / "two-languages" / "content"
    given = sites.options(content, tmp_path)
    sites.make(given)
    assert manifest.folder(given).is_dir()
    assert run([*places(content, tmp_path), "clean"]) == 0
    assert not given.output.exists()
    assert not manifest.folder(given).exists()


def test_without_folders_it_is_the_site_of_this_project() -> None:
    assert Options().roots["content"] == PROJECT / "content"
    assert Options().output == PROJECT / "site"


def test_a_python_without_the_packages_is_told_where_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_options: Options) -> None:
        raise ModuleNotFoundError(name="markdown_it")

    monkeypatch.setattr("generator.command.build", build)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert run([]) == 1
    assert capsys.readouterr().err.startswith("This Python has no markdown_it. `make site` makes")


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["biuld"])
    assert left.value.code == 2
    assert "invalid choice: 'biuld'" in capsys.readouterr().err

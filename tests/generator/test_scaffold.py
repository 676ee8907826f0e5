"""What ``build.py new`` writes works as it is."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from generator.catalog import interface, site
from generator.errors import MistakeError
from generator.pages.front_matter import split
from generator.project import PROJECT
from generator.scaffold import scaffold
from generator.source_files import SourceFile
from tests.generator import sites

BOTH = ("zh", "en")
TRY_IT = """
import json
import re
from pathlib import Path
from generator.catalog import interface
from generator.simulators import fragment
from generator.source_files import SourceFile
from generator.source_files import SourceFile
from generator.templates import templates
from widgets import host, simulators

widget = simulators.load("my-mean")
for language in ("zh", "en"):
    file = Path("content") / language / interface.FILE
    words = interface.simulator_words(interface.read(SourceFile(str(file), file)), str(file))
    made = templates(Path("templates"), "templates", Path("cache"))
    assert 'data-widget="my-mean"' in fragment("my-mean", language, Path("content"), words, made)
for n in (2, 200):
    request = {"call": "simulate", "widget": "my-mean", "values": {"n": n}}
    reply = json.loads(host.answer(json.dumps(request)))
    assert reply["verdict"] in widget.verdicts, reply
print(json.dumps({"controls": [control.name for control in widget.controls]}))
"""


def test_a_new_page_is_built_in_both_languages(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(sites.GOLDEN / "two-languages" / "content", content)
    written = scaffold.page("part/my-page", content, BOTH)
    assert written == [content / folder / "part" / "my-page.md" for folder in ("zh", "en")]
    sites.make(sites.options(content, tmp_path))
    for folder in ("zh", "en"):
        assert (tmp_path / "site" / folder / "part" / "my-page" / "index.html").is_file()


def test_a_new_simulator_answers_and_is_shown_in_both_languages(tmp_path: Path) -> None:
    for folder in ("generator", "widgets", "templates"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    for folder in ("zh", "en"):
        (tmp_path / "content" / folder).mkdir(parents=True)
        words = PROJECT / "content" / folder / "interface.toml"
        shutil.copy(words, tmp_path / "content" / folder)
    scaffold.simulator("my-mean", tmp_path / "content", tmp_path / "widgets" / "simulators", BOTH)
    done = subprocess.run(
        [sys.executable, "-c", TRY_IT], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["controls"] == ["n", "truth", "seed"]


@pytest.mark.parametrize("folder", ["en", "ja", "zh"])
def test_the_words_of_a_new_site_are_those_that_pages_ask_for(folder: str) -> None:
    wanted = interface.read(SourceFile("wanted", PROJECT / "content" / "en" / interface.FILE))
    file = scaffold.HERE / scaffold.WORDS / folder / f"{interface.FILE}.txt"
    assert set(interface.read(SourceFile("given", file))) == set(wanted)


def test_a_title_stands_where_it_was_given(tmp_path: Path) -> None:
    titles = {"en": '"Tides" and  moons'}
    files = scaffold.page("tides", tmp_path, ("en", "ja"), titles)
    heads = [file.read_text().splitlines()[1] for file in files]
    assert heads == ["title: '\"Tides\" and moons'", "title: tides"]
    split(str(files[0]), files[0].read_text())


def test_a_new_site_holds_what_each_of_its_languages_needs(tmp_path: Path) -> None:
    target = tmp_path / "Tides & moons"
    written = scaffold.site(target, ("zh", "en", "ja"), {"ja": "潮と月"})
    assert sorted(written) == sorted(path for path in target.rglob("*") if path.is_file())
    made = site.read(SourceFile("site.toml", target / "content" / "site.toml"), None)
    assert (made.slug, made.languages.folders) == ("tides-moons", ("zh", "en", "ja"))
    assert made.titles["ja"].name == "潮と月"
    assert made.languages.of("ja").script == "Jpan"
    names = {
        folder: {path.name for path in (target / "content" / folder).rglob("*")}
        for folder in ("zh", "en", "ja")
    }
    assert names["zh"] == names["en"] == names["ja"]


def test_a_new_site_speaks_of_no_other_course(tmp_path: Path) -> None:
    words = re.compile(
        r"honest|\bmice\b|\bmouse\b|mixed|lme4|\bols\b|\bnested\b|小鼠", re.IGNORECASE
    )
    for file in scaffold.site(tmp_path / "new", scaffold.languages()):
        assert words.findall(file.read_text()) == [], file


@pytest.mark.parametrize(
    ("folders", "message"),
    [(("fr",), "there are no words in 'fr' yet; there are words in: en, ja, zh; begin")],
)
def test_a_language_without_words_is_refused(
    tmp_path: Path, folders: tuple[str, ...], message: str
) -> None:
    with pytest.raises(MistakeError, match=message):
        scaffold.site(tmp_path / "new", folders)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_no_place_for_a_new_site(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").touch()
    with pytest.raises(MistakeError, match="this is already there; name a new or an empty folder"):
        scaffold.site(tmp_path, ("en",))


def test_nothing_is_written_over_what_is_there(tmp_path: Path) -> None:
    scaffold.page("my-page", tmp_path, BOTH)
    (tmp_path / "zh" / "my-page.md").unlink()
    with pytest.raises(MistakeError) as error:
        scaffold.page("my-page", tmp_path, BOTH)
    assert str(error.value).endswith("en/my-page.md: this is already there; choose another name")
    assert not (tmp_path / "zh" / "my-page.md").exists()


def test_a_simulator_is_not_put_before_a_module_of_its_name(tmp_path: Path) -> None:
    module = tmp_path / "simulators" / "chart.py"
    module.parent.mkdir()
    module.touch()
    with pytest.raises(MistakeError, match=r"chart.py: this is already there; choose another"):
        scaffold.simulator("chart", tmp_path, module.parent, BOTH)
    assert not module.with_suffix("").exists()


@pytest.mark.parametrize("name", ["My page", "../page", "a--b", "1a", "nested_one", ""])
def test_a_name_that_cannot_be_an_address_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MistakeError, match="cannot be the name of a simulator"):
        scaffold.simulator(name, tmp_path, tmp_path, BOTH)
    assert list(tmp_path.iterdir()) == []


def test_the_skeleton_of_a_simulator_keeps_the_rules_of_the_house(tmp_path: Path) -> None:
    files = scaffold.simulator(
        "my-mean", tmp_path / "content", tmp_path / "widgets" / "simulators", BOTH
    )
    code = [file for file in files if file.suffix == ".py"]
    ruff = Path(sys.executable).parent / "ruff"
    config = ["--config", str(PROJECT / "pyproject.toml")]
    for rule in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [ruff, *rule, *config, *code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
    for file in code:
        ast.parse(file.read_text())
    zh, en = (tomllib.loads(file.read_text()) for file in files if file.suffix == ".toml")
    assert {name: set(part) for name, part in zh.items() if isinstance(part, dict)} == {
        name: set(part) for name, part in en.items() if isinstance(part, dict)
    }

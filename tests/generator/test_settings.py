"""The TOML files that hold for the whole site."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog import interface, site
from generator.errors import MistakeError
from generator.project import PROJECT
from generator.source_files import SourceFile
from tests.generator import sites
from tests.generator.languages import TWO

SITE = (sites.GOLDEN / "two-languages" / "content" / "site.toml").read_text()
WORDS = (sites.GOLDEN / "two-languages" / "content" / "en" / "interface.toml").read_text()
OWN = (PROJECT / "content" / "en" / "interface.toml").read_text()
LINE = OWN.split("\n").index("[simulator]") + 1


def write(folder: Path, text: str) -> Path:
    file = folder / "file.toml"
    file.write_text(text)
    return file


def test_a_mistake_on_the_command_line_is_not_told_of_the_file(tmp_path: Path) -> None:
    for url in ("https://", "example.org", "https://example.org/?page=1"):
        with pytest.raises(MistakeError, match=r"^--url: url is "):
            site.read(SourceFile("site.toml", write(tmp_path, SITE)), url)


def test_the_address_on_the_command_line_wins(tmp_path: Path) -> None:
    file = write(tmp_path, SITE)
    assert site.read(SourceFile("site.toml", file), None).url == "https://example.org/honest/"
    assert (
        site.read(SourceFile("site.toml", file), "https://other.example").url
        == "https://other.example/"
    )


def test_a_language_says_what_its_tag_does_not(tmp_path: Path) -> None:
    tables = (
        ("zh", "zh-Hant-TW", "中文"),
        ("ja", "ja", "日本語"),
        ("pt", "pt-BR", "Português"),
    )
    text = "".join(
        f'[[languages]]\nfolder = "{folder}"\ntag = "{tag}"\nname = "{name}"\n'
        'title = "T"\ntagline = "L"\n'
        for folder, tag, name in tables
    )
    languages = site.read(
        SourceFile("site.toml", write(tmp_path, text)), "https://example.org/"
    ).languages
    assert [(one.script, one.locale) for one in languages] == [
        ("Hant", "zh_TW"),
        ("Hani", "ja"),
        ("Latn", "pt_BR"),
    ]
    assert [one.is_ideographic for one in languages] == [True, True, False]
    assert languages.default.folder == "zh"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SITE.replace("url =", "ulr ="),
            "site.toml:1: there is no setting 'ulr'; did you mean 'url'?",
        ),
        (
            SITE.replace("https:", "file:"),
            "site.toml:1: url is 'file://example.org/honest/'; write",
        ),
        (
            SITE.replace('tagline = "Count mice"', ""),
            "site.toml:12: the language en lacks 'tagline'; write tagline",
        ),
        (SITE.replace('"zh"', '"en"'), "site.toml:13: two languages have the folder 'en'; give"),
        (SITE.replace('tag = "en"', 'tag = "EN"'), "site.toml:14: tag is 'EN'; write a tag"),
        (SITE.replace("locale", "local"), "site.toml:7: a language has no 'local'; did you mean"),
        (SITE.partition("[[")[0], "site.toml:1: the site has no languages; write [[languages]]"),
        (SITE.replace('"en"\n\n', '"fr"\n\n'), "site.toml:2: no language has the folder 'fr'; the"),
        (f'icon = "i.svg"\n{SITE}', "site.toml:1: the content has no 'i.svg'; write it, or"),
        (f'icon = "i.png"\n{SITE}', "site.toml:1: icon is 'i.png'; name an SVG of the content"),
        (f"{SITE}[[series]]\n", "site.toml:19: the series has no steps; write [[series]]"),
        (
            f'{SITE}[[series]]\nsteps = [{{ url = "https://a.example/" }}]\n',
            "site.toml:20: {'url': 'https://a.example/'} is no step; name a page, or write",
        ),
        (f'slug = "My site"\n{SITE}', "site.toml:1: slug is 'My site'; write the site's name"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(MistakeError) as error:
        site.read(SourceFile("site.toml", write(tmp_path, text)), None)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WORDS.replace("note_back", "back"), "words.toml:1: [page] lacks 'note_back'; add it"),
        ("[boxes]\nnote = 3\n", "words.toml:2: 'note' is not text; write note = \"…\""),
        (f'lonely = "x"\n{WORDS}', "words.toml:1: 'lonely' stands outside a section; write"),
        (f'[simulator]\nreset = "R"\n{WORDS}', "words.toml:1: [simulator] lacks 'analysis'; simul"),
        (OWN.replace("retry =", "retyr ="), f"words.toml:{LINE}: [simulator] lacks 'retry'"),
    ],
)
def test_a_mistake_in_the_words_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(MistakeError) as error:
        interface.read(SourceFile("words.toml", write(tmp_path, text)))
    assert str(error.value).startswith(message)


def test_a_word_of_one_language_only_is_a_mistake() -> None:
    found = interface.differences(
        {"zh": {"a.b": "甲"}, "en": {"a.b": "A", "a.c": "C"}},
        {"zh": "zh.toml", "en": "en.toml"},
        TWO,
    )
    assert [str(mistake) for mistake in found] == [
        "zh.toml: there is no 'a.c'; en.toml has it: 'C'"
    ]


def test_the_site_itself_has_all_words_in_both_languages() -> None:
    files = {folder: PROJECT / "content" / folder / interface.FILE for folder in ("zh", "en")}
    read = {folder: interface.read(SourceFile.at(file)) for folder, file in files.items()}
    assert interface.differences(read, {"zh": "zh", "en": "en"}, TWO) == []


def test_an_unknown_word_of_simulators_is_told_with_its_line(tmp_path: Path) -> None:
    text = OWN.replace("[simulator]\n", '[simulator]\nretyr = "R"\n')
    with pytest.raises(MistakeError) as error:
        interface.read(SourceFile("words.toml", write(tmp_path, text)))
    hint = "[simulator] has 'retyr'; did you mean 'retry'?"
    assert str(error.value) == f"words.toml:{LINE + 1}: {hint}"


@pytest.mark.parametrize("table", ['authors = "A"', 'authors = "A"\nyear = "2026"', "year = 2026"])
def test_who_is_cited_has_a_name_and_a_year(table: str, tmp_path: Path) -> None:
    file = SourceFile("site.toml", write(tmp_path, f"{SITE}\n[cite]\n{table}\n"))
    with pytest.raises(MistakeError, match=r"site\.toml:\d+: cite is .*; write \[cite\]"):
        site.read(file, None)


def test_a_site_that_does_not_say_is_not_cited(tmp_path: Path) -> None:
    assert site.read(SourceFile("site.toml", write(tmp_path, SITE)), None).cite is None

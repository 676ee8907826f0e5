from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.catalog.citations import Reference, cited, listed, read
from generator.errors import MistakeError
from generator.markdown.placeholders import Cite
from generator.source_files import SourceFile

EN = {
    "citations.open": "(",
    "citations.close": ")",
    "citations.separator": "; ",
    "citations.and": " & ",
    "citations.others": " et al.",
    "references.back": "Back",
}
ZH = {
    "citations.open": "（",
    "citations.close": "）",
    "citations.separator": "；",
    "citations.and": "與",
    "citations.others": "等人",
    "references.back": "回",
}
ONE = Reference("one1984", "Hurlbert, S. H.", 1984, "A", "B", "en", doi="10.1/x")
TWO = Reference("two1997", "Kenward, M. G. & Roger, J. H.", 1997, "A", "B", "en")
MANY = Reference("many2014", "van der Sluis, S., Liang, K.-Y. & Dolan, C. V.", 2014, "A", "B", "en")
TEAM = Reference("team2025", "R Core Team", 2025, "A", "B", "en")
WORKS = {reference.key: reference for reference in (ONE, TWO, MANY, TEAM)}
LISTINGS = {key: f"#ref-{key}" for key in WORKS}
ENTRY = '[one]\nauthors = "A, B."\nyear = 1984\ntitle = "T"\nsource = "S"\n'


@pytest.mark.parametrize(
    ("reference", "english", "chinese"),
    [
        (ONE, "Hurlbert", "Hurlbert"),
        (TWO, "Kenward & Roger", "Kenward與Roger"),
        (MANY, "van der Sluis et al.", "van der Sluis等人"),
        (TEAM, "R Core Team", "R Core Team"),
    ],
    ids=lambda given: given.key if isinstance(given, Reference) else "",
)
def test_authors_are_shortened_as_each_language_does(
    reference: Reference, english: str, chinese: str
) -> None:
    assert (reference.short(EN), reference.short(ZH)) == (english, chinese)


def text_of(html: str) -> str:
    parts = html.replace("&amp;", "&").split("<")
    return parts[0] + "".join(part.partition(">")[2] for part in parts[1:])


def test_a_citation_reads_well_in_both_languages() -> None:
    aside = Cite(("one1984", "two1997"), textual=False, line=1, numbers=(1, 1))
    spoken = Cite(("many2014",), textual=True, line=1, numbers=(2,))
    assert text_of(cited(aside, WORKS, LISTINGS, EN)) == "(Hurlbert 1984; Kenward & Roger 1997)"
    assert text_of(cited(aside, WORKS, LISTINGS, ZH)) == "（Hurlbert 1984；Kenward與Roger 1997）"
    assert text_of(cited(spoken, WORKS, LISTINGS, EN)) == "van der Sluis et al. (2014)"
    assert text_of(cited(spoken, WORKS, LISTINGS, ZH)) == "van der Sluis等人（2014）"


def test_every_citation_has_a_way_back_from_the_list() -> None:
    first = cited(Cite(("one1984",), textual=False, line=1, numbers=(1,)), WORKS, LISTINGS, EN)
    again = cited(Cite(("one1984",), textual=False, line=1, numbers=(2,)), WORKS, LISTINGS, EN)
    back = listed([ONE], {"one1984": ("#cite-one1984-1", "../b/#cite-one1984-2")}, EN)
    assert 'id="cite-one1984-1"' in first
    assert 'id="cite-one1984-2"' in again
    assert 'href="#cite-one1984-1"' in back
    assert 'href="../b/#cite-one1984-2"' in back


def test_the_list_is_in_the_order_of_authors() -> None:
    html = listed(list(WORKS.values()), dict.fromkeys(WORKS, ()), EN)
    places = [
        html.index(f'id="ref-{key}"') for key in ("one1984", "two1997", "team2025", "many2014")
    ]
    assert places == sorted(places)


def test_a_doi_becomes_a_link() -> None:
    assert '<a href="https://doi.org/10.1/x">doi:10.1/x</a>' in listed([ONE], {"one1984": ()}, EN)


def test_a_title_that_asks_has_no_full_stop() -> None:
    asking = replace(ONE, title="Is it?")
    assert "Is it? B." in listed([asking], {"one1984": ()}, EN)
    book = replace(ONE, title="*Is it?*")
    assert "<cite>Is it?</cite> B." in listed([book], {"one1984": ()}, EN)


def test_articles_are_roman_and_what_is_starred_is_in_italics() -> None:
    article = replace(ONE, title="Of n & N", source="*J. Stat. & Co.* 1, 2–3")
    html = listed([article], {"one1984": ()}, EN)
    assert "(1984). Of n &amp; N. <cite>J. Stat. &amp; Co.</cite> 1, 2–3." in html


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            ENTRY.replace("year", "yaer"),
            "file.toml:3: [one] has an entry 'yaer'; did you mean 'year'",
        ),
        (ENTRY.replace("1984", '"1984"'), "file.toml:3: year of [one] is '1984'; write a whole"),
        (ENTRY.replace('title = "T"\n', ""), "file.toml:1: [one] lacks 'title'; add title = …"),
        (ENTRY.replace("[one]", "[One]"), "file.toml:1: 'One' is not the key of a reference"),
        (ENTRY.replace('"T"', '"T'), "file.toml:4: "),
        (ENTRY.replace("1984", "true"), "file.toml:3: year of [one] is True; write a whole"),
        (ENTRY.replace("A, B.", ""), "file.toml:2: authors of [one] is ''; write text in quotes"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "file.toml"
    file.write_text(text)
    with pytest.raises(MistakeError) as error:
        read(SourceFile("file.toml", file), "en")
    assert str(error.value).startswith(message)

"""Terms: how they are written down, rendered and kept to one Chinese word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.catalog.glossary import Term, linked, listed, ordered, read
from generator.catalog.usage import avoided
from generator.errors import MistakeError
from generator.files.inputs import Inputs
from generator.source_files import SourceFile
from tests.generator.languages import EN, JA, THREE, TWO, ZH

ENTRY = (
    '[icc]\nzh = "組內相關係數"\nen = "ICC"\nzh_meaning = "比例。"\nen_meaning = "A <share>."\n'
    'zh_avoid = ["類內相關", "變量"]\n'
)


def term(key: str, zh: str, en: str, zh_meaning: str, en_meaning: str) -> Term:
    meanings = {"zh": zh_meaning, "en": en_meaning}
    return Term(key, {"zh": zh, "en": en}, meanings, also={}, avoid={}, line=1)


ICC = term("icc", "組內相關係數", "intraclass correlation", "比例。", 'A "share" < 1.')
POWER = term("power", "檢定力", "Power", "機率。", "A probability.")
NESTED = term("nested", "巢狀", "nested", "屬於。", "Belongs.")


def test_a_term_links_to_its_entry_and_brings_its_meaning() -> None:
    html = linked(ICC, "", "../glossary/index.html", "en")
    assert 'href="../glossary/index.html#term-icc"' in html
    assert 'data-means="A &quot;share&quot; &lt; 1."' in html
    assert html.endswith(">intraclass correlation</a>")


def test_a_term_may_stand_in_the_words_of_its_sentence() -> None:
    assert linked(ICC, "相關", "", "zh").endswith(">相關</a>")


def test_the_list_has_both_languages_and_the_ids_that_terms_lead_to() -> None:
    html = listed([ICC], ZH, [EN])
    assert 'id="term-icc"' in html
    assert '組內相關係數 <span lang="en">intraclass correlation</span>' in html
    assert '<span lang="zh-Hant-TW">組內相關係數</span>' in listed([ICC], EN, [ZH])


def test_the_list_has_every_other_language() -> None:
    names = {"zh": "巢狀", "en": "nested", "ja": "入れ子"}
    nested = replace(NESTED, names=names, meanings={**NESTED.meanings, "ja": "属する。"})
    assert (
        '入れ子 <span lang="zh-Hant-TW">巢狀</span> <span lang="en">nested</span></dt>'
        in listed([nested], JA, THREE.others("ja"))
    )


def test_the_list_has_the_other_names_of_a_term() -> None:
    named = replace(ICC, also={"zh": "又稱類內相關。"})
    assert '比例。</dd>\n<dd class="also">又稱類內相關。</dd>' in listed([named], ZH, [EN])
    assert "also" not in listed([named], EN, [ZH])


def test_each_language_lists_by_its_own_words() -> None:
    terms = [POWER, ICC, NESTED]
    assert [term.key for term in ordered(terms, EN)] == ["icc", "nested", "power"]
    assert [term.key for term in ordered(terms, ZH)] == ["nested", "power", "icc"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            ENTRY.replace("zh_meaning", "zh_maening"),
            "terms.toml:4: [icc] has an entry 'zh_maening'",
        ),
        (ENTRY.replace('en = "ICC"\n', ""), "terms.toml:1: [icc] lacks 'en'; write en = \"…\""),
        (ENTRY.replace("[icc]", "[ICC]"), "terms.toml:1: 'ICC' is not the key of a term"),
        (
            ENTRY.replace('"變量"', "1"),
            "terms.toml:6: zh_avoid is ['類內相關', 1]; write zh_avoid =",
        ),
        (ENTRY.replace("變量", "(變"), "terms.toml:6: '(變' matches nothing"),
        (ENTRY.replace("變量", "變*"), "terms.toml:6: '變*' matches every place; write zh_avoid ="),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "terms.toml"
    file.write_text(text)
    with pytest.raises(MistakeError) as error:
        read(SourceFile("terms.toml", file), TWO)
    assert str(error.value).startswith(message)


def told(tmp_path: Path, entry: str, text: str, name: str = "zh/page.md") -> list[str]:
    (tmp_path / "zh").mkdir()
    (tmp_path / "en").mkdir()
    (tmp_path / name).write_text(text)
    (tmp_path / "glossary.toml").write_text(entry)
    terms = read(SourceFile("content/glossary.toml", tmp_path / "glossary.toml"), TWO)
    inputs = Inputs.of({f"content/{name}": ""})
    return [str(one) for one in avoided(inputs, tmp_path, "content", terms)]


def test_another_word_for_a_term_is_a_mistake_where_it_stands(tmp_path: Path) -> None:
    assert told(tmp_path, ENTRY, "一\n二\n三個變量\n") == [
        "content/zh/page.md:3: '變量' is not this site's word for 'icc'; write '組內相關係數'"
    ]


def test_labels_are_held_to_the_same_words(tmp_path: Path) -> None:
    assert len(told(tmp_path, ENTRY, 'title = "類內相關"\n', "zh/interface.toml")) == 1


def test_english_texts_may_name_any_word(tmp_path: Path) -> None:
    assert told(tmp_path, ENTRY, "變量\n", "en/page.md") == []


def test_the_glossary_is_held_to_its_own_words(tmp_path: Path) -> None:
    found = told(tmp_path, ENTRY.replace("比例。", "變量的比例。"), "", "zh/page.md")
    assert found == [
        "content/glossary.toml:1: '變量' is not this site's word for 'icc'; write '組內相關係數'"
    ]

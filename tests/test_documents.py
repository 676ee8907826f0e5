"""What the documents name is where they say it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "validation/**/*.md", "widgets/lmm/*.md")
    for path in ROOT.glob(pattern)
)

FOLDERS = "benchmarks browser chapters content docs generator requirements scripts templates tests"
NAMED = re.compile(rf"`((?:{FOLDERS.replace(' ', '|')}|validation|widgets)/[\w./-]*)`")
LINKED = re.compile(r"\]\(([\w./-]+\.(?:md|png|txt))\)")

OF_AN_AUTHOR = {"content/redirects.toml", "content/zh/my-page.md", "content/en/my-page.md"}
"""Files that an author may write and this site does not have."""

EXAMPLES = {"a.md", "other.md", "page.md", "../images/mice.png"}
"""Targets of links that the guide shows as examples."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {ROOT / name for name in set(NAMED.findall(text)) - OF_AN_AUTHOR}
    linked = {document.parent / name for name in set(LINKED.findall(text)) - EXAMPLES}
    assert [str(path) for path in sorted(named | linked) if not path.exists()] == []


def test_documents_name_files() -> None:
    texts = [document.read_text(encoding="utf-8") for document in DOCUMENTS]
    assert sum(len(NAMED.findall(text)) for text in texts) > len(DOCUMENTS)


def test_the_citation_file_says_what_every_page_says() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "content" / "site.toml").read_text(encoding="utf-8"))
    assert f'- name: "{settings["cite"]["authors"]}"' in cited
    assert f'date-released: "{settings["cite"]["year"]}-' in cited
    assert f'url: "{settings["url"]}"' in cited
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f'version: "{project["version"]}"' in cited
    assert f"license: {project['license']}" in cited

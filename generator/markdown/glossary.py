"""``:::{glossary}``: every term of ``content/glossary.toml`` with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Glossary
from generator.markdown.reading import piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def glossary(directive: Directive) -> list[Token]:
    """The hole that the terms fill."""
    directive.refuse_options()
    directive.refuse_text()
    line = directive.line
    return [piece(Glossary(line), line, Mark("glossary", "", line))]

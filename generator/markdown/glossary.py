"""``:::{glossary}``: every term of ``content/glossary.toml`` with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import Glossary

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def glossary(directive: Directive) -> list[Token]:
    """The placeholder of the terms."""
    directive.refuse_options()
    directive.refuse_text()
    line = directive.line
    return [placeholder_token(Glossary(line), line, OutlineItem("glossary", "", line))]

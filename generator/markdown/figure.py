"""``:::{figure} sixty-cells``: a drawn figure, made by ``generator/figures/<name>.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import Figure

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def figure(directive: Directive) -> list[Token]:
    """The placeholder of a figure."""
    directive.refuse_options()
    directive.refuse_text()
    name, line = directive.required("sixty-cells"), directive.line
    token = placeholder_token(Figure(name, line), line, OutlineItem("figure", name, line))
    token.meta["id"] = f"fig-{name}"
    return [token]

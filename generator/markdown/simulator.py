"""``:::{simulator} nested``: a simulator, made from ``widgets/simulators/<name>``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import Simulator

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def simulator(directive: Directive) -> list[Token]:
    """The placeholder of a simulator."""
    directive.refuse_options()
    directive.refuse_text()
    name, line = directive.required("nested"), directive.line
    token = placeholder_token(Simulator(name, line), line, OutlineItem("simulator", name, line))
    token.meta["id"] = f"sim-{name}"
    return [token]

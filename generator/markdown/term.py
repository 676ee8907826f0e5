"""``{term}`icc``` or ``{term}`icc|as it stands here```: a term, linked to what it means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import Term

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.roles import Role

_TERM = re.compile(r"([a-z][a-z0-9-]*)(?:\|\s*(\S.*))?")


def term(role: Role) -> Token:
    """The placeholder of a term."""
    match = _TERM.fullmatch(role.text)
    if not match:
        hint = "write {term}`key` or {term}`key|text` with a key of content/glossary.toml"
        raise role.page_state.error(role.line, f"{role.text!r} does not name a term", hint)
    placeholder = Term(match[1], match[2] or "", role.line)
    return placeholder_token(
        placeholder, role.line, OutlineItem("term", match[1], role.line, inline=True)
    )

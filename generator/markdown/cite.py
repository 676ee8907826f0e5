"""``{cite}`key1; key2``` in parentheses, ``{cite:t}`key``` as part of the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import ID, placeholder_token
from generator.markdown.placeholders import Cite

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.roles import Role


def cite(role: Role) -> Token:
    """The placeholder of a citation."""
    keys = tuple(key.strip() for key in re.split("[;,]", role.text))
    for key in keys:
        if not ID.fullmatch(key):
            hint = "write keys of content/references.toml with ; between them"
            raise role.page_state.error(role.line, f"{key!r} is not a key of a reference", hint)
    numbers = tuple(role.page_state.count_citation(key) for key in keys)
    placeholder = Cite(keys, role.name == "cite:t", role.line, numbers)
    return placeholder_token(
        placeholder,
        role.line,
        OutlineItem("citation", "; ".join(sorted(keys)), role.line, inline=True),
    )

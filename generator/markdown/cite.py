"""``{cite}`key1; key2``` in parentheses, ``{cite:t}`key``` as part of the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Cite
from generator.markdown.reading import ID, piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.roles import Role


def cite(role: Role) -> Token:
    """The hole that a citation fills."""
    keys = tuple(key.strip() for key in re.split("[;,]", role.text))
    for key in keys:
        if not ID.fullmatch(key):
            right = "write keys of content/references.toml with ; between them"
            raise role.reading.refusal(role.line, f"{key!r} is not a key of a reference", right)
    numbers = tuple(role.reading.count_citation(key) for key in keys)
    hole = Cite(keys, role.name == "cite:t", role.line, numbers)
    return piece(hole, role.line, Mark("citation", "; ".join(sorted(keys)), role.line, inline=True))

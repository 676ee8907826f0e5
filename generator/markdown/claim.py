"""``{claim}`false-positives.ols```: a number computed by ``generator/claims/<name>.py``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.marks import Mark
from generator.markdown.pieces import Claim
from generator.markdown.reading import piece

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.roles import Role

_CLAIM = re.compile(r"([a-z][a-z0-9-]*)\.([a-z][a-z0-9_.-]*)")


def claim(role: Role) -> Token:
    """The hole that a computed number fills."""
    match = _CLAIM.fullmatch(role.text)
    if not match:
        right = "write {claim}`name.key`"
        raise role.reading.refusal(role.line, f"{role.text!r} does not name a claim", right)
    hole = Claim(match[1], match[2], role.line)
    return piece(hole, role.line, Mark("claim", role.text, role.line, inline=True))

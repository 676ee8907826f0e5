"""``{value}`false-alarms.ols```: text computed by ``chapters/<chapter>/values/<name>.py``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import placeholder_token
from generator.markdown.placeholders import Value

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.roles import Role

_VALUE = re.compile(r"([a-z][a-z0-9-]*)\.([a-z][a-z0-9_.-]*)")


def value(role: Role) -> Token:
    """The placeholder of a computed number."""
    match = _VALUE.fullmatch(role.text)
    if not match:
        hint = "write {value}`name.key`"
        raise role.page_state.error(role.line, f"{role.text!r} does not name a value", hint)
    placeholder = Value(match[1], match[2], role.line)
    return placeholder_token(
        placeholder, role.line, OutlineItem("value", role.text, role.line, inline=True)
    )

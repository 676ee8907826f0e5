"""Roles that leave a placeholder, which the renderer fills from the rest of the site.

``{cite}`key1; key2```, ``{cite:t}`key```
    citations in parentheses, or as part of the sentence
``{term}`icc```, ``{term}`icc|as it stands here```
    a term, linked to what it means
``{value}`false-alarms.ols```
    a text computed by ``values/<name>.py`` of a chapter
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import ID, placeholder_token
from generator.markdown.placeholders import Cite, Term, Value

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.placeholders import Placeholder
    from generator.markdown.roles import Role

_TERM = re.compile(r"([a-z][a-z0-9-]*)(?:\|\s*(\S.*))?")
_VALUE = re.compile(r"([a-z][a-z0-9-]*)\.([a-z][a-z0-9_.-]*)")


def cite(role: Role) -> Token:
    """The placeholder of a citation."""
    keys = tuple(key.strip() for key in re.split("[;,]", role.text))
    for key in keys:
        if not ID.fullmatch(key):
            hint = "write keys of content/references.toml with ; between them"
            raise role.page_state.error(role.line, f"{key!r} is not a key of a reference", hint)
    numbers = tuple(role.page_state.count_citation(key) for key in keys)
    placeholder = Cite(keys, role.name == "cite:t", role.line, numbers)
    return _placed(role, placeholder, "citation", "; ".join(sorted(keys)))


def term(role: Role) -> Token:
    """The placeholder of a term."""
    match = _TERM.fullmatch(role.text)
    if not match:
        hint = "write {term}`key` or {term}`key|text` with a key of content/glossary.toml"
        raise role.page_state.error(role.line, f"{role.text!r} does not name a term", hint)
    return _placed(role, Term(match[1], match[2] or "", role.line), "term", match[1])


def value(role: Role) -> Token:
    """The placeholder of a computed text."""
    match = _VALUE.fullmatch(role.text)
    if not match:
        hint = "write {value}`name.key`"
        raise role.page_state.error(role.line, f"{role.text!r} does not name a value", hint)
    return _placed(role, Value(match[1], match[2], role.line), "value", role.text)


def _placed(role: Role, placeholder: Placeholder, kind: str, name: str) -> Token:
    item = OutlineItem(kind, name, role.line, inline=True)
    return placeholder_token(placeholder, role.line, item)

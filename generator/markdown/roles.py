"""``{name}`text```: something in running text that means more than its letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdit_py_plugins.myst_role import myst_role_plugin

from generator.errors import nearest
from generator.markdown.parse_state import ParseState, inline_tokens, page_state

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the author wrote it."""

    name: str
    text: str
    line: int
    page_state: ParseState


Handler = Callable[[Role], "Token"]


def install(md: MarkdownIt, handlers: Mapping[str, Handler]) -> None:
    """Let the parser resolve these roles."""
    md.use(myst_role_plugin)

    def resolve(state: StateCore) -> None:
        page = page_state(state.env)
        for token, line in inline_tokens(state.tokens):
            if token.type == "myst_role":
                role = Role(token.meta["name"], token.content.strip(), line, page)
                _become(token, _handled(role, handlers))
            elif token.type == "text" and (left := lone.search(token.content)):
                hint = f"write {left[0]}`…` without a space between"
                raise page.error(line, f"{left[0]} stands alone", hint)

    lone = re.compile("|".join(re.escape(f"{{{name}}}") for name in handlers))
    md.core.ruler.before("text_join", "roles", resolve)


def _handled(role: Role, handlers: Mapping[str, Handler]) -> Token:
    if role.name not in handlers:
        advice = nearest(role.name, handlers, what="the roles are")
        raise role.page_state.error(role.line, f"there is no role {{{role.name}}}", advice)
    return handlers[role.name](role)


def _become(token: Token, other: Token) -> None:
    token.type, token.content, token.meta = other.type, other.content, other.meta

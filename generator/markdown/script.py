"""``:::{script} random_intercept.R``: a script of a chapter and what it prints.

``:::{output} random_intercept.R`` shows only what it prints, and ``::::{tabs}`` lays the scripts in
it over one another, each under the name of its language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, opening, placeholder_token
from generator.markdown.placeholders import Script, Word

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive


def script(directive: Directive) -> list[Token]:
    """The placeholder of a script and its output."""
    return _hole(directive, with_code=True)


def output(directive: Directive) -> list[Token]:
    """The placeholder of the output alone."""
    return _hole(directive, with_code=False)


def tabs(directive: Directive) -> list[Token]:
    """The tokens of scripts of which one is seen at a time."""
    directive.refuse_options()
    line = directive.line
    contents = directive.contents()
    scripts = [token for token in contents if isinstance(token.meta.get("placeholder"), Script)]
    if len(scripts) != len(contents) or not scripts:
        hint = "write only :::{script} in it, and one colon more around it"
        raise directive.page_state.error(line, "{tabs} holds no scripts, or more than those", hint)
    label = directive.page_state.placeholder(Word("code.languages"))
    item = OutlineItem("tabs", "", line)
    return [
        opening("code-tabs", line, item, class_="tabs", data_label=label),
        *contents,
        closing("code-tabs"),
    ]


def _hole(directive: Directive, *, with_code: bool) -> list[Token]:
    directive.refuse_options()
    directive.refuse_text()
    name, line = directive.required("random_intercept.R"), directive.line
    item = OutlineItem(directive.name, name, line)
    return [placeholder_token(Script(name, line, with_code), line, item)]

"""Directives that leave a placeholder, which the renderer fills from the rest of the site.

``:::{cell} x.cell`` with ``:data: table.csv``
    a script that readers can change and run in the browser, the file's columns under ``data``
``:::{figure} sixty-cells``
    a drawn figure, made by ``figures/<name>.py`` of a chapter
``:::{gallery}``
    every simulator with its first frame, and the way to its page
``:::{glossary}``
    every term of ``content/glossary.toml`` with what it means
``:::{instrument} own-data``
    an instrument, made from ``widgets/instruments/<name>``
``:::{pages}``
    every other page of the language, with what it says of itself
``:::{references}``
    the list of everything that the page cites
``:::{script} x.R``, ``:::{output} x.R``
    a script of a chapter with what it prints, or what it prints alone
``:::{simulator} nested``
    a simulator, made from ``widgets/simulators/<name>``
``:::{whole} first-page``
    all pages of the series with that page, one after the other
``::::{tabs}``
    scripts of which one is seen at a time, each under the name of its language
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, opening, placeholder_token
from generator.markdown.placeholders import (
    Cell,
    Figure,
    Gallery,
    Glossary,
    Instrument,
    Pages,
    References,
    Script,
    Simulator,
    Whole,
    Word,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markdown.directives import Directive
    from generator.markdown.placeholders import Placeholder

LIST = "reference-list"
"""The id of the list of references."""


def cell(directive: Directive) -> list[Token]:
    """The placeholder of a cell."""
    directive.refuse_options("data")
    directive.refuse_text()
    name, line = directive.required("random_intercept.cell"), directive.line
    data = directive.options.get("data")
    if not data:
        raise directive.page_state.error(line, "{cell} has no data", "write :data: table.csv in it")
    return [placeholder_token(Cell(name, data, line), line, OutlineItem("cell", name, line))]


def figure(directive: Directive) -> list[Token]:
    """The placeholder of a figure."""
    name = _only_argument(directive, "sixty-cells")
    return _placed(directive, Figure(name, directive.line), name, id_=f"fig-{name}")


def gallery(directive: Directive) -> list[Token]:
    """The placeholder of the list of simulators."""
    _only_name(directive)
    return _placed(directive, Gallery(directive.line), "")


def glossary(directive: Directive) -> list[Token]:
    """The placeholder of the list of terms."""
    _only_name(directive)
    return _placed(directive, Glossary(directive.line), "")


def instrument(directive: Directive) -> list[Token]:
    """The placeholder of an instrument."""
    name = _only_argument(directive, "own-data")
    return _placed(directive, Instrument(name, directive.line), name, id_=name)


def pages(directive: Directive) -> list[Token]:
    """The placeholder of the list of pages."""
    _only_name(directive)
    return _placed(directive, Pages(directive.line), "")


def references(directive: Directive) -> list[Token]:
    """The placeholder of the list of references."""
    _only_name(directive)
    line = directive.line
    token = placeholder_token(References(line), line, OutlineItem("list of references", "", line))
    token.meta["id"] = LIST
    return [token]


def script(directive: Directive) -> list[Token]:
    """The placeholder of a script and its output."""
    name = _only_argument(directive, "random_intercept.R")
    return _placed(directive, Script(name, directive.line, with_code=True), name)


def output(directive: Directive) -> list[Token]:
    """The placeholder of a script's output alone."""
    name = _only_argument(directive, "random_intercept.R")
    return _placed(directive, Script(name, directive.line, with_code=False), name)


def simulator(directive: Directive) -> list[Token]:
    """The placeholder of a simulator."""
    name = _only_argument(directive, "nested")
    return _placed(directive, Simulator(name, directive.line), name, id_=f"sim-{name}")


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


def whole(directive: Directive) -> list[Token]:
    """The placeholder of all pages of a series."""
    name = _only_argument(directive, "first-page")
    return _placed(directive, Whole(name, directive.line), name)


def _only_name(directive: Directive) -> None:
    directive.refuse_options()
    directive.refuse_text()


def _only_argument(directive: Directive, example: str) -> str:
    _only_name(directive)
    return directive.required(example)


def _placed(
    directive: Directive, placeholder: Placeholder, name: str, id_: str = ""
) -> list[Token]:
    """A placeholder's token; ``id_`` is the id that links to it use."""
    item = OutlineItem(directive.name, name, directive.line)
    token = placeholder_token(placeholder, directive.line, item)
    if id_:
        token.meta["id"] = id_
    return [token]

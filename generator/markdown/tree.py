"""``:::{tree} choose``: a tree of decisions, walked question by question where scripts run.

A text that ends in a list is a question, and the items are its answers; what follows in an item,
after a blank line, is the next question or, without a list at its end, the advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.choice_list import Answer, parted
from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, html, opening
from generator.markdown.placeholders import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from generator.markdown.directives import Directive

Path = tuple[int, ...]
"""The numbers of the answers that lead to a place, counted from 1."""

TOOLS = ("back", "again", "copy_link", "print")


def tree(directive: Directive) -> list[Token]:
    """The tokens of a tree: questions, answers and advice as a nested list."""
    directive.refuse_options()
    name, line = directive.id("choose"), directive.line
    tokens = directive.contents()
    if not parted(tokens)[1]:
        hint = "end it with a list of answers"
        raise directive.page_state.error(line, "{tree} asks no question", hint)
    copied = directive.page_state.placeholder(Word("tree.copied"))
    item = OutlineItem("tree", name, line)
    return [
        opening("decision-tree", line, item, class_="tree", id=f"tree-{name}", data_name=name),
        *_place(directive, tokens, (), line),
        opening("div", line, class_="tree-tools", data_copied=copied),
        *(html(_button(directive, tool)) for tool in TOOLS),
        closing("div"),
        closing("decision-tree"),
    ]


def _button(directive: Directive, tool: str) -> str:
    word = directive.page_state.placeholder(Word(f"tree.{tool}"))
    return f'<button type="button" data-action="{tool}" hidden>{word}</button>\n'


def _place(directive: Directive, tokens: list[Token], path: Path, line: int) -> Iterator[Token]:
    question, answers = parted(tokens)
    where = "-".join(map(str, path))
    if answers:
        yield opening("div", line, OutlineItem("question", where, line), class_="tree-question")
        yield html(f'<span class="tree-number">Q{len(path) + 1}</span>\n')
    else:
        yield opening("div", line, OutlineItem("advice", where, line), class_="tree-advice")
    yield from question
    yield closing("div")
    if answers:
        yield opening("ul", line, class_="tree-answers")
        for number, answer in enumerate(answers, 1):
            yield from _answer(directive, answer, (*path, number))
        yield closing("ul")


def _answer(directive: Directive, answer: Answer, path: Path) -> Iterator[Token]:
    if not answer.follows:
        hint = "write below it, after a blank line, the next question or the advice"
        raise directive.page_state.error(answer.line, "this answer leads nowhere", hint)
    yield opening("li", answer.line)
    yield opening("p", answer.line, class_="tree-answer")
    yield answer.text
    yield closing("p")
    yield from _place(directive, answer.follows, path, answer.line)
    yield closing("li")

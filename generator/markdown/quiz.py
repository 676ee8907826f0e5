"""``:::{quiz} five-mice``: a question with a list of options, each with an explanation.

Options are written as a list of tasks: ``- [x]`` marks the right one, ``- [ ]`` the others. What
follows in an item, after a blank line, is the explanation that a reader who chooses it gets.
Readers get the options in another order, which follows from the name of the question and so is the
same in every language.
"""

from __future__ import annotations

import re
from random import Random
from string import ascii_uppercase
from typing import TYPE_CHECKING

from generator.markdown.choice_list import Answer, parted
from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, html, opening, placeholder_token
from generator.markdown.placeholders import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from generator.markdown.directives import Directive

_BOX = re.compile(r"\[([ x])\]\s+")
_SHAPE = "write the question, then a list of - [ ] options, one of them - [x]"


def quiz(directive: Directive) -> list[Token]:
    """The tokens of a question, its options and their explanations."""
    directive.refuse_options()
    name, line = directive.id("five-mice"), directive.line
    question, written = parted(directive.contents())
    marked = [(option, _right(directive, option)) for option in written]
    _check(directive, question, [right for _, right in marked])
    marked = _shuffled(marked, name)
    options, rights = [option for option, _ in marked], [right for _, right in marked]
    _paragraphs(question)[-1].attrs["id"] = f"quiz-{name}-asked"
    return [
        opening(
            "quiz-item", line, OutlineItem("quiz", name, line), class_="quiz", id=f"quiz-{name}"
        ),
        opening("div", line, class_="quiz-question"),
        *question,
        closing("div"),
        opening("ol", line, class_="quiz-options"),
        *_options(options, rights),
        closing("ol"),
        opening("details", line, class_="quiz-answers"),
        opening("summary", line),
        placeholder_token(Word("quiz.answers"), line),
        closing("summary"),
        *_explanations(directive, options, rights),
        closing("details"),
        closing("quiz-item"),
    ]


def score(directive: Directive) -> list[Token]:
    """The tokens of ``:::{score}``, which counts the page's right answers."""
    directive.refuse_options()
    directive.refuse_text()
    line = directive.line
    placeholder = directive.page_state.placeholder
    counted, again = placeholder(Word("quiz.score")), placeholder(Word("quiz.again"))
    item = OutlineItem("score of the quiz", "", line)
    return [
        opening("quiz-score", line, item, class_="quiz-score", data_score=counted),
        html('<p role="status"></p>\n'),
        html(f'<button type="button" hidden>{again}</button>\n'),
        closing("quiz-score"),
    ]


def _shuffled(options: list[tuple[Answer, bool]], name: str) -> list[tuple[Answer, bool]]:
    """The options in an order that the name of the question decides."""
    return Random(name).sample(options, len(options))  # noqa: S311  no secret


def _right(directive: Directive, option: Answer) -> bool:
    box = _BOX.match(option.text.content)
    if not box:
        problem = "this option is marked neither as right nor as wrong"
        raise directive.page_state.error(option.line, problem, "begin it with [x] or [ ]")
    option.text.content = option.text.content[box.end() :]
    if not option.follows:
        hint = "write below it, after a blank line, what a reader who chooses it should read"
        raise directive.page_state.error(option.line, "this option has no explanation", hint)
    return box[1] == "x"


def _check(directive: Directive, question: list[Token], rights: list[bool]) -> None:
    if not _paragraphs(question) or not rights:
        problem = "{quiz} lacks its question or its options"
        raise directive.page_state.error(directive.line, problem, _SHAPE)
    if rights.count(True) != 1:
        problem = f"{{quiz}} has {rights.count(True)} right options"
        raise directive.page_state.error(directive.line, problem, "mark exactly one with [x]")


def _paragraphs(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "paragraph_open"]


def _options(options: list[Answer], rights: list[bool]) -> Iterator[Token]:
    for letter, option, right in zip(ascii_uppercase, options, rights, strict=False):
        item = OutlineItem("right option" if right else "option", letter, option.line)
        yield opening("li", option.line, item, data_option=letter)
        yield html(f'<span class="quiz-letter">{letter}</span> <span class="quiz-text">')
        yield option.text
        yield html("</span>")
        yield closing("li")


def _explanations(
    directive: Directive, options: list[Answer], rights: list[bool]
) -> Iterator[Token]:
    for letter, option, right in zip(ascii_uppercase, options, rights, strict=False):
        kind = "right" if right else "wrong"
        word = directive.page_state.placeholder(Word(f"quiz.{kind}"))
        yield opening("div", option.line, class_=f"quiz-said quiz-{kind}", data_option=letter)
        yield html(f'<p class="quiz-verdict"><b>{letter}</b> {word}</p>\n')
        yield from option.follows
        yield closing("div")

"""``[^1]``: a footnote stands beside the block that calls it, or right below where no margin is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markdown.outline_items import OutlineItem
from generator.markdown.parse_state import closing, html, line_of, opening, page_state
from generator.markdown.placeholders import Word

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.markdown.parse_state import ParseState

_FLOW = {"element_open", "element_close"}


def called(state: StateCore) -> None:
    """Refuse a footnote that is written twice, that nothing calls, or that calls another."""
    page = page_state(state.env)
    lines: dict[str, int] = {}
    inside = False
    for token in state.tokens:
        line = line_of(token)
        if token.type == "footnote_reference_open":
            label, inside = token.meta["label"], True
            if label in lines:
                problem = f"the footnote [^{label}] is already written in line {lines[label]}"
                raise page.error(line, problem, "give it another name")
            lines[label] = line
        elif token.type == "footnote_reference_close":
            inside = False
        elif inside and any(child.type == "footnote_ref" for child in token.children or ()):
            raise page.error(line, "a footnote calls a footnote", "write both as one")
    numbers = state.env.get("footnotes", {}).get("refs", {})
    for label, line in lines.items():
        if numbers[f":{label}"] < 0:
            hint = f"write [^{label}] where it belongs, or leave it out"
            raise page.error(line, f"nothing calls the footnote [^{label}]", hint)


def beside(state: StateCore) -> None:
    """Move every footnote behind the block that first calls it."""
    page = page_state(state.env)
    notes, rest = _taken_out(state.tokens)
    tokens: list[Token] = []
    called: list[int] = []
    depth = 0
    for token in rest:
        tokens.append(token)
        called += _calls(token, called)
        if token.type not in _FLOW:
            depth += token.nesting
        if depth == 0 and token.type not in _FLOW | {"html"}:
            for number in called:
                tokens += _note(page, number, notes.pop(number, []))
            called = []
    state.tokens = tokens


def _taken_out(tokens: list[Token]) -> tuple[dict[int, list[Token]], list[Token]]:
    """The footnotes by number, and all other tokens."""
    notes: dict[int, list[Token]] = {}
    rest: list[Token] = []
    target = rest
    for token in tokens:
        if token.type == "footnote_open":
            target = notes.setdefault(token.meta["id"], [])
        elif token.type in {"footnote_close", "footnote_block_close"}:
            target = rest
        elif token.type not in {"footnote_block_open", "footnote_anchor"}:
            target.append(token)
    return notes, rest


def _calls(token: Token, called: list[int]) -> list[int]:
    """The numbers called in this token and not called before; each call becomes a link."""
    numbers = []
    for child in token.children or ():
        if child.type != "footnote_ref":
            continue
        number, again = child.meta["id"], child.meta.get("subId", 0)
        name = f"{number + 1}-{again + 1}" if again else str(number + 1)
        child.type = "html"
        child.content = (
            f'<sup class="note-call"><a id="note-call-{name}" href="#note-{number + 1}" '
            f'role="doc-noteref">{number + 1}</a></sup>'
        )
        line = line_of(token)
        child.meta = {"item": OutlineItem("footnote", str(number + 1), line, inline=True)}
        if not again and number not in called:
            numbers.append(number)
    return numbers


def _note(page: ParseState, number: int, tokens: list[Token]) -> list[Token]:
    shown = number + 1
    back = page.placeholder(Word("page.note_back"))
    label = f'<a class="note-number" href="#note-call-{shown}" aria-label="{back}">{shown}</a>'
    return [
        opening("div", 1, class_="margin-note footnote", id=f"note-{shown}", role="note"),
        html(label),
        *tokens,
        closing("div"),
    ]

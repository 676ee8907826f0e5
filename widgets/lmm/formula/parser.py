"""From the text of a formula to its tree, by recursive descent.

The grammar, loosest first (R's precedence)::

    formula  = sum "~" bar
    bar      = sum [ ("|" | "||") sum ]          only inside parentheses
    sum      = product { ("+" | "-") product }
    product  = cross { ("*" | "/") cross }
    cross    = signed { ":" signed }
    signed   = ("-" | "+") signed | power
    power    = atom [ "^" signed ]
    atom     = name | number | name "(" bar { "," bar } ")" | "(" bar ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from widgets.lmm.errors import FormulaError
from widgets.lmm.formula.syntax import Binary, Call, Group, Name, Node, Number, Unary

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d][\w.]*|\.[^\W\d][\w.]*|`[^`]+`)|(?P<operator>\|\||[-+*/:^|~(),]))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the formula: ``kind`` is number, name, operator or end."""

    kind: str
    text: str
    position: int


def fault(formula: str, position: int, problem: str) -> FormulaError:
    """The error with a caret under the place."""
    return FormulaError(f"{problem}\n    {formula}\n    {' ' * position}^")


def tokens_of(formula: str) -> tuple[Token, ...]:
    """The words of the formula, ended by one of the kind ``end``."""
    found: list[Token] = []
    position = 0
    while position < len(formula.rstrip()):
        match = TOKEN.match(formula, position)
        if match is None:
            place = position + len(formula[position:]) - len(formula[position:].lstrip())
            raise fault(formula, place, f"{formula[place]!r} cannot stand in a formula here")
        kind = str(match.lastgroup)
        found.append(Token(kind, match.group(kind), match.start(kind)))
        position = match.end()
    return (*found, Token("end", "", len(formula.rstrip())))


class Parser:
    """A cursor over the tokens of one formula."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
        self.tokens = tokens_of(formula)
        self.place = 0

    def right_side(self) -> Node:
        """The tree right of the tilde, to the end of the formula."""
        if self.next.text != "~":
            wanted = "'~' between the response and the terms"
            raise self.unexpected(wanted)
        self.take()
        right = self.bar()
        if self.next.kind != "end":
            wanted = "'+', '*' or ':' or the end of the formula"
            raise self.unexpected(wanted)
        return right

    @property
    def next(self) -> Token:
        """The token under the cursor."""
        return self.tokens[self.place]

    def take(self) -> Token:
        """The token under the cursor, which moves on."""
        token = self.next
        self.place += 1
        return token

    def unexpected(self, wanted: str) -> FormulaError:
        """The error for a token that cannot stand where it stands."""
        found = f"found {self.next.text!r}" if self.next.text else "the formula ends"
        return fault(self.formula, self.next.position, f"expected {wanted}, but {found}")

    def bar(self) -> Node:
        """A sum, or two with a bar between them."""
        left = self.sum()
        if self.next.text in {"|", "||"}:
            operator = self.take()
            return Binary(operator.text, left, self.sum(), operator.position)
        return left

    def sum(self) -> Node:
        """Products with plus and minus between them."""
        node = self.product()
        while self.next.text in {"+", "-"}:
            operator = self.take()
            node = Binary(operator.text, node, self.product(), operator.position)
        return node

    def product(self) -> Node:
        """Crossings with times and slash between them."""
        node = self.cross()
        while self.next.text in {"*", "/"}:
            operator = self.take()
            node = Binary(operator.text, node, self.cross(), operator.position)
        return node

    def cross(self) -> Node:
        """Signed operands with colons between them."""
        node = self.signed()
        while self.next.text == ":":
            operator = self.take()
            node = Binary(":", node, self.signed(), operator.position)
        return node

    def signed(self) -> Node:
        """An operand with its signs."""
        if self.next.text in {"-", "+"}:
            operator = self.take()
            return Unary(operator.text, self.signed(), operator.position)
        return self.power()

    def power(self) -> Node:
        """An atom, raised if a hat follows."""
        base = self.atom()
        if self.next.text == "^":
            operator = self.take()
            return Binary("^", base, self.signed(), operator.position)
        return base

    def atom(self) -> Node:
        """A name, a number, a call or what stands in parentheses."""
        token = self.next
        if token.kind == "number":
            self.take()
            return Number(float(token.text), token.position)
        if token.kind == "name":
            self.take()
            if self.next.text == "(":
                return self.call(token)
            return Name(token.text.strip("`"), token.position)
        if token.text == "(":
            self.take()
            inner = self.bar()
            self.close(token)
            return Group(inner, token.position)
        wanted = "a column, a number or '('"
        raise self.unexpected(wanted)

    def call(self, function: Token) -> Call:
        """The arguments of a function whose name was taken."""
        opening = self.take()
        arguments = [self.bar()]
        while self.next.text == ",":
            self.take()
            arguments.append(self.bar())
        self.close(opening)
        return Call(function.text, tuple(arguments), function.position)

    def close(self, opening: Token) -> None:
        """Take the parenthesis that closes."""
        if self.next.kind == "end":
            problem = "this '(' is never closed"
            raise fault(self.formula, opening.position, problem)
        if self.next.text != ")":
            wanted = "')'"
            raise self.unexpected(wanted)
        self.take()

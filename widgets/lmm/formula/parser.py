"""From the text of a formula to its tree, by recursive descent.

The grammar, loosest first (R's precedence)::

    formula  = sum "~" bar
    bar      = sum [ ("|" | "||") sum ]          only inside parentheses
    sum      = product { ("+" | "-") product }
    product  = cross { ("*" | "/") cross }
    cross    = signed { ":" signed }
    signed   = ("-" | "+") signed | power
    power    = atom [ "^" signed ]
    atom     = name | number | text | name "(" argument { "," argument } ")" | "(" bar ")"
    argument = [ name "=" ] or                   here, and in parentheses here, "bar" is "or"
    or       = and { ("|" | "||") and }
    and      = not { "&" not }
    not      = "!" not | sum [ comparison sum ]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import FormulaError
from .syntax import COMPARISONS, Binary, Call, Group, Keyword, Name, Node, Number, Text, Unary

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d][\w.]*|\.[^\W\d][\w.]*|`[^`]+`)"
    r"""|(?P<text>"[^"]*"|'[^']*')"""
    r"|(?P<operator>\|\||[<>=!]=|%in%|[-+*/:^|~(),<>=!&]))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the formula: ``kind`` is number, name, operator or end."""

    kind: str
    text: str
    position: int


INSTEAD = {
    "=": "write '~' between the response and the terms",
    "'": "write names of columns without quotation marks",
    '"': "write names of columns without quotation marks",
    "`": "a name in backticks must end with another one",
    ".": "name every column",
}
"""What would be right where one of these signs stands."""

STRANGE = frozenset({"=", "'", '"', "&", "<", ">", "!", "%"})
"""Signs that stand in the arguments of functions only."""

FULL_WIDTH = range(0xFF01, 0xFF5F)
"""The characters of ASCII as a Chinese keyboard types them, from here on in the same order."""

WIDE = "\u2e80"
"""From here on a character takes the place of two; so does the ideographic space."""


def fault(formula: str, position: int, problem: str) -> FormulaError:
    """The error with a caret under the place."""
    line = re.sub(r"\s", " ", formula)
    before = "".join("\u3000" if character >= WIDE else " " for character in line[:position])
    return FormulaError(f"{problem}\n    {line}\n    {before}^")


def _strange(character: str) -> str:
    """The problem with a character that no formula has."""
    instead = INSTEAD.get(character, "")
    if ord(character) in FULL_WIDTH:
        instead = f"write {chr(ord(character) - FULL_WIDTH.start + ord('!'))!r}"
    problem = f"{character!r} cannot stand in a formula here"
    return f"{problem}; {instead}" if instead else problem


def tokens_of(formula: str) -> tuple[Token, ...]:
    """The words of the formula, ended by one of the kind ``end``."""
    found: list[Token] = []
    position = 0
    while position < len(formula.rstrip()):
        match = TOKEN.match(formula, position)
        if match is None:
            place = position + len(formula[position:]) - len(formula[position:].lstrip())
            raise fault(formula, place, _strange(formula[place]))
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
        self.depth = 0  # of calls, whose arguments may compare

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
        if self.next.text[:1] in STRANGE:
            return fault(self.formula, self.next.position, _strange(self.next.text[0]))
        found = f"found {self.next.text!r}" if self.next.text else "the formula ends"
        hint = "; a name with spaces stands in `backticks`" if self._follows_a_name() else ""
        return fault(self.formula, self.next.position, f"expected {wanted}, but {found}{hint}")

    def _follows_a_name(self) -> bool:
        """Whether two names, or a name and a number, stand side by side."""
        before = self.tokens[self.place - 1] if self.place else None
        return before is not None and before.kind == "name" and self.next.kind in {"name", "number"}

    def bar(self) -> Node:
        """A sum, or two with a bar between them; in an argument of a call what it may be."""
        if self.depth:
            return self.either()
        left = self.sum()
        if self.next.text in {"|", "||"}:
            operator = self.take()
            return Binary(operator.text, left, self.sum(), operator.position)
        return left

    def either(self) -> Node:
        """What is true if one of several things is."""
        node = self.all()
        while self.next.text in {"|", "||"}:
            operator = self.take()
            node = Binary("|", node, self.all(), operator.position)
        return node

    def all(self) -> Node:
        """What is true if all of several things are."""
        node = self.compared()
        while self.next.text == "&":
            operator = self.take()
            node = Binary("&", node, self.compared(), operator.position)
        return node

    def compared(self) -> Node:
        """A sum, or two with a sign of comparison between them; what is not so."""
        if self.next.text == "!":
            operator = self.take()
            return Unary("!", self.compared(), operator.position)
        node = self.sum()
        if self.next.text in COMPARISONS:
            operator = self.take()
            return Binary(operator.text, node, self.sum(), operator.position)
        return node

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
        if token.kind == "text" and self.depth:
            self.take()
            return Text(token.text[1:-1], token.position)
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
        self.depth += 1
        arguments = [self.argument()]
        while self.next.text == ",":
            self.take()
            arguments.append(self.argument())
        self.depth -= 1
        self.close(opening)
        return Call(function.text, tuple(arguments), function.position)

    def argument(self) -> Node:
        """An argument of a call, by its name or not."""
        token = self.next
        if token.kind == "name" and self.tokens[self.place + 1].text == "=":
            self.take()
            self.take()
            return Keyword(token.text, self.bar(), token.position)
        return self.bar()

    def close(self, opening: Token) -> None:
        """Take the parenthesis that closes."""
        if self.next.kind == "end":
            problem = "this '(' is never closed"
            raise fault(self.formula, opening.position, problem)
        if self.next.text != ")":
            wanted = "')'"
            raise self.unexpected(wanted)
        self.take()

"""What a formula is made of once it is read: a tree of eight kinds of node."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A column, or a group."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: float
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one or more arguments: ``log(x)``, ``cbind(successes, failures)``."""

    function: str
    arguments: tuple[Node, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Unary:
    """A sign before an operand."""

    operator: str
    operand: Node
    position: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands with a sign between them: of arithmetic, of comparison, ``&`` or ``|``."""

    operator: str
    left: Node
    right: Node
    position: int


@dataclass(frozen=True, slots=True)
class Group:
    """An expression in parentheses."""

    inner: Node
    position: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotation marks."""

    value: str
    position: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """An argument by its name: ``df = 3``."""

    name: str
    value: Node
    position: int


Node = Name | Number | Call | Unary | Binary | Group | Text | Keyword

COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!=", "%in%"})

SPACED = frozenset({"+", "-", "*", "|", "||", "&", *COMPARISONS})


def written(node: Node) -> str:  # noqa: PLR0911  one for each kind of node
    """The node as R prints it, which is how its coefficient will be called."""
    match node:
        case Name(text):
            return text
        case Number(value):
            return _digits(value)
        case Call(function, arguments):
            return f"{function}({', '.join(written(argument) for argument in arguments)})"
        case Unary(operator, operand):
            return f"{operator}{written(operand)}"
        case Binary(operator, left, right):
            sign = f" {operator} " if operator in SPACED else operator
            return f"{written(left)}{sign}{written(right)}"
        case Group(inner):
            return f"({written(inner)})"
        case Text(value):
            return f'"{value}"'
        case Keyword(name, value):
            return f"{name} = {written(value)}"


def _digits(value: float) -> str:
    """A number as R writes it: with an exponent where that is shorter, as in 1e+05."""
    mantissa, exponent = f"{value:.14e}".split("e")
    short = f"{mantissa.rstrip('0').rstrip('.')}e{exponent}"
    return min(f"{value:.15g}", short, key=len)

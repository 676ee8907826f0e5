"""From the tree of one side of a model to its terms: what ``+ - : * / ^`` mean in R."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .parser import fault
from .syntax import Binary, Call, Group, Name, Node, Number, Unary, written

Term = tuple[str, ...]
"""The variables whose product a term is, in order of appearance; ``()`` is the intercept."""

Terms = dict[Term, None]
"""Terms in order of appearance, each once."""

NO_TERM = "this is not a term; put arithmetic inside I( )"

NO_TERM_BEFORE = "a term is missing before this sign; put arithmetic inside I( )"


@dataclass(frozen=True, slots=True)
class LinearTerms:
    """One side of a model: terms by degree, whether there is an intercept, offsets."""

    terms: tuple[Term, ...]
    intercept: bool
    variables: Mapping[str, Node]
    offsets: tuple[Node, ...] = ()


def linear_terms(text: str, node: Node | None) -> LinearTerms:
    """The terms of one side, in R's order: by degree, then by appearance."""
    expansion = _Expansion(text)
    terms = expansion.expand(node) if node is not None else {(): None}
    ordered = sorted((t for t in terms if t), key=len)
    place = {name: i for i, name in enumerate(expansion.variables)}
    sorted_terms = dict.fromkeys(tuple(sorted(t, key=place.__getitem__)) for t in ordered)
    used = {name: expansion.variables[name] for name in place}
    return LinearTerms(tuple(sorted_terms), expansion.intercept, used, tuple(expansion.offsets))


class _Expansion:
    """Expands one side; collects its variables and offsets on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.variables: dict[str, Node] = {}
        self.offsets: list[Node] = []
        self.intercept = True

    def expand(self, node: Node) -> Terms:
        """The terms of a node, in order of appearance."""
        match node:
            case Number(value, position):
                return self.number(value, position)
            case Group(inner):
                return self.expand(inner)
            case Unary("-", Number(value)):
                self.intercept = value == 0
                return {}
            case Binary():
                return self.combined(node)
            case Unary():
                raise fault(self.text, node.position, NO_TERM_BEFORE)
            case Call("offset", (argument,)):
                self.offsets.append(argument)
                return {}
            case Name() | Call():
                name = written(node)
                self.variables.setdefault(name, node)
                return {(name,): None}
        raise fault(self.text, node.position, NO_TERM)

    def combined(self, node: Binary) -> Terms:
        """The terms of two operands; the left one is expanded first, for R's order."""
        match node:
            case Binary("-", left, right):
                return self.without(left, right)
            case Binary("^", base, Number(degree)) if degree >= 1 and degree.is_integer():
                return self.power(base, int(degree))
            case Binary(operator, left, right) if operator in COMBINED:
                first = self.expand(left)
                return COMBINED[operator](first, self.expand(right))
            case Binary("|" | "||"):
                problem = "a random term stands in parentheses and is added: + (1 | group)"
                raise fault(self.text, node.position, problem)
        raise fault(self.text, node.position, NO_TERM)

    def number(self, value: float, position: int) -> Terms:
        if value not in {0, 1}:
            raise fault(self.text, position, "only 0 and 1 can stand alone; use I( ) or offset( )")
        self.intercept = value == 1
        return {}

    def without(self, left: Node, right: Node) -> Terms:
        terms = self.expand(left)
        if isinstance(right, Number):
            self.intercept = right.value == 0
            return terms
        dropped = {frozenset(term) for term in self.expand(right)}
        return {term: None for term in terms if frozenset(term) not in dropped}

    def power(self, base: Node, degree: int) -> Terms:
        once = self.expand(base)
        terms = dict(once)
        for _ in range(degree - 1):
            terms |= _cross(terms, once)
        return terms


def _cross(a: Iterable[Term], b: Iterable[Term]) -> Terms:
    products: Terms = {}
    seen: set[frozenset[str]] = set()
    for left in a:
        for right in b:
            product = tuple(dict.fromkeys(left + right))
            if frozenset(product) not in seen:
                seen.add(frozenset(product))
                products[product] = None
    return products


def _union(terms: Iterable[Term]) -> Term:
    return tuple(dict.fromkeys(name for term in terms for name in term))


COMBINED: Mapping[str, Callable[[Terms, Terms], Terms]] = {
    "+": lambda a, b: a | b,
    ":": _cross,
    "*": lambda a, b: a | b | _cross(a, b),
    "/": lambda a, b: a | _cross({_union(a): None}, b),
}

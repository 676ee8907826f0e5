"""From the tree of a formula to its terms: what ``+ - : * / ^`` and ``( | )`` mean in R."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from widgets.lmm.errors import FormulaError
from widgets.lmm.formula.parser import Parser, fault
from widgets.lmm.formula.syntax import Binary, Call, Group, Name, Node, Number, Unary, written

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


@dataclass(frozen=True, slots=True)
class RandomTerm:
    """``(effects | group)``: ``group`` holds the columns whose combinations are the levels.

    ``name`` is what lme4 calls the grouping factor: ``cask:batch`` for ``batch/cask``.
    """

    effects: LinearTerms
    group: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A model formula, read and expanded."""

    text: str
    response: Node
    fixed: LinearTerms
    random: tuple[RandomTerm, ...]


def read_formula(text: object) -> Formula:
    """The response, fixed terms and random terms of a formula.

    Raises
    ------
    FormulaError
        With a caret under the place that cannot be read.
    """
    if isinstance(text, str):
        return _read(text)
    msg = f"a formula is text such as 'y ~ treatment + (1 | mouse)', not {text!r}"
    raise FormulaError(msg)


def read_one_sided(text: str, response: Node) -> Formula:
    """The formula of a text such as ``~ treatment``, for a response that is known.

    Raises
    ------
    FormulaError
        With a caret under the place that cannot be read.
    """
    return _expanded(text, response, Parser(text).right_side())


@lru_cache(maxsize=64)
def _read(text: str) -> Formula:
    parser = Parser(text)
    response = parser.sum()
    return _expanded(text, response, parser.right_side())


def _expanded(text: str, response: Node, right: Node) -> Formula:
    fixed, bars = _without_bars(right)
    random = [term for bar in bars for term in _random_terms(text, bar)]
    return Formula(text, response, linear_terms(text, fixed), tuple(random))


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


def _without_bars(node: Node) -> tuple[Node | None, list[Binary]]:
    """The right side without its ``( | )`` terms, and those terms."""
    match node:
        case Group(Binary("|" | "||") as bar):
            return None, [bar]
        case Binary("+", left, right):
            a, left_bars = _without_bars(left)
            b, right_bars = _without_bars(right)
            joined = Binary("+", a, b, node.position) if a is not None and b is not None else a or b
            return joined, left_bars + right_bars
        case Binary("-", left, right):
            a, bars = _without_bars(left)
            if a is None:
                return Unary("-", right, node.position), bars
            return Binary("-", a, right, node.position), bars
    return node, []


def _random_terms(text: str, bar: Binary) -> list[RandomTerm]:
    effects = linear_terms(text, bar.left)
    split = _uncorrelated(effects) if bar.operator == "||" else [effects]
    return [
        RandomTerm(part, columns, name)
        for part in split
        for columns, name in _groups(text, bar.right)
    ]


def _uncorrelated(effects: LinearTerms) -> list[LinearTerms]:
    """``(x || g)`` is ``(1 | g) + (0 + x | g)``."""
    parts = [LinearTerms((), intercept=True, variables={})] if effects.intercept else []
    for term in effects.terms:
        used = {name: effects.variables[name] for name in term}
        parts.append(LinearTerms((term,), intercept=False, variables=used))
    return parts


def _groups(text: str, node: Node) -> list[tuple[tuple[str, ...], str]]:
    """Grouping factors of the right of a bar, innermost first as lme4 names them."""
    match node:
        case Group(inner):
            return _groups(text, inner)
        case Name(name):
            return [((name,), name)]
        case Call("factor" | "as.factor", (Name(name),)):
            return [((name,), name)]
        case Binary(":", left, right):
            (a, first), (b, second) = _groups(text, left)[0], _groups(text, right)[0]
            return [(a + b, f"{first}:{second}")]
        case Binary("/", left, right):
            outer = _groups(text, left)
            (columns, name), (inner_columns, inner_name) = outer[0], _groups(text, right)[0]
            shown = f"({name})" if len(columns) > 1 else name
            return [(inner_columns + columns, f"{inner_name}:{shown}"), *outer]
        case Binary("+", left, right):
            return _groups(text, left) + _groups(text, right)
    raise fault(text, node.position, "a group is a column, a:b or a/b")

"""The colours of highlighted code, for light and dark paper."""

from __future__ import annotations

from collections.abc import Iterator

PALETTE = {
    "Comment": ("#5a6472", "#9aa5b4"),
    "Keyword": ("#8a2a6b", "#e59bce"),
    "Literal.Number": ("#8a4300", "#eab17a"),
    "Literal.String": ("#1d6a3a", "#8fd3a5"),
    "Name.Builtin": ("#0b5c86", "#86c7ee"),
    "Name.Class": ("#0b5c86", "#86c7ee"),
    "Name.Decorator": ("#8a2a6b", "#e59bce"),
    "Name.Exception": ("#a3262a", "#f2a09a"),
    "Name.Function": ("#0b5c86", "#86c7ee"),
    "Name.Namespace": ("#0b5c86", "#86c7ee"),
    "Operator": ("#4b4f75", "#b6bbe8"),
    "Generic.Error": ("#a3262a", "#f2a09a"),
    "Generic.Prompt": ("#5a6472", "#9aa5b4"),
}
"""Colour on light and on dark paper by kind of token; what is not named here is plain ink."""


def style_sheet() -> str:
    """The rules for every class that the highlighter gives."""
    return "\n".join(_rules()) + "\n"


def _rules() -> Iterator[str]:
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415  only when styles are made

    classes: dict[str, list[str]] = {}
    for kind, name in STANDARD_TYPES.items():
        nearest = _nearest(str(kind).removeprefix("Token").removeprefix("."))
        if nearest and name:
            classes.setdefault(nearest, []).append(f".highlight .{name}")
    for kind, (light, dark) in PALETTE.items():
        yield f"{', '.join(classes[kind])} {{ color: light-dark({light}, {dark}); }}"


def _nearest(kind: str) -> str | None:
    while kind and kind not in PALETTE:
        kind = kind.rpartition(".")[0]
    return kind or None

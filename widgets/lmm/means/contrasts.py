"""Contrasts between means: which, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ..arguments import numbers, shown
from ..arrays import Floats
from ..data.factors import is_number
from ..errors import MethodError
from .grid import Value

METHODS = ("pairwise", "revpairwise", "trt.vs.ctrl", "consec", "eff")

AMBIGUOUS = re.compile(r"[-+/*]")
"""Signs in a label that put it into parentheses, as emmeans does."""

Contrast = tuple[str, Floats]
"""The name of a contrast, and the weights of the means."""


def labels_of(cells: Sequence[Mapping[str, Value]]) -> list[str]:
    """What emmeans calls the means: by their levels, numbers after the name of their variable."""
    names = tuple(cells[0])
    texts = {name: [shown_value(cell[name]) for cell in cells] for name in names}
    for name in names:
        if all(is_number(one) for one in texts[name]):
            texts[name] = [f"{name}{one}" for one in texts[name]]
    return [" ".join(texts[name][i] for name in names) for i in range(len(cells))]


def shown_value(value: Value) -> str:
    """A level, or a number as R writes it."""
    return value if isinstance(value, str) else f"{value:.7g}"


def contrasts_of(
    method: object, cells: Sequence[Mapping[str, Value]], ref: object, *, ratio: bool
) -> list[Contrast]:
    """The contrasts of a method, or those given as weights by name.

    Raises
    ------
    MethodError
        If there is no such method or reference, or weights do not fit the means.
    """
    k = len(cells)
    if isinstance(method, Mapping):
        return [(str(name), _weights(str(name), one, k)) for name, one in method.items()]
    if method not in METHODS:
        msg = (
            f"method must be one of {', '.join(METHODS)}, or weights by name such as "
            f"{{'first - rest': [1, -0.5, -0.5]}}, not {shown(method)}"
        )
        raise MethodError(msg)
    labels = [f"({one})" if AMBIGUOUS.search(one) else one for one in labels_of(cells)]
    if method == "eff":
        eye = np.eye(k) - 1 / k
        return [(f"{label} effect", row) for label, row in zip(labels, eye, strict=True)]
    pairs = [(i, j) for i in range(k) for j in range(i + 1, k)]
    if method == "revpairwise":
        pairs = [(j, i) for j in range(k) for i in range(j)]
    elif method == "consec":
        pairs = [(i + 1, i) for i in range(k - 1)]
    elif method == "trt.vs.ctrl":
        control = _control(cells, ref)
        pairs = [(i, control) for i in range(k) if i != control]
    sign = " / " if ratio else " - "
    eye = np.eye(k)
    return [(f"{labels[i]}{sign}{labels[j]}", eye[i] - eye[j]) for i, j in pairs]


def _control(cells: Sequence[Mapping[str, Value]], ref: object) -> int:
    """The place of the reference among the means; the first if none is named."""
    if ref is None:
        return 0
    plain = [" ".join(shown_value(one) for one in cell.values()) for cell in cells]
    wanted = shown_value(float(ref)) if isinstance(ref, int | float) else str(ref)
    for names in (plain, labels_of(cells)):
        if wanted in names:
            return names.index(wanted)
    msg = f"ref must be one of the means, {', '.join(plain)}, not {shown(ref)}"
    raise MethodError(msg)


def _weights(name: str, given: object, k: int) -> Floats:
    weights = numbers(f"contrast {name!r}", given)  # type: ignore[arg-type]
    if weights.shape != (k,) or not np.all(np.isfinite(weights)) or not np.any(weights):
        msg = f"contrast {name!r} needs {k} finite weights, one for each mean, not {shown(given)}"
        raise MethodError(msg)
    return weights

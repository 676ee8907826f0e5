"""Factorisations may fail silently in the browser, so one file has them all."""

from __future__ import annotations

import ast
from pathlib import Path

ENGINE = Path(__file__).parents[2] / "widgets" / "lmm"

FACTORISATIONS = {"cholesky", "inv", "solve", "pinv", "lstsq", "qr", "svd", "eigh", "eigvalsh"}
GUARDED = FACTORISATIONS | {"slogdet", "det", "errstate"}


def uses(path: Path) -> set[str]:
    """Guarded functions of numpy that a file reaches for."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Attribute) or node.attr not in GUARDED:
            continue
        text = ast.unparse(node)
        if text.startswith(("np.linalg.", "numpy.linalg.")) or text == "np.errstate":
            found.add(text)
    return found


def test_only_linalg_calls_numpys_factorisations_and_errstate() -> None:
    found = {path.name: uses(path) for path in ENGINE.rglob("*.py")}
    assert found.pop("linalg.py")
    assert not {name: calls for name, calls in found.items() if calls}

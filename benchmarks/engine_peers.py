"""Other programs in Python that fit the benchmark's designs, where they are installed.

mixedlm, mixedlm-rs, lme-python (which needs polars and pyarrow), interlace-lme, statsmodels and
pandas are on PyPI; an environment of their own is enough, since the engine needs numpy only.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from benchmarks.engine_designs import Design

FEW_ROWS = 2_000
"""Beyond them lme-python's Kenward-Roger, which grows with their cube, takes minutes."""

Calls = dict[str, Callable[[], object]]
"""By column of the table: the whole call, from formula and data to coefficients."""


def peers(design: Design) -> Iterator[tuple[str, Calls]]:
    """Each installed program with its calls."""
    pandas = _installed("pandas")
    if pandas is None:
        return
    frame = pandas.DataFrame(design.columns)
    for program, (module, calls) in PROGRAMS.items():
        found = _installed(module)
        if found is not None:
            yield program, calls(found, design, frame)


def missing() -> list[str]:
    """The programs that are not installed."""
    return [program for program, (module, _) in PROGRAMS.items() if _installed(module) is None]


def _installed(module: str) -> Any:  # noqa: ANN401  any program
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def _mixedlm(program: Any, design: Design, frame: Any) -> Calls:  # noqa: ANN401
    def fit() -> Any:  # noqa: ANN401
        return program.lmer(design.formula, frame)

    return {
        "fit": fit,
        "+ Satterthwaite": lambda: program.satterthwaite_df(fit()),
        "+ Kenward-Roger": lambda: program.kenward_roger_df(fit()),
    }


def _lme_python(program: Any, design: Design, frame: Any) -> Calls:  # noqa: ANN401
    def fit() -> Any:  # noqa: ANN401
        return program.lmer(design.formula, frame)

    calls: Calls = {"fit": fit, "+ Satterthwaite": lambda: fit().with_satterthwaite(frame)}
    if len(frame) <= FEW_ROWS:
        calls["+ Kenward-Roger"] = lambda: fit().with_kenward_roger(frame)
    return calls


def _interlace(program: Any, design: Design, frame: Any) -> Calls:  # noqa: ANN401
    fixed, *random = design.formula.split(" + (")
    terms = [f"({term}" for term in random]
    return {"+ Satterthwaite": lambda: program.fit(fixed, frame, random=terms)}


def _statsmodels(program: Any, design: Design, frame: Any) -> Calls:  # noqa: ANN401
    """Also mixedlm-rs; crossed factors are variance components of one group there."""
    fixed = design.formula.split(" + (", maxsplit=1)[0]
    model = partial(program.mixedlm, fixed, frame)
    if len(design.groups) == 1:
        slope = {"re_formula": "~x"} if design.slope else {}
        return {"fit": lambda: model(groups=design.groups[0], **slope).fit()}
    one = np.ones(len(design.columns["y"]))
    parts = {g: f"0 + C({g})" for g in design.groups}
    return {"fit": lambda: model(groups=one, vc_formula=parts, re_formula="0").fit()}


PROGRAMS: dict[str, tuple[str, Callable[[Any, Design, Any], Calls]]] = {
    "mixedlm": ("mixedlm", _mixedlm),
    "mixedlm-rs": ("mixedlm_rs", _statsmodels),
    "lme-python": ("lme_python", _lme_python),
    "interlace-lme": ("interlace", _interlace),
    "statsmodels": ("statsmodels.formula.api", _statsmodels),
}
"""By name on PyPI: the module, and what makes its calls."""

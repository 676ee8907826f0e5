"""Which combinations of coefficients a type III test of a term sets to zero.

The hypotheses of SAS's type III, as lmerTest builds them: each term of the over-parametrised model
is made orthogonal to the terms that contain it (Goodnight 1978, SAS Technical Report R-101).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..arrays import Floats
from ..data.design import Frame, contrast_coding, model_matrix
from ..data.factors import Factor
from ..data.fixed_effects import FixedEffects, fixed_effects
from ..formula import LinearTerms, Term
from ..linalg import independent_columns, triangular_inverse

ZERO = 1e-8

Coding = dict[tuple[Term, str], bool]


def type3_contrasts(terms: LinearTerms, frame: Frame, fixed: FixedEffects) -> dict[str, Floats]:
    """By the term's name ``a:b``, the rows L of shape (l, p) of its hypothesis ``L beta = 0``."""
    if not terms.terms:
        return {}
    if len(terms.terms) == 1:  # lmerTest takes the sequential hypothesis then: the same test
        rows = fixed.R / np.diagonal(fixed.R)[:, None]
        return {":".join(terms.terms[0]): rows[[j for j, a in enumerate(fixed.assign) if a]]}
    if any(isinstance(v, Factor) and _usual(v) is not v for v in frame.variables.values()):
        return _by_treatment(terms, frame, fixed)
    full, names = _over_parametrised(terms, frame)
    columns = {
        term: [j for j, number in enumerate(fixed.assign) if number == place]
        for place, term in enumerate(terms.terms, start=1)
    }
    # rows: columns of the full model; columns: coefficients
    L = (fixed.R_inverse @ (fixed.Q.T @ full)).T
    L[np.abs(L) < ZERO] = 0.0
    _clear_of_containing_terms(L, columns, terms, frame)
    position = {name: i for i, name in enumerate(names)}
    rows = L[[position[name] for name in fixed.names]]
    result = {}
    for term in terms.terms:
        picked = rows[:, columns[term]].T
        picked = picked[np.abs(picked).sum(axis=1) > ZERO]
        if len(picked):
            result[":".join(term)] = picked
    return result


def _usual(values: Factor) -> Factor:
    """The factor with treatment contrasts; itself if it has them."""
    if values.contrasts in {None, "treatment"} and not values.ordered:
        return values
    return replace(values, ordered=False, contrasts=None)


def _by_treatment(terms: LinearTerms, frame: Frame, fixed: FixedEffects) -> dict[str, Floats]:
    """The hypotheses in the coefficients of treatment contrasts, expressed in those of the fit."""
    variables = {
        name: _usual(values) if isinstance(values, Factor) else values
        for name, values in frame.variables.items()
    }
    plain = replace(frame, variables=variables)
    treated = fixed_effects(model_matrix(terms, plain), frame.n)
    change = treated.R_inverse @ (treated.Q.T @ fixed.Q) @ fixed.R
    return {name: L @ change for name, L in type3_contrasts(terms, plain, treated).items()}


def _clear_of_containing_terms(
    L: Floats, columns: dict[Term, list[int]], terms: LinearTerms, frame: Frame
) -> None:
    """Make the columns of each term in L orthogonal to those of the terms that contain it."""
    coding = contrast_coding(replace(terms, intercept=True), frame)
    for term in sorted(terms.terms, key=len, reverse=True):
        containing = [other for other in terms.terms if _contains(other, term, coding, frame)]
        above = [j for other in containing for j in columns[other]]
        if above:
            own, basis = L[:, columns[term]], L[:, above]
            L[:, columns[term]] = own - basis @ _least_squares(basis, own)


def _over_parametrised(terms: LinearTerms, frame: Frame) -> tuple[Floats, list[str]]:
    """All columns of all terms, every factor with every level."""
    blocks = [np.ones((frame.n, 1))] if terms.intercept else []
    names = ["(Intercept)"] if terms.intercept else []
    for term in terms.terms:
        alone = LinearTerms((term,), intercept=False, variables=terms.variables)
        matrix = model_matrix(alone, frame, full=True)
        blocks.append(matrix.X)
        names += matrix.names
    return np.hstack(blocks), names


def _contains(large: Term, small: Term, coding: Coding, frame: Frame) -> bool:
    """Whether the larger term has the same numeric variables and more factors.

    Only variables coded by contrasts count, as lmerTest has it: a term that holds all levels of a
    factor already includes that factor's margin.
    """
    variables = [{v for v in term if not coding[term, v]} for term in (large, small)]
    numeric = [
        {v for v in term if not isinstance(frame.variables[v], Factor)} for term in variables
    ]
    return variables[0] > variables[1] and numeric[0] == numeric[1]


def _least_squares(basis: Floats, target: Floats) -> Floats:
    kept, Q, R = independent_columns(basis)
    solution = np.zeros((basis.shape[1], target.shape[1]))
    solution[kept] = triangular_inverse(R) @ (Q.T @ target)
    return solution

"""Marginal models of R, and the same computed again with dense matrices."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from validation.cases import REFERENCE, Case, columns_of
from widgets.lmm import MarginalModel, factor, geeglm
from widgets.lmm.arrays import Floats


@cache
def more_cases() -> list[Case]:
    """The fits of ``make_marginal.R``."""
    return list(json.loads((REFERENCE / "marginal.json").read_text("utf-8")))


def case_name(case: Case) -> str:
    return f"{case['data']} {case['formula']} {case['corstr']}"


def columns(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = dict(columns_of(case["data"]))
    for name in case["factors"]:
        found[name] = factor(found[name])
    return found


def fit_of_more(case: Case) -> MarginalModel:
    return geeglm(case["formula"], columns(case), case["group"], case["family"], case["corstr"])


def correlation_matrix(corstr: str, alpha: float | None, m: int) -> Floats:
    lag = np.abs(np.subtract.outer(np.arange(m), np.arange(m)))
    if corstr == "ar1":
        return np.asarray(float(alpha or 0) ** lag)
    return np.where(lag == 0, 1.0, float(alpha or 0))


def inverse_root(A: Floats) -> Floats:
    """A^(-1/2) of a matrix with positive eigenvalues, not necessarily symmetric."""
    values, vectors = np.linalg.eig(A)
    found = vectors @ np.diag(values.astype(complex) ** -0.5) @ np.linalg.inv(vectors)
    return np.asarray(found.real)


LEVERAGE: dict[str | None, Callable[[Floats], Floats]] = {
    None: lambda H: np.eye(len(H)),
    "MD": lambda H: np.asarray(np.linalg.inv(np.eye(len(H)) - H)),
    "KC": lambda H: inverse_root(np.eye(len(H)) - H),
}


def dense_covariance(
    fit: MarginalModel,
    X: Floats,
    y: Floats,
    cluster: Any,  # noqa: ANN401
    bias: str | None,
) -> Floats:
    """The robust covariance from the formulas as published, n_i x n_i matrices and all."""
    mu = fit.fitted
    slope = {"gaussian": np.ones_like(mu), "binomial": mu * (1 - mu), "poisson": mu}[
        fit.family.name
    ]
    parts = []
    for name in np.unique(cluster):
        rows = cluster == name
        sd = np.sqrt(slope[rows])  # canonical links: the slope is the variance
        R = correlation_matrix(fit.corstr, fit.alpha, int(rows.sum()))
        V = fit.scale * np.outer(sd, sd) * R if fit.family.name != "gaussian" else fit.scale * R
        D = slope[rows][:, None] * X[rows]
        parts.append((D, np.linalg.inv(V), (y - mu)[rows]))
    M = np.linalg.inv(sum(D.T @ W @ D for D, W, _ in parts))
    meat = np.zeros_like(M)
    for D, W, e in parts:
        U = D.T @ W @ (e if bias == "FG" else LEVERAGE[bias](D @ M @ D.T @ W) @ e)
        if bias == "FG":
            U = U / np.sqrt(1 - np.minimum(0.75, np.diagonal(D.T @ W @ D @ M)))
        meat += np.outer(U, U)
    return np.asarray(M @ meat @ M)

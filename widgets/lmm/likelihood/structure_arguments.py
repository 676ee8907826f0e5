"""The arguments of ``gls`` and ``lme`` that describe residuals, made into a structure."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..arrays import Floats
from ..data.columns import Data
from ..data.design import Frame
from ..data.factors import Factor
from ..data.groups import groups_of
from ..errors import DesignError, NotEstimableError
from .residual_structure import Correlation, Structure

FEWEST = 2
"""Levels whose variances can differ, and times that can correlate."""

MOST_TIMES = 30
"""An unstructured correlation of more times has hundreds of parameters."""


def structure_of(
    correlation: Correlation | None,
    groups: tuple[Factor, str],
    time: Floats | None,
    variances: str | ArrayLike | None,
    data: Data,
    frame: Frame,
) -> Structure:
    """The structure of the residuals.

    Parameters
    ----------
    groups : of each row, and their name
    variances : the argument, which names categories

    Raises
    ------
    DataError, DesignError, NotEstimableError
        If a structure cannot be estimated: one level, one time, two times that no group has both.
    """
    levels = None
    if variances is not None:
        levels = groups_of("variances", variances, data, frame)
        name = variances if isinstance(variances, str) else "variances"
        if len(levels.levels) < FEWEST:
            msg = f"variances={name!r} has one level, {levels.levels[0]!r}; two or more can differ"
            raise DesignError(msg)
    found = Structure(correlation, groups[0], time, levels)
    if correlation == "UN":
        _check_times(found, groups[1])
    return found


def check_neighbours(groups: Factor, name: str) -> None:
    """Refuse groups of one row each, which tell nothing of a correlation."""
    if len(groups.levels) == len(groups):
        msg = (
            f"every level of {name!r} has one row: no neighbours are left to learn their "
            "correlation from; use lm()"
        )
        raise NotEstimableError(msg)


def _check_times(structure: Structure, group: str) -> None:
    """Refuse an unstructured correlation of which a part is never seen."""
    times = structure.times
    if len(times) > MOST_TIMES:
        count = len(times) * (len(times) - 1) // 2
        msg = (
            f"correlation='UN' of {len(times)} times has {count} parameters; use 'AR1', 'CAR1' or "
            f"'CS', or join times so that {MOST_TIMES} or fewer are left"
        )
        raise DesignError(msg)
    seen = {
        (float(a), float(b))
        for rows in structure.batches
        for own in structure.places[rows].tolist()
        for i, a in enumerate(own)
        for b in own[i + 1 :]
    }
    for i, a in enumerate(times.tolist()):
        for b in times[i + 1 :].tolist():
            if (a, b) not in seen:
                msg = (
                    f"correlation='UN': no level of {group!r} has both the times {a:g} and {b:g}, "
                    "so that their correlation cannot be estimated; use 'AR1', 'CAR1' or 'CS'"
                )
                raise NotEstimableError(msg)


def structure_lines(structure: Structure, psi: Floats | None, group: str) -> list[str]:
    """What a summary says of a structure."""
    said: list[str] = []
    names = {"AR1": "AR(1)", "CAR1": "continuous AR(1)", "CS": "compound symmetry"}
    if psi is None:
        return said
    phi = structure.phi(psi)
    if phi is not None:
        name = names[str(structure.correlation)]
        said.append(f"Correlation structure: {name} within {group}\nPhi: {phi:.7f}")
    elif structure.correlation == "UN":
        lines = [" ".join(f"{one:7.3f}" for one in row) for row in structure.matrix(psi)]
        said.append("\n".join([f"Correlation structure: unstructured within {group}", *lines]))
    deviations = structure.deviations(psi)
    if deviations is not None:
        rows = "\n".join(f"{level}: {value:.6g}" for level, value in deviations.items())
        said.append(f"Standard deviations relative to the first level:\n{rows}")
    return said

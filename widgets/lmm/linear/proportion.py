"""A share of successes and its uncertainty."""

from __future__ import annotations

import math

from ..arguments import check_count, check_share
from ..distributions import normal
from ..errors import DataError


def wilson(successes: int, n: int, level: float = 0.95) -> tuple[float, float, float]:
    """The share of successes and the ends of its score interval.

    Parameters
    ----------
    successes : whole number from 0 to ``n``
    n : number of trials, at least 1
    level : of the interval, in (0, 1)

    Returns
    -------
    share, low, high : floats in [0, 1]

    Raises
    ------
    MethodError, DataError
        If a number is impossible.

    Notes
    -----
    Wilson, E. B. (1927). J. Am. Stat. Assoc. 22:209-212. The ends stay in [0, 1] and the interval
    has a length even where the share is 0 or 1.
    """
    check_count("successes", successes, least=0)
    check_count("n", n)
    check_share("level", level)
    if successes > n:
        msg = f"{successes} successes of {n} trials are impossible"
        raise DataError(msg)
    z = float(normal.isf((1 - level) / 2))
    share = successes / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return share, max(0.0, middle - half), min(1.0, middle + half)

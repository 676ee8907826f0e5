"""How numbers are written, the same at build time and live.

Text for people; the full number stands beside it in the page.
"""

from __future__ import annotations

import math

from widgets.contract import Style

MINUS = "\u2212"
NO_BREAK = "\u00a0"
MISSING = "—"
SMALLEST_P = 1e-4
SMALLEST = 1e-5
"""Below it decimals would need counting, and the power of ten says more."""

NEARLY_ONE = 0.99999
"""From here on a share is written as 1.00."""

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

SMALLEST_SHARE = 5e-4
"""A share nearer to none or to all than this would read as 0.0% or 100.0%."""

TEN = 10
TEN_THOUSAND = 10_000

LEVEL = 0.05
"""No p that is not this is written as if it were: .0496, not .050."""


def text(value: float | None, style: Style) -> str:
    """The number as a reader sees it in a table, e.g. ``.034``, ``< .0001``, ``1,200``."""
    if value is None or not math.isfinite(value):
        return MISSING
    return _WRITERS[style](value).replace("-", MINUS)


def relation(value: float | None, style: Style) -> str:
    """The number with its sign of equality or inequality, for use in a sentence: ``= .034``."""
    written = text(value, style)
    return written if written.startswith(("<", ">")) else f"={NO_BREAK}{written}"


def _decimal(value: float) -> str:
    """Two decimals, none from 100 on; two digits below 0.01; what is not nearly 1 is not 1.00."""
    size = abs(value)
    if 0 < size < SMALLEST:
        return _power_of_ten(value)
    digits = 2 if size < 100 else 0  # noqa: PLR2004  three significant digits are enough to compare
    if 0 < size < 0.01:  # noqa: PLR2004
        digits = 1 - math.floor(math.log10(size))
    while size < NEARLY_ONE and round(size, digits) == 1:
        digits += 1
    return f"{value:z,.{digits}f}"


def _power_of_ten(value: float) -> str:
    mantissa, _, exponent = f"{value:.0e}".partition("e")
    return f"{mantissa}×10{str(int(exponent)).translate(SUPERSCRIPT)}"


def _p(value: float) -> str:
    if value < SMALLEST_P:
        return f"<{NO_BREAK}.0001"
    if 1 - SMALLEST_P < value < 1:
        return f">{NO_BREAK}.9999"
    digits = next(digits for digits, bound in ((4, 0.01), (3, 0.1), (2, math.inf)) if value < bound)
    while round(value, digits) == LEVEL != value and digits < 12:  # noqa: PLR2004  beyond it nobody reads
        digits += 1
    while round(value, digits) == 1 != value and digits < 4:  # noqa: PLR2004  as many as .9999 has
        digits += 1
    return f"{value:.{digits}f}".removeprefix("0")


def _df(value: float) -> str:
    return f"{value:z,.0f}" if abs(value - round(value)) < 1e-6 else f"{value:z,.1f}"  # noqa: PLR2004


def _count(value: float) -> str:
    return f"{value:z,.0f}"


def _percent(value: float) -> str:
    if 0 < value < SMALLEST_SHARE:
        return f"<{NO_BREAK}0.1%"
    if 1 - SMALLEST_SHARE < value < 1:
        return f">{NO_BREAK}99.9%"
    return f"{100 * value:z.1f}%"


def _effective(value: float) -> str:
    """An effective sample size: one decimal below 10, three significant digits from 10,000 on."""
    size = abs(value)
    if size < TEN and round(size, 1) < TEN:
        return f"{value:z.1f}"
    if size < TEN_THOUSAND:
        return f"{value:,.0f}"
    return f"{round(value, 2 - math.floor(math.log10(size))):,.0f}"


_WRITERS = {
    "decimal": _decimal,
    "p": _p,
    "df": _df,
    "count": _count,
    "percent": _percent,
    "effective": _effective,
}

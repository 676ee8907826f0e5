"""Which characters are Chinese, and which ask for a gap beside them."""

from __future__ import annotations

import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, as a class of a regular expression."""

SIGN = "\u3001-\u303f\uff01-\uff60"
"""Full-width signs, which bring their own space."""

LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff%"
"""Letters, digits and the percent sign, between which and Chinese a gap is set."""


def is_wide(sign: str) -> bool:
    """Whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(sign) in {"W", "F"}

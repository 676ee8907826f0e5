"""Which characters are ideographs, and which ask for a gap beside them."""

from __future__ import annotations

import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""Ideographs (Chinese characters), as a class of a regular expression."""

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
"""Japanese syllabic signs."""

SIGN = "\u3001-\u303f\uff01-\uff60"
"""Full-width signs, which bring their own space."""

LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff%"
"""Letters, digits and the percent sign, between which and Chinese a gap is set."""


def is_wide(sign: str) -> bool:
    """Whether a character is as wide as an ideograph and asks, unlike Hangul, for no space."""
    wide = unicodedata.east_asian_width(sign) in {"W", "F"}
    return wide and not unicodedata.name(sign, "").startswith("HANGUL")

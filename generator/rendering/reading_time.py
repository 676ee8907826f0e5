"""How long a page takes to read: its running text, without code, formulas and what is drawn.

The rates are rules of thumb. 230 words a minute is near the mean for English non-fiction in
Brysbaert's review of 190 studies (2019, Journal of Memory and Language 109, 104047: 238); for
Chinese, published rates scatter more, and 350 characters a minute is a careful one for prose
with numbers in it. Japanese, whose syllabic signs are read faster, is given 1.4 times as many
characters: that is the ratio of the two in IReST (Trauzettel-Klosinski and Dietz 2012,
Investigative Ophthalmology & Visual Science 53, 5452: 357 and 255 characters read aloud a minute).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.unicode_ranges import HAN, KANA

if TYPE_CHECKING:
    from generator.languages import Language

WORDS = 230
CHARACTERS = 350
CHARACTERS_OF = {"Jpan": 490}
"""Characters a minute, by script, where they are not ``CHARACTERS``."""

_STEP = 5
_EXACT = 10
"""Up to so many minutes none are rounded away."""

_CHARACTER = re.compile(f"[{HAN}{KANA}]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def minutes(text: str, language: Language) -> int:
    """The minutes that a text takes; 0 where there is hardly any."""
    words = len(_WORD.findall(_CHARACTER.sub(" ", text)))
    rate = CHARACTERS_OF.get(language.script, CHARACTERS)
    return rounded(len(_CHARACTER.findall(text)) / rate + words / WORDS)


def rounded(exact: float) -> int:
    """Whole minutes, and multiples of five above ten: nobody reads by the minute for so long."""
    return round(exact) if exact <= _EXACT else _STEP * round(exact / _STEP)

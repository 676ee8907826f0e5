"""Chinese text as it is set in Taiwan: no spaces by hand, full-width signs, corner quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.errors import Mistake
from generator.unicode_ranges import HAN, LATIN, SIGN

if TYPE_CHECKING:
    from generator.checking.document import Document


FAULTS = (
    (rf"[{HAN}] +[{LATIN}{HAN}]|[{LATIN}] +[{HAN}]", "a space beside Chinese", "remove it"),
    (rf"[{SIGN}] +[^ ]|[^ ] +[{SIGN}]", "a space beside a full-width sign", "remove it"),
    (rf"[{HAN}][,;:?!]", "a half-width sign after Chinese", "write it full-width"),
    (r'["“”]', "a quotation mark of another script", "write 「」"),
)


def faults(page: Document, names: Sequence[str], shown: str) -> Iterator[Mistake]:
    """Every fault in text of traditional characters; the names of the site are set as they are."""
    for found, language in page.texts:
        if "Hant" not in language.split("-"):
            continue
        text = found.text
        for name in names:
            text = text.replace(name, "")
        for pattern, problem, hint in FAULTS:
            match = re.search(pattern, text)
            if match:
                near = text[max(0, match.start() - 6) : match.end() + 6].strip()
                line = found.line + text.count("\n", 0, match.start())
                yield Mistake(f"{shown}/{page.path}", line, f"{problem} in {near!r}", hint)

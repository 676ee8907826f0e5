"""Links that set a simulator: what they set there must be, and must be settable so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from generator.checking.links import is_external, leads_to
from generator.errors import Mistake, nearest

if TYPE_CHECKING:
    from generator.checking.document import Control, Document

ROUNDING = 1e-6
"""Share of a step that the arithmetic of decimal fractions may be off."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


def problem(documents: Mapping[str, Document], shown: str) -> Iterator[Mistake]:
    """Every setting in a link to a page that no simulator of that page takes."""
    for page in documents.values():
        for link in page.links:
            url = urlsplit(link.text)
            target = documents.get(leads_to(page.path, unquote(url.path)))
            if not url.query or not target or is_external(link.text):
                continue
            for name, value in parse_qsl(url.query, keep_blank_values=True):
                found = _wrong(target.controls, name, value) if "." in name else None
                if found:
                    message = f"the link {link.text!r} {found[0]}"
                    yield Mistake(f"{shown}/{page.path}", link.line, message, found[1])


def _wrong(controls: Mapping[str, Control], name: str, value: str) -> tuple[str, str] | None:
    if name not in controls:
        advice = nearest(name, controls, what="the settings of that page are")
        return f"sets {name!r}, which nothing there takes", advice
    control = controls[name]
    if control.options:
        fits, allowed = value in control.options, f"one of {', '.join(control.options)}"
    else:
        fits = bool(_NUMBER.fullmatch(value)) and _takes(control, float(value))
        allowed = f"a number from {control.low:g} to {control.high:g} in steps of {control.step:g}"
    return None if fits else (f"sets {name!r} to {value!r}", f"write {allowed}")


def _takes(control: Control, number: float) -> bool:
    """Whether a control can be moved to a number, which lies on one of its steps."""
    steps = (number - control.low) / control.step
    return control.low <= number <= control.high and abs(steps - round(steps)) < ROUNDING

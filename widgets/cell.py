"""What a reader writes into a code cell, run as she wrote it."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO

from widgets import lmm_alias

Columns = Mapping[str, Sequence[float | str]]

NAME = "<cell>"
"""The file that Python takes the text for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was printed, and what went wrong; empty if nothing did."""

    printed: str
    error: str


def run(code: str, data: Columns) -> Outcome:
    """What comes of a text in a fresh namespace that holds ``data`` and nothing else.

    The text may import the engine as ``lmm``, as whoever has it installed does.
    """
    lmm_alias.install()
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            exec(compile(code, NAME, "exec"), {"__name__": "__main__", "data": dict(data)})  # noqa: S102  what a cell is for
    except (Exception, SystemExit) as error:  # noqa: BLE001  the reader's text may raise anything
        return Outcome(printed.getvalue(), _told(error))
    return Outcome(printed.getvalue(), "")


def _told(error: BaseException) -> str:
    """The error in a line, with the line of the text that it comes from."""
    if isinstance(error, SyntaxError):
        line, message = error.lineno, error.msg
    else:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == NAME), None)
        message = str(error)
    kind = type(error).__name__
    return f"line {line}: {kind}: {message}" if line else f"{kind}: {message}"

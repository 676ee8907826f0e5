"""What an author is told.

::

    MistakeError            one or more mistakes in what the author wrote
    SetupError              the machine lacks something that the build needs
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where, what is wrong there, and what would be right."""

    path: str
    line: int | None
    wrong: str
    right: str

    def __str__(self) -> str:
        """``path:line: what is wrong; what would be right``."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.wrong}; {self.right}"


class MistakeError(Exception):
    """What the author wrote cannot be built."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        """One mistake a line."""
        return "\n".join(str(mistake) for mistake in self.mistakes)


class SetupError(Exception):
    """The machine lacks something that the build needs; the message says how to get it."""


def refusal(path: str, line: int | None, wrong: str, right: str) -> MistakeError:
    """The error for a single mistake."""
    return MistakeError(Mistake(path, line, wrong, right))


def nearest(name: str, known: Iterable[str], *, what: str) -> str:
    """Advice for a name that does not exist: the closest that does, or all of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"{what}: {', '.join(names)}" if names else "there are none yet"

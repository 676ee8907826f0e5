"""The errors that an author meets.

::

    MistakeError            one or more mistakes in what the author wrote
    SetupError              the machine lacks something that the build needs
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from generator.project import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


STOPPED_HINT = "end its loop, or compute less"


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where, what is wrong there, and what would be right."""

    path: str
    line: int | None
    problem: str
    hint: str

    def __str__(self) -> str:
        """``path:line: problem; hint``."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.problem}; {self.hint}"


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


class StoppedError(Exception):
    """A part of the site took longer than it may."""


def error(path: str, line: int | None, problem: str, hint: str) -> MistakeError:
    """The error for a single mistake."""
    return MistakeError(Mistake(path, line, problem, hint))


def nearest(name: str, known: Iterable[str], *, what: str) -> str:
    """Advice for a name that does not exist: the closest that does, or all of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"{what}: {', '.join(names)}" if names else "there are none yet"


@contextmanager
def authored(path: Path) -> Iterator[None]:
    """Tell whatever fails in this file or folder, or because of it, as a mistake there."""
    try:
        yield
    except MistakeError:
        raise
    except SyntaxError as cause:
        where = shown(Path(cause.filename or path))
        raise error(where, cause.lineno, cause.msg, "write it as Python") from cause
    except Exception as cause:
        stopped = isinstance(cause, StoppedError)
        problem = str(cause) if stopped else f"{type(cause).__name__}: {cause}"
        hint = STOPPED_HINT if stopped else "mend this line"
        for frame in reversed(extract_tb(cause.__traceback__)):
            if Path(frame.filename).is_relative_to(path):
                where = shown(Path(frame.filename))
                raise error(where, frame.lineno, problem, hint) from cause
        raise error(shown(path), None, problem, STOPPED_HINT if stopped else "mend it") from cause

"""What goes wrong in Python that authors write is told by its place, as any mistake of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

from generator.errors import MistakeError, refusal
from generator.options import shown


@contextmanager
def authored(path: Path) -> Iterator[None]:
    """Tell whatever fails in this file or folder, or because of it, as a mistake there."""
    try:
        yield
    except MistakeError:
        raise
    except SyntaxError as error:
        where = shown(Path(error.filename or path))
        raise refusal(where, error.lineno, error.msg, "write it as Python") from error
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}"
        for frame in reversed(extract_tb(error.__traceback__)):
            if Path(frame.filename).is_relative_to(path):
                where = shown(Path(frame.filename))
                raise refusal(where, frame.lineno, wrong, "mend this line") from error
        raise refusal(shown(path), None, wrong, "mend it") from error

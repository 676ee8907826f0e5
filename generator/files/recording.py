"""What a call reads: modules loaded, files opened, folders listed.

The call runs in a forked process, so that what it imports is loaded anew and therefore seen, and so
that a loop that never ends can be ended. Where processes cannot be forked it runs in this one: then
every module of an author that is loaded counts as read.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from generator.errors import StoppedError

CPU_SECONDS = 300
"""What a part may take of a processor before it is stopped."""

PATIENCE = 4
"""So many times longer a part may take by the clock: the machine may have other work."""

HIDDEN = frozenset(
    (
        *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"),
        *("socket.connect", "socket.getaddrinfo", "subprocess.Popen"),
    )
)
"""Audit events of what reads where no record is kept."""

PRELOADED = ("numpy", "altair", "vl_convert")
"""Installed packages that most parts need, loaded once before the processes part. They count as
read no more than other installed packages, which the requirements pin."""

IMPORT_SYSTEM = "<frozen importlib._bootstrap_external>"


@dataclass(slots=True)
class Reads:
    """What was read, as absolute paths."""

    modules: dict[str, str] = field(default_factory=dict)
    """The file of every module that was loaded when the call came back, by the module's name."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    """Audit events of :data:`HIDDEN` that were seen."""

    def see(self, event: str, given: tuple[Any, ...]) -> None:
        """Note an audit event."""
        if event == "open":
            self._opened(*given)
        elif event in {"os.listdir", "os.scandir"}:
            if sys._getframe(2).f_code.co_filename != IMPORT_SYSTEM:  # noqa: SLF001
                self.folders.add(_absolute(given[0] or "."))
        elif event in HIDDEN:
            self.hidden.add(event)

    def _opened(self, path: object, mode: str | None, flags: int) -> None:
        if isinstance(path, int):
            return
        if set(mode or "") & set("wxa") or flags & os.O_WRONLY:
            self.written.add(_absolute(path))
        elif sys._getframe(3).f_code.co_filename != IMPORT_SYSTEM:  # noqa: SLF001
            self.files.add(_absolute(path))


def _absolute(path: Any) -> str:  # noqa: ANN401  whatever open() takes
    return "" if isinstance(path, int) else os.path.realpath(os.fsdecode(path))


def recorded(make: Callable[[], bytes]) -> tuple[bytes, Reads]:
    """What a call returns, and what it read.

    Raises
    ------
    StoppedError
        If it took longer than it may.
    Exception
        What the call raises.
    """
    if not hasattr(os, "fork"):
        return _watched(make)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    for package in PRELOADED:
        with suppress(ImportError):
            import_module(package)
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # numpy's threads wait for work, and are ended and begun again around a fork
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reader)
        _answer(make, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            told = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if not told:
        raise StoppedError(_ended(status))
    outcome = pickle.loads(told)  # noqa: S301  from our own child
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome  # type: ignore[no-any-return]


def _ended(status: int) -> str:
    number = os.waitstatus_to_exitcode(status)
    if number in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _too_long()
    return f"its process ended with status {number}"


def _too_long() -> str:
    return f"it still computed after {CPU_SECONDS} s"


def _answer(make: Callable[[], bytes], writer: int) -> None:
    """Run the call in the child, write the outcome, and leave without any cleaning up."""
    try:
        with limited():
            outcome: object = _watched(make)
    except BaseException as cause:  # noqa: BLE001  told to the parent, which raises it
        outcome = cause
    try:
        told = pickle.dumps(outcome)
    except Exception as cause:  # noqa: BLE001  an exception that does not travel
        told = pickle.dumps(RuntimeError(f"{outcome!r} ({cause})"))
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(told)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


@contextmanager
def limited() -> Iterator[None]:
    """Raise :class:`StoppedError` in the line that runs when the time is up."""
    import resource  # noqa: PLC0415  there is none where processes cannot be forked

    def stop(_number: int, _frame: object) -> None:
        raise StoppedError(_too_long())

    signal.signal(signal.SIGXCPU, stop)
    signal.signal(signal.SIGALRM, stop)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    end = CPU_SECONDS + 5 if hard == resource.RLIM_INFINITY else min(CPU_SECONDS + 5, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (min(CPU_SECONDS, end), end))
    signal.setitimer(signal.ITIMER_REAL, PATIENCE * CPU_SECONDS, 1)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


_WATCHING: list[Reads] = []


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if _WATCHING:
        _WATCHING[-1].see(event, given)


def _watched(make: Callable[[], bytes]) -> tuple[bytes, Reads]:
    reads = Reads()
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    _WATCHING.append(reads)
    try:
        content = make()
    finally:
        _WATCHING.pop()
    for name, module in list(sys.modules.items()):
        if file := getattr(module, "__file__", None):
            reads.modules[name] = os.path.realpath(file)
    return content, reads


_hooked: list[bool] = []
"""Whether the hook is there; one that was added stays."""


def is_below(path: str, folder: Path) -> bool:
    """Whether a path lies in a folder."""
    return path == str(folder) or path.startswith(f"{folder}{os.sep}")

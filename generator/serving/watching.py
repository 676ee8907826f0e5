"""Serves the site while its author writes: builds whenever something changes, and tells of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from generator.building.problems import load
from generator.project import PROJECT
from generator.serving.server import Builds, listen

if TYPE_CHECKING:
    from generator.options import Options

LULL = 60
"""Milliseconds without a further change after which a build begins."""

POLL = 500
"""Milliseconds after which it is looked whether what is watched has come back."""


def serve(options: Options, host: str, port: int) -> None:
    """Serve the site until the author interrupts."""
    builds, stop = Builds(), Event()
    options = replace(options, writing=True)
    with listen(host, port, options.output, builds) as server:
        thread = keep_building(options, builds, stop)
        address, chosen = server.server_address[:2]
        sys.stdout.write(f"http://{address!s}:{chosen}/  (Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
        finally:
            stop.set()
            thread.join(5)


def command(options: Options) -> list[str]:
    """The command that builds with these options, drafts too."""
    words = [sys.executable, str(PROJECT / "build.py"), "--writing"]
    for name in ("content", "output", "templates", "cache"):
        words += [f"--{name}", str(getattr(options, name))]
    return words + (["--url", options.url] if options.url else [])


class Build:
    """A build in a process of its own, so that changed code counts and a newer build can end it."""

    def __init__(self, words: Sequence[str]) -> None:
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            words,
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._said = ""

    def is_running(self, seconds: float) -> bool:
        """Whether it still runs after so long."""
        try:
            self._said, _ = self._process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def end(self) -> None:
        """End it and what it has started, whatever they do."""
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()

    def problem(self) -> str | None:
        """What was said by a build that failed."""
        failed = self._process.returncode != 0
        said = self._said.strip() if failed else f"built in {self._seconds:.2f} s"
        sys.stdout.write(f"{time.strftime('%H:%M:%S')} {said}\n")
        sys.stdout.flush()
        return said if failed else None

    @property
    def _seconds(self) -> float:
        return time.perf_counter() - self._started


def watched(options: Options) -> list[Path]:
    """The folders and files that a build reads; in the place of one that is gone, its parent."""
    found = set()
    for path in options.roots.values():
        there = path
        while not there.exists():
            there = there.parent
        found.add(there)
    return sorted(found)


def keep_building(options: Options, builds: Builds, stop: Event) -> Thread:
    """A thread that builds at once and whenever something changes, until told to stop."""
    thread = Thread(target=_work, args=(options, builds, stop), name="builds", daemon=True)
    thread.start()
    return thread


def _work(options: Options, builds: Builds, stop: Event) -> None:
    changes = Changes(options)
    changes.start(stop)
    while not stop.is_set():
        changes.happened.clear()
        build = Build(command(options))
        while build.is_running(0.05):
            if stop.is_set() or changes.happened.is_set():
                build.end()
                break
        else:
            tell(options, builds, build.problem())
            while not stop.is_set() and not changes.happened.wait(0.2):
                pass


def tell(options: Options, builds: Builds, problem: str | None) -> None:
    """Tell of a build that has ended: what is wrong with the site, or with some of its pages."""
    found = load(options)
    builds.add(None if found else problem, found)


class Changes:
    """Whether something that a build reads has changed."""

    def __init__(self, options: Options) -> None:
        self.happened = Event()
        self._options = options

    def start(self, stop: Event) -> None:
        """Begin to watch, on a thread of its own."""
        Thread(target=self._watch, args=(stop,), name="watch", daemon=True).start()

    def _watch(self, stop: Event) -> None:
        from watchfiles import watch  # noqa: PLC0415  only the server needs it

        while not stop.is_set():
            paths = watched(self._options)
            identities = _identities(paths)
            changes = watch(
                *paths,
                step=LULL,
                debounce=10 * LULL,
                stop_event=stop,
                rust_timeout=POLL,
                yield_on_timeout=True,
            )
            for found in changes:
                if found:
                    self.happened.set()
                if _identities(watched(self._options)) != identities:
                    self.happened.set()  # a folder was removed, or another put in its place
                    break


def _identities(paths: Sequence[Path]) -> list[tuple[str, int]]:
    """Paths with what tells a folder from another of the same name."""
    found = []
    for path in paths:
        try:
            found.append((str(path), path.stat().st_ino))
        except OSError:
            found.append((str(path), 0))
    return found

"""What there is to be shown: the site, or why it could not be built."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Condition


@dataclass(frozen=True, slots=True)
class Shown:
    """The outcome of a build: its number, and what went wrong if something did."""

    number: int
    problem: str | None = None


@dataclass(slots=True)
class Showing:
    """The outcome of the last build, for which any number of requests may wait."""

    now: Shown = field(default_factory=lambda: Shown(0))
    changed: Condition = field(default_factory=Condition)

    def show(self, problem: str | None) -> None:
        """Show the outcome of a new build."""
        with self.changed:
            self.now = Shown(self.now.number + 1, problem)
            self.changed.notify_all()

    def after(self, number: int, patience: float) -> Shown:
        """The first outcome after the given one, or the same again when patience is at its end."""
        with self.changed:
            self.changed.wait_for(lambda: self.now.number > number, patience)
            return self.now

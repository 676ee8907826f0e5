"""What a build is asked to do: which folders, and the address of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import SetupError
from generator.project import PROJECT, shown

ROOTS = (
    "browser",
    "build.py",
    "generator",
    "package-lock.json",
    "requirements",
    "validation",
    "widgets",
)
"""What every site is made from besides its own content, chapters and templates."""


SIMULATORS = PROJECT / "widgets" / "simulators"
"""Those of the course that lies in this project."""


@dataclass(frozen=True, slots=True)
class Options:
    """The folders of a build, and the address that wins over the one in ``site.toml``."""

    content: Path = PROJECT / "content"
    output: Path = PROJECT / "site"
    templates: Path = PROJECT / "templates"
    cache: Path = PROJECT / ".cache"
    url: str | None = None

    writing: bool = False
    """Whether an author looks at the site while she writes: drafts are built, and a mistake in one
    page leaves out that page alone."""

    @property
    def roots(self) -> Mapping[str, Path]:
        """Where the inputs lie, by the first part of their name."""
        roots = {name: PROJECT / name for name in ROOTS}
        own = {"chapters": self.chapters, "content": self.content, "templates": self.templates}
        if self.simulators != SIMULATORS:
            own["simulators"] = self.simulators
        return {**roots, **own}

    @property
    def chapters(self) -> Path:
        """The folder of the chapters' build-time Python, which lies beside the content."""
        return self.content.parent / "chapters"

    @property
    def simulators(self) -> Path:
        """The folder of the simulators, which lies beside the content too."""
        return self.content.parent / "widgets" / "simulators"

    @property
    def simulators_name(self) -> str:
        """What the names of inputs below that folder begin with."""
        return "widgets/simulators/" if self.simulators == SIMULATORS else "simulators/"

    def refuse_wrong_folders(self) -> None:
        """Refuse folders that cannot be built from, or would be taken for what one builds from.

        Raises
        ------
        SetupError
            For the first that is so.
        """
        for name in ("content", "templates"):
            folder: Path = getattr(self, name)
            if not folder.is_dir():
                message = f"--{name}: there is no folder {shown(folder)}"
                raise SetupError(message)
        for name in ("output", "cache"):
            made: Path = getattr(self, name)
            for root in self.roots.values():
                if made.is_relative_to(root):
                    message = (
                        f"--{name}: {shown(made)} lies in {shown(root)}, from which the site is "
                        "made; name a folder outside it"
                    )
                    raise SetupError(message)

    @property
    def identity(self) -> str:
        """What one build has to have in common with the next for it to go on from there."""
        places = (self.content, self.output, self.templates)
        return "\n".join((*map(str, places), str(self.url), str(self.writing)))

"""Scripts, styles, fonts and the runtime: which files there are, and where pages find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Assets:
    """The files that pages share, by their place in the site."""

    linked: Mapping[str, str]
    """What every page may link to: ``style``, ``script``, ``choice``."""

    runtime: Mapping[str, str] = field(default_factory=dict)
    """What a page with simulators needs: ``worker``, ``vega``, ``runtime``, ``models``."""

    pictures: Mapping[str, str] = field(default_factory=dict)
    """The preview picture of each language."""

    files: Mapping[str, Path | bytes] = field(default_factory=dict)
    """What to write: place in the site -> a file kept elsewhere, or its bytes."""

"""The command that makes the site: build (default), serve, check, clean, new."""

from __future__ import annotations

import sys

from generator.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

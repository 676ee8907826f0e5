"""What html-validate says of the pages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.errors import Mistake, SetupError
from generator.options import PROJECT, shown
from generator.runtime.node import node


def faults(files: Sequence[Path]) -> Iterator[Mistake]:
    """Every message about one of the files."""
    program = PROJECT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not program.is_file():
        message = "pages cannot be validated without html-validate; `make site` installs it"
        raise SetupError(message)
    config = PROJECT / ".htmlvalidate.json"
    words = [str(node()), str(program), "--config", str(config), "--formatter", "json"]
    done = subprocess.run(
        [*words, *map(str, files)], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    try:
        reports = json.loads(done.stdout)
    except ValueError as error:
        message = f"html-validate failed: {done.stderr.strip() or done.stdout.strip()}"
        raise SetupError(message) from error
    for report in reports:
        path = shown(Path(report["filePath"]))
        for message in report["messages"]:
            yield Mistake(path, message["line"], message["message"], f"see {message['ruleUrl']}")

"""What html-validate says of the pages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import PIPE
from tempfile import TemporaryFile

from generator.errors import Mistake, SetupError
from generator.project import PROJECT, shown
from generator.runtime.node import node


def faults(files: Sequence[Path]) -> Iterator[Mistake]:
    """Every message about one of the files."""
    program = PROJECT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not program.is_file():
        message = "pages cannot be validated without html-validate; `make site` installs it"
        raise SetupError(message)
    config = PROJECT / ".htmlvalidate.json"
    words = [str(node()), str(program), "--config", str(config), "--formatter", "json"]
    words += map(str, files)
    with TemporaryFile() as said:  # it ends before a pipe has taken more than 64 kB
        done = subprocess.run(words, stdout=said, stderr=PIPE, text=True, check=False, cwd=PROJECT)
        said.seek(0)
        answer = said.read()
    try:
        reports = json.loads(answer)
    except ValueError as cause:
        message = f"html-validate failed: {done.stderr.strip() or answer.decode().strip()}"
        raise SetupError(message) from cause
    for report in reports:
        path = shown(Path(report["filePath"]))
        for message in report["messages"]:
            yield Mistake(path, message["line"], message["message"], f"see {message['ruleUrl']}")

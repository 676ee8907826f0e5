"""What the last build was made from and what it made, so that the next does only what is new."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files.cache import digest
from generator.files.inputs import Stamp, file_of, hash_of, scan, walk_output
from generator.files.writing import write_atomically

if TYPE_CHECKING:
    from generator.options import Options

FORMAT = 1
TICK = 20_000_000
"""A file changed so short (ns) before it was looked at may change again within the same stamp."""

NEVER: Stamp = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One build."""

    inputs: Mapping[str, tuple[Stamp, str]] = field(default_factory=dict)
    """Stamp and hash of every input, by name."""

    outputs: Mapping[str, tuple[Stamp, str]] = field(default_factory=dict)
    """Stamp of every file made, and the key of what it was made from."""


@dataclass(frozen=True, slots=True)
class InputScan:
    """What lies there now."""

    inputs: Mapping[str, tuple[Stamp, str]]
    outputs: Mapping[str, Stamp]

    def agrees(self, manifest: Manifest) -> bool:
        """Whether nothing has changed since that build."""
        mine = {name: sha for name, (_, sha) in self.inputs.items()}
        before = {name: sha for name, (_, sha) in manifest.inputs.items()}
        made = {name: stamp for name, (stamp, _) in manifest.outputs.items()}
        return bool(made) and mine == before and self.outputs == made


def scan_inputs(options: Options, before: Manifest) -> InputScan:
    """The inputs and outputs as they are; what bears a known stamp is not read again."""
    now = time.time_ns()
    roots = options.roots
    inputs = {}
    for name, stamp in scan(roots).items():
        known = before.inputs.get(name)
        settled = now - max(stamp[0], stamp[1]) > TICK
        if known and known[0] == stamp and settled:
            inputs[name] = known
        else:
            inputs[name] = (stamp if settled else NEVER, hash_of(file_of(name, roots)))
    return InputScan(inputs, scan_output(options.output))


def scan_output(output: Path) -> dict[str, Stamp]:
    """The stamps of all files in the output folder."""
    return dict(walk_output(str(output)))


def folder(options: Options) -> Path:
    """Where a build keeps what the next one needs."""
    return options.cache / "builds" / digest(options.identity)[:16]


def load(options: Options) -> Manifest:
    """The manifest of the last build, empty if there is none that can be read."""
    try:
        document = json.loads((folder(options) / "manifest.json").read_bytes())
        if document["format"] != FORMAT:
            return Manifest()
        return Manifest(_entries(document["inputs"]), _entries(document["outputs"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def _entries(given: Mapping[str, list[object]]) -> dict[str, tuple[Stamp, str]]:
    return {name: (tuple(entry[:3]), str(entry[3])) for name, entry in given.items()}  # type: ignore[misc]


def save(options: Options, manifest: Manifest) -> None:
    """Keep the manifest for the next build."""
    document = {
        "format": FORMAT,
        "inputs": {name: (*stamp, sha) for name, (stamp, sha) in manifest.inputs.items()},
        "outputs": {name: (*stamp, key) for name, (stamp, key) in manifest.outputs.items()},
    }
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    write_atomically(folder(options) / "manifest.json", content)

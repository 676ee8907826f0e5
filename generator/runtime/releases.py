"""The release files of Pyodide 0.27.7 with their checksums.

Another version of Pyodide is another table here and another line in package.json.
"""

from __future__ import annotations

from dataclasses import dataclass

PYODIDE = "0.27.7"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A published file: name and sha256."""

    name: str
    sha256: str


CORE = (
    ReleaseFile(
        "pyodide.js",
        "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    ),
    ReleaseFile(
        "pyodide.asm.js",
        "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    ),
    ReleaseFile(
        "pyodide.asm.wasm",
        "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    ),
    ReleaseFile(
        "python_stdlib.zip",
        "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    ),
    ReleaseFile(
        "pyodide-lock.json",
        "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
    ),
)
"""What the npm package ``pyodide`` holds."""

NUMPY = ReleaseFile(
    "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl",
    "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08",
)
"""numpy as Pyodide's own lock file pins it; no package of npm's holds it."""

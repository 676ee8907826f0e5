"""Write the data sets that readers can download: ``python -m chapters.mixed_models.datasets``."""

from __future__ import annotations

from pathlib import Path

from chapters.mixed_models.datasets.writing import FOLDER, files


def main() -> None:
    """Write every file anew."""
    folder = Path(__file__).resolve().parents[3] / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


main()

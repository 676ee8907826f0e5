"""How far the engine is from R, printed and written into its document: ``python -m validation``."""

from __future__ import annotations

import sys

from validation.document import DOCUMENT, END, START, table


def main() -> None:
    """None; the table is printed, and ``docs/engine.md`` has it between its marks."""
    found = table()
    sys.stdout.write(f"{found}\n")
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{START}\n\n{found}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()

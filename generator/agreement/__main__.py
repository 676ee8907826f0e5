"""Write the table of agreement into the engine's document: ``python -m generator.agreement``."""

from __future__ import annotations

from generator.agreement.document import DOCUMENT, END, START, table


def main() -> None:
    """Write the table anew."""
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{START}\n\n{table()}\n\n{END}{after}", "utf-8")


main()

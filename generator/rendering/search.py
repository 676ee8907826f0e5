"""The script that holds the text of all pages; the browser loads it when a reader searches.

It has no hash in its name: else every page, which names it, would change with every word of
any other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.rendering.sections import sections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.rendering.rendered import Rendered

SEARCH = "assets/search.js"


def entry(page: Rendered) -> bytes:
    """What the script says of one page, as JSON."""
    fields = {
        "language": page.context.language.tag,
        "path": page.address.path,
        "title": page.front_matter.title,
        "sections": [[one.id, one.heading, one.text] for one in sections(page)],
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def script(entries: Iterable[bytes]) -> bytes:
    """The script that hands all entries to the page."""
    return b"globalThis.siteText=[\n" + b",\n".join(entries) + b"\n];\n"

"""The script that holds the text of all pages; the browser loads it when a reader searches.

It has no hash in its name: else every page, which names it, would change with every word of
any other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.rendering.sections import Section, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.rendering.rendered import Rendered

SEARCH = "assets/search.js"
HEAD = "globalThis.siteText="

SIMPLIFIED = Path(__file__).with_name("simplified.txt")
"""2,841 pairs: the character into which ICU's transliterator Traditional-Simplified turns the one
behind it."""


def entry(page: Rendered) -> bytes:
    """What the script says of one page, as JSON."""
    fields = {
        "language": page.context.language.tag,
        "path": page.address.path,
        "title": page.front_matter.title,
        "sections": [_entry(one) for one in sections(page)],
    }
    return written(fields)


def written(fields: Mapping[str, Any]) -> bytes:
    """An entry as it stands in the script."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _entry(section: Section) -> list[str]:
    told = [section.id, section.heading, section.text]
    return [*told, section.code] if section.code else told


def script(entries: Iterable[bytes]) -> bytes:
    """The script that hands all entries to the page, and the variants of their characters."""
    text = b",\n".join(entries)
    variants = json.dumps(_variants(text.decode()), ensure_ascii=False).encode()
    return HEAD.encode() + b"[\n" + text + b"\n];\nglobalThis.siteVariants=" + variants + b";\n"


def pages(made: bytes) -> list[dict[str, Any]]:
    """The entries that such a script hands to the page."""
    text = made.decode().removeprefix(HEAD)
    found: list[dict[str, Any]] = json.JSONDecoder().raw_decode(text)[0]
    return found


def _variants(text: str) -> str:
    """The simplified form of every traditional character of a text, each before the latter."""
    pairs = SIMPLIFIED.read_text(encoding="utf-8").strip()
    present = set(text)
    return "".join(
        simplified + traditional
        for simplified, traditional in zip(pairs[::2], pairs[1::2], strict=True)
        if traditional in present
    )

"""Fonts that charts are measured with: the same on every machine, whatever is installed there.

vl-convert brings Liberation Sans for Latin and Greek, and asks the machine's fonts for the rest.
Here it gets one more font instead, made of metrics alone: a box of one em for each character of
East Asia and for symbols, which is what such fonts have in common. Pages draw with other fonts.
"""

from __future__ import annotations

import atexit
import os
import shutil
import struct
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import vl_convert

FAMILY = "One Em"
EM, ASCENT, DESCENT = 1000, 880, -120
SMALL, SMALL_WIDTH = (0x2070, 0x209F), 400
"""Superscripts and subscripts, which are narrower."""

RANGES = (
    *(SMALL, (0x2100, 0x21FF), (0x2300, 0x27BF), (0x2E80, 0x33FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
    *((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)),
)
"""First and last code points: small digits, symbols, radicals to kana, Han, Hangul, full width."""

BOX = struct.pack(">5hHH4B8h", 1, 0, 0, EM, EM, 3, 0, 1, 1, 1, 1, 0, EM, 0, -EM, 0, 0, EM, 0)
"""A glyph: one contour of four points, whose sides are one em long."""

NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir></fontconfig>
"""


@cache
def use_own_fonts() -> None:
    """Tell vl-convert, once in a process, to measure with its own font and with this one.

    On Linux the machine's fonts are then not read at all. Elsewhere they are, and come first: a
    character that Liberation Sans lacks is measured by one of them.
    """
    folder = Path(mkdtemp(prefix="fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "one-em.ttf").write_bytes(font())
    settings = folder / "fonts.conf"
    settings.write_text(NO_FONTS.format(folder), encoding="utf-8")
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(settings)
    try:
        vl_convert.register_font_directory(str(folder))
    finally:
        os.environ.pop("FONTCONFIG_FILE")
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def font() -> bytes:
    """A TrueType font of equal boxes, as long as it takes for text to be measured."""
    count = 1 + sum(last - first + 1 for first, last in RANGES)
    size = len(BOX)
    small = SMALL[1] - SMALL[0] + 1
    widths = (EM, *(SMALL_WIDTH,) * small, EM)  # the last holds for all that follow
    tables = {
        b"cmap": _characters(),
        b"glyf": BOX * count,
        b"head": struct.pack(
            ">4LHH2q4hHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0),
            *(0, 0, EM, EM, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, ASCENT, DESCENT, 0, EM, *(0,) * 11, len(widths)),
        b"hmtx": struct.pack(f">{2 * len(widths)}H", *(n for width in widths for n in (width, 0)))
        + bytes(2 * (count - len(widths))),
        b"loca": b"".join(struct.pack(">L", size * glyph) for glyph in range(count + 1)),
        b"maxp": struct.pack(">LH13H", 0x10000, count, 4, 1, *(0,) * 11),
        b"name": _names(),
    }
    return _file(tables)


def _characters() -> bytes:
    """The table ``cmap``: consecutive characters of a range have consecutive glyphs."""
    groups, glyph = b"", 1
    for first, last in RANGES:
        groups += struct.pack(">3L", first, last, glyph)
        glyph += last - first + 1
    head = struct.pack(">HHL3L", 12, 0, 16 + len(groups), 0, len(RANGES), 0)[:16]
    return struct.pack(">4HL", 0, 1, 3, 10, 12) + head + groups


def _names() -> bytes:
    """The table ``name``: family, style, whole name and PostScript name."""
    texts = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: FAMILY.replace(" ", "")}
    records, text = b"", b""
    for number, name in texts.items():
        encoded = name.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(text))
        text += encoded
    return struct.pack(">3H", 0, len(texts), 6 + len(records)) + records + text


def _file(tables: dict[bytes, bytes]) -> bytes:
    """Tables as a font file; their checksums, which no reader here compares, are left empty."""
    start = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, content in tables.items():
        directory += tag + struct.pack(">3L", 0, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return struct.pack(">L4H", 0x10000, len(tables), 128, 3, 0) + directory + body

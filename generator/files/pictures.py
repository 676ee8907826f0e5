"""Authors' pictures: whether they can be shown, how large they are, and what of them is published.

Pixels are published as they are. Drawings (SVG) are rewritten by :mod:`generator.files.drawings`.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.errors import error
from generator.files.drawings import DrawingError, cleaned

if TYPE_CHECKING:
    from PIL.Image import Image as ImageFile

FORMATS = {
    ".avif": "AVIF",
    ".gif": "GIF",
    ".jpeg": "JPEG",
    ".jpg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
}
"""What Pillow calls the format that a file's ending promises."""

ORIENTATION = 0x0112
"""EXIF tag; from 5 on, cameras mean the picture turned by a quarter."""

QUARTER_TURNS = range(5, 9)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be shown."""

    width: int
    """In CSS pixels, at full size."""

    height: int
    content: bytes


def is_picture(name: str) -> bool:
    """Whether a file's ending is that of a picture."""
    return _ending(name) in FORMATS or is_drawing(name)


def is_drawing(name: str) -> bool:
    """Whether a file's ending is that of a drawing."""
    return _ending(name) == ".svg"


def read(file: Path, path: str) -> Picture:
    """The picture in a file, which the author knows as ``path``.

    Raises
    ------
    MistakeError
        The file is broken, is no picture, or is one of another kind than its name says.
    """
    content = file.read_bytes()
    if is_drawing(path):
        return _drawing(content, path)
    width, height = _pixels(content, path)
    return Picture(width, height, content)


def _drawing(content: bytes, path: str) -> Picture:
    try:
        drawing = cleaned(content)
    except DrawingError as cause:
        raise error(path, cause.line, cause.problem, cause.hint) from None
    return Picture(_whole(drawing.width), _whole(drawing.height), drawing.content)


def _whole(length: float) -> int:
    return max(1, round(length))


def _pixels(content: bytes, path: str) -> tuple[int, int]:
    """Width and height of a picture made of pixels, after all of it has been decoded."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  slow, and most sites have none

    hint = "save it again with the program that made it"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which browsers pass over
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content)) as image:
                image.load()
                found, size = str(image.format), image.size
                turned = _is_turned(image)
        except UnidentifiedImageError:
            raise error(path, None, "this is no picture that can be read", hint) from None
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as cause:
            problem = "the picture has more pixels than any screen"
            raise error(path, None, problem, "save it smaller") from cause
        except Exception as cause:
            problem = f"the picture is broken ({str(cause).rstrip('.') or type(cause).__name__})"
            raise error(path, None, problem, hint) from cause
    if found != FORMATS[_ending(path)]:
        endings = " or ".join(ending for ending, one in FORMATS.items() if one == found)
        problem = f"the picture is {found}, which its name does not say"
        raise error(path, None, problem, f"let its name end in {endings}" if endings else hint)
    return (size[1], size[0]) if turned else size


def _is_turned(image: ImageFile) -> bool:
    """Whether a picture is shown turned by a quarter, as its metadata say if they can be read."""
    try:
        return image.getexif().get(ORIENTATION) in QUARTER_TURNS
    except Exception:  # noqa: BLE001  whatever is wrong in them, the picture is shown without
        return False


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()

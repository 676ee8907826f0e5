"""Pictures are read before they are published: how large they are, and whether they are whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from generator.errors import MistakeError
from generator.files.pictures import ORIENTATION, read


def painted(file: Path, size: tuple[int, int] = (40, 30), **saved: object) -> Path:
    Image.new("RGB", size, "navy").save(file, **saved)  # type: ignore[arg-type]
    return file


def told(file: Path) -> str:
    with pytest.raises(MistakeError) as error:
        read(file, f"content/{file.name}")
    return str(error.value)


@pytest.mark.parametrize("ending", ["png", "jpg", "jpeg", "gif", "webp", "avif", "PNG"])
def test_a_picture_says_its_size_and_stays_as_it_is(tmp_path: Path, ending: str) -> None:
    file = painted(tmp_path / f"mouse.{ending}")
    picture = read(file, file.name)
    assert (picture.width, picture.height) == (40, 30)
    assert picture.content == file.read_bytes()


def test_a_photograph_taken_upright_is_upright(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[ORIENTATION] = 6
    picture = read(painted(tmp_path / "mouse.jpg", exif=turned), "mouse.jpg")
    assert (picture.width, picture.height) == (30, 40)


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_a_picture_that_was_cut_short_is_a_mistake(tmp_path: Path, ending: str) -> None:
    file = painted(tmp_path / f"mouse.{ending}", (400, 300))
    file.write_bytes(file.read_bytes()[:-40])
    said = told(file)
    assert said.startswith(f"content/mouse.{ending}: the picture is broken (")
    assert said.endswith("; save it again with the program that made it")


def test_a_picture_larger_than_any_screen_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    said = told(painted(tmp_path / "mouse.png"))
    assert said == "content/mouse.png: the picture has more pixels than any screen; save it smaller"


def test_metadata_that_cannot_be_read_do_not_spoil_a_picture(tmp_path: Path) -> None:
    file = painted(tmp_path / "mouse.jpg", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")
    assert read(file, file.name).width == 40


def test_what_is_no_picture_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "mouse.png"
    file.write_text("<html>404</html>")
    assert told(file).startswith("content/mouse.png: this is no picture that can be read; save it")


def test_a_picture_of_another_kind_than_its_name_says_is_a_mistake(tmp_path: Path) -> None:
    file = painted(tmp_path / "mouse.jpg").rename(tmp_path / "mouse.png")
    assert told(file) == (
        "content/mouse.png: the picture is JPEG, which its name does not say; "
        "let its name end in .jpeg or .jpg"
    )


def test_a_broken_drawing_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mouse.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n<g>\n</svg>')
    assert told(file).startswith("content/mouse.svg:3: this is no XML (mismatched tag")

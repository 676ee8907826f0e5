"""A drawing keeps what it draws and loses what could run, or reach for something elsewhere."""

from __future__ import annotations

import pytest

from generator.files.drawings import DrawingError, cleaned

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 8 6">'
)


def left(inner: str) -> str:
    """What is left of the elements in a drawing."""
    text = cleaned(f"{HEAD}{inner}</svg>".encode()).content.decode()
    return text.partition(">")[2].removesuffix("\n").removesuffix("</svg>")


def size(attributes: str) -> tuple[float, float]:
    drawing = cleaned(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    return drawing.width, drawing.height


@pytest.mark.parametrize(
    "inner",
    [
        '<path d="M0 0h8" fill="url(#g)" transform="rotate(3)" />',
        '<linearGradient id="g"><stop offset="0" stop-color="rgb(0,0,9)" /></linearGradient>',
        '<use href="#g" />',
        "<style>.a { fill: url(#g); stroke: calc(1px + 2px) }</style>",
        '<image href="data:image/png;base64,iVBORw0KGgo=" />',
        '<animate attributeName="opacity" values="0;1" />',
        "<title>一隻小鼠</title>",
    ],
)
def test_what_draws_stays(inner: str) -> None:
    assert left(inner) == inner


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ("<script>alert(1)</script>", ""),
        ("<SCRIPT>alert(1)</SCRIPT>", ""),
        ('<g onclick="alert(1)" ONLOAD="alert(1)" />', "<g />"),
        ("<foreignObject><p>HTML</p></foreignObject>", ""),
        ('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', ""),
        ('<a href="javascript:alert(1)"><text>a</text></a>', "<a><text>a</text></a>"),
        ('<a xlink:href=" https://example.org"><text>a</text></a>', "<a><text>a</text></a>"),
        ('<image href="https://example.org/a.png" />', "<image />"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+" />', "<image />"),
        ('<use href="other.svg#a" />', "<use />"),
        ('<g xml:base="https://example.org/" />', "<g />"),
        ('<g fill="url(https://example.org/a.svg#g)" />', '<g fill="none" />'),
        ("""<g style="fill: url( 'https://example.org' )" />""", '<g style="fill:  none" />'),
        ('<g fill="u\\72l(https://example.org)" />', '<g fill="" />'),
        ("<style>@import 'https://example.org'; a{}</style>", "<style>a{}</style>"),
        (
            "<style>@imp@import 'b';ort '//example.org';</style>",
            "<style>@imp ort '//example.org';</style>",
        ),
        (
            "<style>a { b: ur/**/l(//example.org) }</style>",
            "<style>a { b: ur l(//example.org) }</style>",
        ),
        (
            "<style>a { b: u@import;rl(//example.org) }</style>",
            "<style>a { b: u rl(//example.org) }</style>",
        ),
        (
            "<style>a { fill: image-set('//example.org' 1x) }</style>",
            "<style>a { fill:  none  }</style>",
        ),
        ("<style>@\\69mport 'https://example.org';</style>", "<style />"),
        ('<set attributeName="href" to="javascript:alert(1)" />', ""),
        ('<set attributeName="xlink:href" to="javascript:alert(1)" />', ""),
        ('<animate attributeName="onclick" to="alert(1)" />', ""),
        ('<i:guide /><g i:label="Layer 1" />', "<g />"),
        ("<!-- a note of the author --><g />", "<g />"),
        ("<text>a<script/>b</text>", "<text>ab</text>"),
        ("<text>a<tspan>b</tspan><script/>c</text>", "<text>a<tspan>b</tspan>c</text>"),
    ],
)
def test_what_runs_or_reaches_elsewhere_goes(inner: str, kept: str) -> None:
    assert left(inner) == kept


def test_a_style_sheet_from_elsewhere_goes() -> None:
    sheet = b'<?xml-stylesheet href="https://example.org/a.css"?>'
    plain = f"{HEAD}</svg>".encode()
    assert cleaned(sheet + plain) == cleaned(plain)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="40px" height="1in" viewBox="0 0 1 1"', (40, 96)),
        ('width="100%" viewBox="0 0 8 6"', (8, 6)),
        ('width="16" viewBox="0 0 8 6"', (16, 12)),
        ('height="3" viewBox="0,0 8,6"', (4, 3)),
    ],
)
def test_a_drawing_says_its_size(attributes: str, expected: tuple[float, float]) -> None:
    assert size(attributes) == expected


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("<svg", 1, "this is no XML (unclosed token: line 1, column 0)"),
        ("<svg/>", None, "this is no SVG drawing"),
        ("<html/>", None, "this is no SVG drawing"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg"/>',
            None,
            "the drawing does not say how large it is",
        ),
        (
            '<!DOCTYPE svg [\n<!ENTITY a "&#60;script/&#62;">]><svg>&a;</svg>',
            2,
            "the drawing defines the entity 'a'",
        ),
        (
            f"{HEAD}{'<g>' * 50_000}{'</g>' * 50_000}</svg>",
            None,
            "the drawing is nested too deeply",
        ),
    ],
    ids=["cut", "no namespace", "html", "no size", "entity", "deep"],
)
def test_what_cannot_be_shown_is_refused(text: str, line: int | None, problem: str) -> None:
    with pytest.raises(DrawingError) as error:
        cleaned(text.encode())
    assert (error.value.line, error.value.problem) == (line, problem)
    assert error.value.hint

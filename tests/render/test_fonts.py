"""Texts are measured with the font they are written in."""

from __future__ import annotations

import pytest

from territoires.render.fonts import FONT_FOLDER, text_width, to_font_signs, wrap_text

LONG = "Un nombre ne se colore pas\u00a0: un grand territoire paraîtrait « plus » qu’un autre."


def test_the_four_fonts_are_there() -> None:
    names = {path.stem.partition("-")[2] for path in FONT_FOLDER.glob("*.ttf")}
    assert {"Regular", "Bold", "Italic", "BoldItalic"} <= names


def test_a_bold_text_is_wider_and_width_follows_size() -> None:
    assert text_width(LONG, 16, bold=True) > text_width(LONG, 16)
    assert text_width(LONG, 32) == pytest.approx(2 * text_width(LONG, 16))


@pytest.mark.parametrize("width", [90, 200, 1000])
def test_no_line_is_wider_than_asked_and_no_word_is_lost(width: float) -> None:
    lines = wrap_text(LONG, width, 16)
    assert " ".join(lines) == LONG
    assert all(text_width(line, 16) <= width for line in lines)
    assert not any(line.startswith(":") for line in lines)


def test_a_word_too_long_keeps_a_line_to_itself() -> None:
    assert wrap_text("à incompressible ici", 40, 16) == ["à", "incompressible", "ici"]
    assert wrap_text("", 40, 16) == [""]


@pytest.mark.parametrize(
    "sign",
    [
        "\n",
        "\r",
        "\x00",
        "\x1c",
        "\x85",
        "\u2028",
        "\u2029",
        "\u202e",
        "\ud800",
        "\uffff",
        "😀",
        "漢",
    ],
)
def test_a_text_of_any_sign_is_measured_and_is_one_line(sign: str) -> None:
    assert text_width(f"a{sign}b", 16) > 0
    assert "\n" not in to_font_signs(f"a{sign}b")
    assert wrap_text(f"a{sign}b", 400, 16)


def test_letters_and_their_accents_are_put_together() -> None:
    assert to_font_signs("e\u0301lu") == "élu"


def test_signs_without_a_drawing_are_written_in_words() -> None:
    assert to_font_signs("≤ 5 ou ≥6") == "au plus 5 ou au moins 6"
    assert to_font_signs("13 → 11") == "13 – 11"

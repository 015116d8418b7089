"""The fonts of what leaves the screen: documents, slides and images."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from territoires import settings

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

#: Folder of the TTF files, for the programs that look for fonts in one (typst).
FONT_FOLDER = settings.STATIC / "vendor" / "atkinson-hyperlegible-next"
FONT_FAMILY = "Atkinson Hyperlegible Next"
REGULAR = FONT_FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD = FONT_FOLDER / "AtkinsonHyperlegibleNext-Bold.ttf"

#: Signs that the font does not have, and what is written instead.
_MISSING_SIGNS = ((r"[→←]", "–"), (r"≤\s*", "au plus "), (r"≥\s*", "au moins "))
#: Ends of lines and of paragraphs, in all writings: nothing here is a text of several lines.
_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
#: Size at which texts are measured: hinting is negligible there.
_MEASURED_SIZE = 1000


def to_font_signs(text: str) -> str:
    """Replace the signs that the font does not have, and put letters and accents together.

    A reader would see an empty box; a text is one line.
    """
    text = unicodedata.normalize("NFC", _BREAKS.sub(" ", text))
    for signs, words in _MISSING_SIGNS:
        text = re.sub(signs, words, text)
    return text


@cache
def _measured_font(*, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - spared to pages that export nothing

    return ImageFont.truetype(BOLD if bold else REGULAR, _MEASURED_SIZE)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a line of text, in the unit of ``size``."""
    return _measured_font(bold=bold).getlength(_BREAKS.sub(" ", text)) * size / _MEASURED_SIZE


def wrap_text(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Cut a text in lines of at most ``width``; a no-break space never ends a line.

    A word longer than a line keeps a line to itself: it is never cut.
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        elif word or not lines:
            lines.append(word)
    return lines

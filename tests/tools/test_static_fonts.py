"""The fonts of documents: made again, they are the same; they hold all the signs of French."""

from __future__ import annotations

import hashlib
import io

import pytest
from fontTools.ttLib import TTFont

from territoires import settings
from tools.static_fonts import FONT_FILES, make_static_font

FOLDER = settings.STATIC / "vendor" / "atkinson-hyperlegible-next"
FRENCH = "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸŒÆàâäçèéêëîïôöùûüÿœæ’‘“”«»–—…•·°€%№±×\u00a0\u202f\u2011ªº²³½"
ABSENT = "№"


def test_a_font_made_again_is_the_same_to_the_byte() -> None:
    name = "AtkinsonHyperlegibleNext-Regular.ttf"
    made = io.BytesIO()
    make_static_font(FONT_FILES[name], FOLDER).save(made)
    assert made.getvalue() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", FONT_FILES)
def test_a_font_is_the_one_described_and_can_write_french(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    told = (settings.STATIC / "vendor" / "VENDORED.md").read_text(encoding="utf-8")
    assert f"{name}` |" in told
    assert hashlib.sha256(content).hexdigest() in told
    font = TTFont(io.BytesIO(content))
    missing = {sign for sign in FRENCH if ord(sign) not in font.getBestCmap()}
    # The capital Ÿ is in the extended subset, that italics do not have.
    assert missing <= ({ABSENT, "Ÿ"} if "Italic" in name else {ABSENT})
    assert font["name"].getBestFamilyName() == "Atkinson Hyperlegible Next"
    assert "fvar" not in font

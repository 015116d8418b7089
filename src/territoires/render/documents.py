"""Documents in PDF, written by typst: our templates, our fonts, nothing of the machine.

Typst keeps what it has laid out, some 20 MB a document: each is written in a process of its own,
which gives its memory back and can be stopped at once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from territoires.render.fonts import FONT_FOLDER, REGULAR, to_font_signs
from territoires.render.programs import Wanted, always, run_program

Json = Mapping[str, object]
TEMPLATES = Path(__file__).parent / "typst"
_PROGRAM = "territoires.render.typst_process"
#: Spaces and hyphens that typst makes of others, where the font has none of their own.
_MADE = frozenset("\u00ad\u2011\u202f")
_BLANKS = re.compile(r"[\t\n\r\f\v\u2028\u2029]+")
#: No font has a glyph for it.
_NO_SIGN = "\U0010fffd"
_REPLACEMENT = "?"


def compile_pdf(template: str, data: Json, *, day: date) -> bytes:
    """Write a tagged document (PDF/UA-1).

    The texts travel as JSON: whatever they hold, none of it is read as typst.

    Parameters
    ----------
    template
        Name of a file of ``render/typst``.
    data
        What the template reads; JSON only, texts made ``printable``.
    day
        Date of the document; the same data of the same day give the same bytes.

    Raises
    ------
    DocumentError
        When it cannot be written.
    """
    # Always wanted, hence always there.
    return compile_while(template, data, day=day, wanted=always) or b""


def compile_while(template: str, data: Json, *, day: date, wanted: Wanted) -> bytes | None:
    """Write a document as ``compile_pdf`` does; None as soon as it is no longer wanted."""
    return _ask({"template": template, "day": day.isoformat(), "data": data, "label": ""}, wanted)


def query_while(template: str, data: Json, label: str, *, wanted: Wanted) -> list[Any] | None:
    """Give the values that a document tells under a label; None if it is no longer wanted."""
    request = {"template": template, "day": "", "data": data, "label": label}
    told = _ask(request, wanted)
    return None if told is None else list(json.loads(told))


def _ask(request: dict[str, Any], wanted: Wanted) -> bytes | None:
    request["template"] = str(TEMPLATES / request["template"])
    text = json.dumps({**request, "fonts": str(FONT_FOLDER)}).encode()
    return run_program(_PROGRAM, (), text, wanted=wanted)


def printable(text: str) -> str:
    """Replace the signs that the font does not have: PDF/UA allows none without a glyph."""
    known = to_font_signs(unicodedata.normalize("NFC", _BLANKS.sub(" ", text)))
    if known.isascii() and known.isprintable():
        return known
    return "".join(sign if _has_glyph(sign) else _REPLACEMENT for sign in known)


@lru_cache(maxsize=4096)
def _has_glyph(sign: str) -> bool:
    if sign in _MADE:
        return True
    is_shown = sign.isprintable() or sign.isspace()
    return is_shown and _drawing(sign) != _drawing(_NO_SIGN)


@lru_cache(maxsize=4096)
def _drawing(sign: str) -> tuple[float, bytes]:
    """Draw a sign, to tell it from the box that stands for a missing one."""
    from PIL import ImageFont  # noqa: PLC0415 - spared to pages that export nothing

    font = ImageFont.truetype(REGULAR, 24, layout_engine=ImageFont.Layout.BASIC)
    return font.getlength(sign), bytes(font.getmask(sign))

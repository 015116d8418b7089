"""Documents in PDF, written by typst: our templates, our fonts, nothing of the machine.

Typst keeps what it has laid out, some 20 MB a document: each is written in a process of its own,
which gives its memory back and can be stopped at once.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from territoires.render.fonts import FONT_FOLDER, REGULAR, to_font_signs

Json = Mapping[str, object]
#: Asked now and then while a document is written: is it still wanted?
Wanted = Callable[[], bool]
TEMPLATES = Path(__file__).parent / "typst"
_PROGRAM = "territoires.render.typst_process"
#: Seconds between two looks at whether the document is still wanted.
_PATIENCE = 0.2
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
    """
    written = compile_while(template, data, day=day, wanted=lambda: True)
    if written is None:
        raise RuntimeError("a document nobody stopped was not written")
    return written


def compile_while(template: str, data: Json, *, day: date, wanted: Wanted) -> bytes | None:
    """Write a document as ``compile_pdf`` does; None as soon as it is no longer wanted."""
    return _ask({"template": template, "day": day.isoformat(), "data": data, "label": ""}, wanted)


def query_while(template: str, data: Json, label: str, *, wanted: Wanted) -> list[Any] | None:
    """Give the values that a document tells under a label; None if it is no longer wanted."""
    request = {"template": template, "day": "", "data": data, "label": label}
    told = _ask(request, wanted)
    return None if told is None else list(json.loads(told))


def _ask(request: dict[str, Any], wanted: Wanted) -> bytes | None:
    """Run the program that writes documents, as long as what it writes is wanted."""
    request["template"] = str(TEMPLATES / request["template"])
    text = json.dumps({**request, "fonts": str(FONT_FOLDER)}).encode()
    with (
        subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-m", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
        # In a thread: Popen.communicate(timeout=…) forgets what it has not sent yet (Python 3.11).
        ThreadPoolExecutor(max_workers=1) as reader,
    ):
        reading = reader.submit(process.communicate, text)
        try:
            while True:
                try:
                    answer, said = reading.result(timeout=_PATIENCE)
                    break
                except TimeoutError:
                    if not wanted():
                        return None
        finally:
            # Stopped, or ``wanted`` raised: a page that is left does.
            if not reading.done():
                process.kill()
    if process.returncode:
        raise RuntimeError(f"typst: {said.decode('utf-8', 'replace').strip()}")
    return answer


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

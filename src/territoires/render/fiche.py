"""The sheet of a territory: two A4 pages that an official brings to the council."""

from __future__ import annotations

from territoires.render.documents import compile_pdf
from territoires.render.fiche_content import to_content
from territoires.render.fiche_sheet import Sheet


def build_fiche(sheet: Sheet) -> bytes:
    """Write the sheet of a territory: a tagged PDF (PDF/UA-1) of two pages, whatever it holds."""
    return compile_pdf("fiche.typ", to_content(sheet), day=sheet.taken.day)
